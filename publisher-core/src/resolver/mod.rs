//! From an event's schema to what its records are written with: the registry is asked in the way of the mode, its schema
//! is compared with ours, what it said is kept.
//!
//! Knows the registry by its trait only, and no record.

mod agreement;
mod asking;
mod attempts;
mod guid;
mod miss;
mod mode;
mod sources;

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

pub(crate) use asking::Asking;
use attempts::Attempts;
pub(crate) use mode::Choice;
pub use mode::{SchemaMode, StartMode};
pub(crate) use sources::Sources;

use crate::dispatch::{Deadlines, Resolution};
use crate::framing::{Chosen, Framing};
use crate::record::{SchemaId, SubjectVersion};
use crate::registry::{Asked, Call, RegistryError, RegistryFailure, SchemaRegistry, SchemaText, StoredEntry};
use crate::wire::SchemaGuid;

/// How long the registry is not asked again for a schema that was found to be none to write with.
const UNWRITABLE_PAUSE: Duration = Duration::from_secs(30);

/// Asks for the schemas of a publisher.
pub(crate) struct Resolver {
    pub(crate) registry: Arc<dyn SchemaRegistry>,
    pub(crate) choice: Choice,
    pub(crate) framing: Framing,
    pub(crate) sources: Arc<Sources>,
}

/// What a source said of a schema.
struct Answer {
    id: SchemaId,
    version: Option<SubjectVersion>,
    guid: Option<SchemaGuid>,
    /// The registry's schema, where it may differ from ours.
    theirs: Option<SchemaText>,
}

/// A schema that was found without the registry, which has yet to confirm it.
pub(crate) struct Found {
    pub(crate) chosen: Chosen,
    pub(crate) unconfirmed: Unconfirmed,
}

/// What a disk cache or a lock file knew.
#[derive(Clone, Debug)]
pub(crate) struct Unconfirmed {
    id: SchemaId,
    /// The schema that it stood for.
    meaning: SchemaText,
    /// What it was found in, for errors.
    source: &'static str,
}

impl Resolver {
    /// What the sources before the registry know. Blocks on files; makes no call.
    pub(crate) fn cached(&self, resolution: &Resolution) -> Option<Found> {
        let asked = self.asked(resolution)?;
        let (entry, source) = self.sources.find(self.registry.name(), resolution.subject(), asked)?;
        let needs_guid = self.framing == Framing::GuidHeaders;
        if needs_guid && entry.guid.is_none() {
            return None;
        }
        let unconfirmed = Unconfirmed {
            id: entry.id,
            meaning: entry.schema.clone().unwrap_or_else(|| resolution.schema().clone()),
            source,
        };
        let answer = Answer {
            id: entry.id,
            version: entry.version,
            guid: entry.guid,
            theirs: entry.schema,
        };
        match self.chosen(resolution, answer) {
            Ok(chosen) => Some(Found { chosen, unconfirmed }),
            // The registry decides: its latest version may be another one by now.
            Err(error) => {
                tracing::warn!(subject = resolution.subject(), source, %error, "what was kept of a schema cannot be used");
                None
            }
        }
    }

    /// Asks the registry once.
    pub(crate) async fn ask(&self, resolution: &Resolution) -> Result<Chosen, RegistryError> {
        let subject = resolution.subject();
        let mut answer = match &self.choice {
            Choice::Register => self.by_content(Call::Register, resolution).await?,
            Choice::LookUp => match self.by_content(Call::LookUp, resolution).await {
                Err(RegistryError::NotFound(failure)) => {
                    return Err(miss::explained(&*self.registry, resolution, failure).await);
                }
                answer => answer?,
            },
            Choice::Latest { .. } => {
                let latest = self.registry.latest(subject).await?;
                Answer {
                    id: latest.id,
                    version: Some(latest.version),
                    guid: latest.guid,
                    theirs: Some(latest.schema),
                }
            }
            Choice::Id(ids) => {
                let id = ids.get(subject).copied().ok_or_else(|| self.no_id(subject))?;
                Answer {
                    id,
                    version: None,
                    guid: None,
                    theirs: Some(self.registry.schema_by_id_under(subject, id).await?),
                }
            }
        };
        match self.framing {
            Framing::Prefix => {}
            Framing::GuidHeaders => {
                let guid = guid::found(&*self.registry, subject, &answer).await?;
                answer.guid = Some(guid);
            }
        }
        let entry = self.entry(resolution, &answer);
        let chosen = self.chosen(resolution, answer)?;
        // Only what can be written with: an answer that was refused must not take the place of the last good one.
        self.keep(entry).await;
        Ok(chosen)
    }

