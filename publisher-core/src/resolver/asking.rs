//! When the registry is asked, in tasks of their own: for a first record, at a start, for a newer latest version, and to
//! confirm what was found without it.
//!
//! Knows the dispatcher, which waits for the answers; the questions are the resolver's.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::Instant;

use super::attempts::Attempts;
use super::{Found, Resolver, StartMode, Unconfirmed};
use crate::dispatch::{Deadlines, Dispatcher, Renewal, Resolution};
use crate::framing::Chosen;
use crate::registry::RegistryError;

/// Between two attempts to confirm, where the registry refuses to say.
const REFUSED_PAUSE: Duration = Duration::from_secs(30);

/// Asks in the background, until it is dropped.
pub(crate) struct Asking {
    resolver: Arc<Resolver>,
    dispatcher: Arc<Dispatcher>,
    runtime: Handle,
    /// How long a record waits for its schema's id.
    deadline: Duration,
    tasks: Mutex<Vec<AbortHandle>>,
}

impl Asking {
    pub(crate) fn new(resolver: Resolver, dispatcher: Arc<Dispatcher>, runtime: Handle, deadline: Duration) -> Self {
        Self {
            resolver: Arc::new(resolver),
            dispatcher,
            runtime,
            deadline,
            tasks: Mutex::default(),
        }
    }

    pub(crate) fn resolver(&self) -> &Arc<Resolver> {
        &self.resolver
    }

    /// Asks for a schema that a record waits for. The caller has claimed it.
    pub(crate) fn ask(&self, resolution: Arc<Resolution>) {
        let mut question = self.question(resolution);
        let deadline = self.deadline;
        // Not one of those that end with the publisher: whoever waits gets an answer.
        self.runtime.spawn(async move { question.ask(deadline).await });
    }

    /// Asks for a newer answer, if the last one is too old. Records go on with that one meanwhile.
    pub(crate) fn renew(&self, resolution: &Arc<Resolution>) {
        let Some(ttl) = self.resolver.choice.ttl() else { return };
        if let Some(renewal) = Renewal::begin_if_stale(resolution, ttl) {
            let resolver = Arc::clone(&self.resolver);
            self.spawn(async move { renew(&resolver, &renewal).await });
        }
    }

    /// Resolves the declared schemas as the mode says. Gives those that have no id, with the reasons, in the order in which
    /// they came; none where nobody waits for them.
    pub(crate) async fn start(
        &self,
        declared: Vec<Arc<Resolution>>,
        mode: StartMode,
        deadline: Duration,
    ) -> Vec<(Arc<Resolution>, RegistryError)> {
        let claimed = declared
            .into_iter()
            .filter(|resolution| self.dispatcher.claim(resolution));
        if mode == StartMode::Lazy {
            for resolution in claimed {
                let mut question = self.question(Arc::clone(&resolution));
                let deadline = self.deadline;
                self.runtime.spawn(async move {
                    if let Err(error) = question.ask(deadline).await {
                        let (event_type, subject) = (resolution.event_type().name(), resolution.subject());
                        tracing::warn!(event_type, subject, %error, "a declared event has no schema id; the first record asks again");
                    }
                });
            }
            return Vec::new();
        }
        let mut asked = JoinSet::new();
        for (index, resolution) in claimed.enumerate() {
            let mut question = self.question(Arc::clone(&resolution));
            asked.spawn_on(
                async move {
                    let answer = match mode {
                        StartMode::Strict => question.ask_strictly(deadline).await,
                        StartMode::Cached | StartMode::Lazy => question.ask(deadline).await,
                    };
                    (index, resolution, answer)
                },
                &self.runtime,
            );
        }
        let mut failed = Vec::new();
        while let Some(answer) = asked.join_next().await {
            // A task that panicked has answered by its drop, and its schema is asked for at the first record.
            if let Ok((index, resolution, Err(error))) = answer {
                failed.push((index, resolution, error));
            }
        }
        failed.sort_by_key(|(index, ..)| *index);
        failed
            .into_iter()
            .map(|(_, resolution, error)| (resolution, error))
            .collect()
    }

    fn question(&self, resolution: Arc<Resolution>) -> Question {
        Question::new(&self.resolver, &self.dispatcher, resolution, self.deadline)
    }

    /// Runs a task that ends with the publisher.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.retain(|task| !task.is_finished());
        tasks.push(self.runtime.spawn(task).abort_handle());
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        let tasks = self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner);
        tasks.drain(..).for_each(|task| task.abort());
    }
}

/// A question that is answered whatever happens: a runtime that goes down drops the task.
struct Question {
    resolver: Arc<Resolver>,
    dispatcher: Arc<Dispatcher>,
    resolution: Arc<Resolution>,
    /// How long a record waits.
    patience: Duration,
    answered: bool,
}

impl Question {
    fn new(
        resolver: &Arc<Resolver>,
        dispatcher: &Arc<Dispatcher>,
        resolution: Arc<Resolution>,
        patience: Duration,
    ) -> Self {
        Self {
            resolver: Arc::clone(resolver),
            dispatcher: Arc::clone(dispatcher),
            resolution,
            patience,
            answered: false,
        }
    }

    /// Asks the sources, then the registry until the deadline.
    async fn ask(&mut self, deadline: Duration) -> Result<(), RegistryError> {
        match self.cached().await {
            Some(Found { chosen, unconfirmed }) => {
                self.answer(Ok(chosen));
                self.confirm_later(unconfirmed);
                Ok(())
            }
            None => self.ask_registry(deadline).await,
        }
    }