    /// Asks the registry until it answers or the first deadline passes. A refusal is kept for a while, so that the records of
    /// a type which cannot be published ask nothing.
    ///
    /// # Errors
    /// The registry's refusal, at once; its last failure or its silence, at the deadline.
    async fn resolve(
        &self,
        resolution: &Resolution,
        attempts: &mut Attempts,
        deadlines: Deadlines,
    ) -> Result<Chosen, RegistryError> {
        if let Some(denial) = resolution.denial() {
            return Err(denial);
        }
        let subject = resolution.subject();
        let answer = self
            .patiently(subject, attempts, deadlines, || self.ask(resolution))
            .await;
        if let Err(error) = &answer
            && let Some(time) = self.kept_for(error)
        {
            resolution.deny(error.clone(), time);
        }
        answer
    }

    /// As [`confirm`](Self::confirm), until the registry answers or the deadline passes.
    async fn confirm_within(
        &self,
        resolution: &Resolution,
        unconfirmed: &Unconfirmed,
        patience: Duration,
    ) -> Result<(), RegistryError> {
        let mut attempts = Attempts::new(patience);
        let deadlines = attempts.deadlines();
        let ask = || self.confirm(resolution, unconfirmed);
        self.patiently(resolution.subject(), &mut attempts, deadlines, ask)
            .await
    }

    /// Asks again and again, as long as that may help and there is time.
    async fn patiently<T, Asked>(
        &self,
        subject: &str,
        attempts: &mut Attempts,
        deadlines: Deadlines,
        ask: impl Fn() -> Asked,
    ) -> Result<T, RegistryError>
    where
        Asked: Future<Output = Result<T, RegistryError>>,
    {
        let silence = |patience| self.silence(subject, patience);
        while let Some(next) = attempts.next(Instant::now(), deadlines) {
            tokio::time::sleep_until(next).await;
            let error = match tokio::time::timeout_at(deadlines.first, ask()).await {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(error)) if !error.is_retriable() => return Err(error),
                Ok(Err(error)) => error,
                Err(_) => return Err(attempts.last().cloned().unwrap_or_else(|| silence(attempts.patience()))),
            };
            tracing::warn!(subject, %error, "no answer of the registry yet");
            attempts.failed(Instant::now(), error);
        }
        // To fail before that would let the next record ask at once, and a registry that asked for patience would have a
        // call for each record.
        tokio::time::sleep_until(deadlines.first).await;
        Err(attempts.last().cloned().unwrap_or_else(|| silence(attempts.patience())))
    }

    /// Whether the registry still means by an id what it meant when a cache or a lock file came to know it.
    ///
    /// # Errors
    /// [`RegistryError::Remapped`] if it does not; else as the registry's call, which may be no registry's answer at all: a
    /// proxy's 404 says nothing of an id.
    pub(crate) async fn confirm(
        &self,
        resolution: &Resolution,
        unconfirmed: &Unconfirmed,
    ) -> Result<(), RegistryError> {
        let confirmed = self.confirmed(resolution.subject(), unconfirmed).await;
        if matches!(confirmed, Err(RegistryError::Remapped(_)))
            && let Some(asked) = self.asked(resolution)
        {
            let (sources, registry) = (Arc::clone(&self.sources), self.registry.name().to_owned());
            let subject = resolution.subject().to_owned();
            let forget = move || sources.forget(&registry, &subject, asked);
            // A runtime that goes down takes the thread with it; the next start finds the same.
            let _forgotten = tokio::task::spawn_blocking(forget).await;
        }
        confirmed
    }

    async fn confirmed(&self, subject: &str, unconfirmed: &Unconfirmed) -> Result<(), RegistryError> {
        let Unconfirmed { id, meaning, source } = unconfirmed;
        let remapped = |what: String| {
            let reason = format!("{source} has the id {id} for it, {what}");
            let failure = RegistryFailure::new(self.registry.address(), reason).subject(subject);
            RegistryError::Remapped(failure.hint(
                "the registry was replaced or restored from elsewhere: restore it rightly, or run `publisher lock` anew and tell readers; the \
                 disk cache has forgotten the id",
            ))
        };
        match self.registry.schema_by_id_under(subject, *id).await {
            Ok(theirs) if agreement::same_encoding(meaning, &theirs) => Ok(()),
            Ok(_) => Err(remapped("by which the registry now means another schema".to_owned())),
            // Not the registry's refusal, which would have a status: what it sent is of a language that is not ours.
            Err(RegistryError::InvalidSchema(failure)) if failure.http_status().is_none() => Err(remapped(format!(
                "by which the registry now means another schema: {}",
                failure.reason()
            ))),
            Err(RegistryError::NotFound(failure)) if failure.is_of_registry() => Err(remapped(format!(
                "which the registry does not know: {}",
                failure.reason()
            ))),
            Err(error) => Err(error),
        }
    }

    /// Whether the registry may have, or be given, something newer than what a cache or a lock file knew: the latest version
    /// may be another one by now, and of metadata neither of them knows.
    fn may_have_newer(&self, resolution: &Resolution) -> bool {
        match self.choice {
            Choice::Latest { .. } => true,
            Choice::Register => resolution.schema().metadata.is_some(),
            Choice::LookUp | Choice::Id(_) => false,
        }
    }

    /// How long a refusal is kept, whoever found it.
    fn kept_for(&self, error: &RegistryError) -> Option<Duration> {
        match (error, &self.choice) {
            (RegistryError::Unwritable(_), Choice::Latest { .. } | Choice::Id(_)) => Some(UNWRITABLE_PAUSE),
            _ => error.kept_for(),
        }
    }

    async fn by_content(&self, call: Call, resolution: &Resolution) -> Result<Answer, RegistryError> {
        let registered = call
            .ask(&*self.registry, resolution.subject(), resolution.schema())
            .await?;
        Ok(Answer {
            id: registered.id,
            version: registered.version,
            guid: registered.guid,
            theirs: None,
        })
    }

    /// What records are written with. `Err` if ours cannot be written as theirs.
    fn chosen(&self, resolution: &Resolution, answer: Answer) -> Result<Chosen, RegistryError> {
        let plan = match &answer.theirs {
            None => None,
            Some(theirs) => agreement::plan(self.registry.address(), resolution, &answer, theirs)?,
        };
        Ok(Chosen {
            id: answer.id,
            version: answer.version,
            guid: answer.guid.filter(|_| self.framing == Framing::GuidHeaders),
            plan,
        })
    }

    /// By what the sources know the question; `None` where there is nothing to ask for.
    fn asked(&self, resolution: &Resolution) -> Option<Asked> {
        Some(match &self.choice {
            Choice::Register | Choice::LookUp => Asked::Content(resolution.fingerprint()),
            Choice::Latest { .. } => Asked::Latest,
            Choice::Id(ids) => Asked::Id(*ids.get(resolution.subject())?),
        })
    }

    /// What is kept of an answer; `None` where nothing is kept.
    fn entry(&self, resolution: &Resolution, answer: &Answer) -> Option<StoredEntry> {
        self.sources.disk.as_ref()?;
        let asked = self.asked(resolution)?;
        let mut entry = StoredEntry::new(self.registry.name(), resolution.subject(), asked, answer.id);
        entry.version = answer.version;
        entry.guid = answer.guid;
        entry.schema.clone_from(&answer.theirs);
        Some(entry)
    }

    /// Keeps an answer for the next start, on a thread that may wait for a disk.
    async fn keep(&self, entry: Option<StoredEntry>) {
        let Some(entry) = entry else { return };
        let sources = Arc::clone(&self.sources);
        // A runtime that goes down takes the thread with it; the next start asks then.
        let _kept = tokio::task::spawn_blocking(move || sources.keep(&entry)).await;
    }

    /// The registry has not answered within this time.
    pub(crate) fn silence(&self, subject: &str, patience: Duration) -> RegistryError {
        self.unreachable(subject, format!("no answer within {patience:?}"))
    }

    fn unreachable(&self, subject: &str, reason: String) -> RegistryError {
        RegistryError::Unreachable(RegistryFailure::new(self.registry.address(), reason).subject(subject))
    }

    fn no_id(&self, subject: &str) -> RegistryError {
        let failure = RegistryFailure::new(self.registry.address(), "no id was given for it").subject(subject);
        RegistryError::NotFound(failure.hint("name it with `schema_id`, or choose another `schema_mode`"))
    }
}