    /// Asks the registry, and whether it agrees with what the sources know.
    async fn ask_strictly(&mut self, deadline: Duration) -> Result<(), RegistryError> {
        let start = Instant::now();
        // Before the answer takes its place.
        if let Some(Found { unconfirmed, .. }) = self.cached().await {
            let confirmed = self.resolver.confirm_within(&self.resolution, &unconfirmed, deadline);
            confirmed.await.map_err(|error| self.refused(error))?;
        }
        self.ask_registry(deadline.saturating_sub(start.elapsed())).await
    }

    async fn ask_registry(&mut self, deadline: Duration) -> Result<(), RegistryError> {
        let mut attempts = Attempts::new(deadline);
        let deadlines = attempts.deadlines();
        match self.resolver.resolve(&self.resolution, &mut attempts, deadlines).await {
            Ok(chosen) => {
                self.answer(Ok(chosen));
                Ok(())
            }
            Err(error) if error.is_retriable() => {
                if let Some(deadlines) = self.end_wait(&error) {
                    // In the place of this one, which is at its end.
                    let resolution = Arc::clone(&self.resolution);
                    let question = Self::new(&self.resolver, &self.dispatcher, resolution, self.patience);
                    tokio::spawn(async move { question.go_on(attempts, deadlines).await });
                }
                Err(error)
            }
            Err(error) => Err(self.refused(error)),
        }
    }

    /// Goes on asking for those who came later, each of whom waits as long as the first one.
    async fn go_on(mut self, mut attempts: Attempts, mut deadlines: Deadlines) {
        loop {
            match self.resolver.resolve(&self.resolution, &mut attempts, deadlines).await {
                Err(error) if error.is_retriable() => match self.end_wait(&error) {
                    Some(later) => deadlines = later,
                    None => return,
                },
                answer => return self.answer(answer),
            }
        }
    }

    /// Ends the wait of those who have waited long enough. The deadlines of the others, for whom somebody has to go on; if
    /// there are none, the next record asks.
    fn end_wait(&mut self, error: &RegistryError) -> Option<Deadlines> {
        self.answered = true;
        self.dispatcher.end_wait(&self.resolution, self.patience, error)
    }

    fn refused(&mut self, error: RegistryError) -> RegistryError {
        self.answer(Err(error.clone()));
        error
    }

    /// On a thread that may wait for a disk.
    async fn cached(&self) -> Option<Found> {
        if self.resolver.sources.is_empty() {
            return None;
        }
        let (resolver, resolution) = (Arc::clone(&self.resolver), Arc::clone(&self.resolution));
        let found = tokio::task::spawn_blocking(move || resolver.cached(&resolution)).await;
        found.ok().flatten()
    }

    /// Waits for the registry in a task of its own, which ends with the dispatcher.
    fn confirm_later(&self, unconfirmed: Unconfirmed) {
        let (resolver, resolution) = (Arc::clone(&self.resolver), Arc::clone(&self.resolution));
        let dispatcher = Arc::downgrade(&self.dispatcher);
        tokio::spawn(async move {
            // Nobody waits for it, so there is no deadline.
            let mut attempts = Attempts::new(Duration::MAX);
            loop {
                if dispatcher.upgrade().is_none_or(|dispatcher| dispatcher.is_ended()) {
                    return;
                }
                let next = match resolver.confirm(&resolution, &unconfirmed).await {
                    Ok(()) => break,
                    Err(error @ RegistryError::Remapped(_)) => {
                        tracing::error!(subject = resolution.subject(), %error, "nothing more is sent with this schema");
                        if let Some(dispatcher) = dispatcher.upgrade() {
                            dispatcher.refuse(&resolution, error);
                        }
                        return;
                    }
                    Err(error) if error.is_retriable() => {
                        let now = Instant::now();
                        attempts.failed(now, error);
                        attempts.next(now, attempts.deadlines()).unwrap_or(now + REFUSED_PAUSE)
                    }
                    Err(error) => {
                        tracing::warn!(subject = resolution.subject(), %error, "the registry does not confirm a kept schema id");
                        Instant::now() + REFUSED_PAUSE
                    }
                };
                tokio::time::sleep_until(next).await;
            }
            tracing::debug!(
                subject = resolution.subject(),
                "the registry confirms the kept schema id"
            );
            if resolver.may_have_newer(&resolution)
                && let Some(renewal) = Renewal::begin(&resolution)
            {
                renew(&resolver, &renewal).await;
            }
        });
    }

    fn answer(&mut self, answer: Result<Chosen, RegistryError>) {
        self.answered = true;
        if let Some(ttl) = self.resolver.choice.ttl() {
            self.resolution.renew_in(ttl);
        }
        self.dispatcher.resolved(&self.resolution, answer);
    }
}

impl Drop for Question {
    fn drop(&mut self) {
        if !self.answered {
            let reason =
                "the call was broken off: it panicked, or the runtime that the publisher was built on has stopped";
            let error = self.resolver.unreachable(self.resolution.subject(), reason.to_owned());
            self.answer(Err(error));
        }
    }
}

/// Asks once for a newer answer; the last good one stays where there is none.
async fn renew(resolver: &Resolver, renewal: &Renewal) {
    let resolution = renewal.resolution();
    match resolver.ask(resolution).await {
        Ok(newer) => {
            if resolution.chosen().is_some_and(|chosen| chosen.id != newer.id) {
                let version = newer.version.map(|version| version.0);
                tracing::info!(
                    subject = resolution.subject(),
                    id = newer.id.0,
                    version,
                    "events are written with a newer version"
                );
                resolution.set(newer);
            }
        }
        Err(error) => {
            tracing::warn!(subject = resolution.subject(), %error, "no newer version; events are written with the last good one");
        }
    }
}
