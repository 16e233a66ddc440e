//! What the registry remembers: schemas by id in each context, versions by subject, levels, modes; and which schema it
//! takes.
//!
//! Knows no HTTP but the status that goes with each refusal. Subjects come in their one way to be written
//! ([`context::normal`]).

mod deletion;
mod found;
mod registering;
mod schema;

use std::collections::BTreeMap;

use super::context;
use super::levels::Levels;
use super::modes::{Mode, Modes};
use super::refusal::Refusal;
use crate::registry::SchemaText;

pub(super) use self::schema::{Reference, Stored, Submitted, schema_type};

/// A schema's place in a subject.
#[derive(Clone, Copy, Debug)]
pub(super) struct Version {
    pub(super) number: u32,
    pub(super) id: u32,
    deleted: bool,
}

/// Which version a caller wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Latest,
    Number(u32),
}

impl std::fmt::Display for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Latest => f.write_str("latest"),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// The schemas of one context.
#[derive(Debug, Default)]
struct Schemas {
    by_id: BTreeMap<u32, Stored>,
    last_id: u32,
}

/// The whole memory.
#[derive(Debug, Default)]
pub(super) struct Store {
    contexts: BTreeMap<String, Schemas>,
    subjects: BTreeMap<String, Vec<Version>>,
    pub(super) levels: Levels,
    pub(super) modes: Modes,
}

impl Store {
    /// The subjects that begin with this prefix, sorted.
    pub(super) fn subjects(&self, prefix: &str, deleted: bool) -> Vec<String> {
        let stands = |versions: &[Version]| versions.iter().any(|version| deleted || !version.deleted);
        self.subjects
            .iter()
            .filter(|(subject, versions)| context::begins(subject, prefix) && stands(versions))
            .map(|(subject, _)| subject.clone())
            .collect()
    }

    /// The contexts, the default one first.
    pub(super) fn contexts(&self) -> Vec<&str> {
        let others = self.contexts.keys().map(String::as_str);
        let others = others.filter(|name| *name != context::DEFAULT);
        std::iter::once(context::DEFAULT).chain(others).collect()
    }

    pub(super) fn versions(&self, subject: &str, deleted: bool) -> Result<Vec<Version>, Refusal> {
        let versions = self.subjects.get(subject).into_iter().flatten();
        let versions = versions
            .filter(|version| deleted || !version.deleted)
            .copied()
            .collect::<Vec<_>>();
        if versions.is_empty() {
            Err(Refusal::no_subject(subject))
        } else {
            Ok(versions)
        }
    }

    pub(super) fn version(&self, subject: &str, wanted: Wanted, deleted: bool) -> Result<Version, Refusal> {
        let versions = self.versions(subject, deleted)?;
        let found = match wanted {
            Wanted::Latest => versions.last(),
            Wanted::Number(number) => versions.iter().find(|version| version.number == number),
        };
        found.copied().ok_or_else(|| Refusal::no_version(wanted))
    }

    /// The schema of this id in a context.
    pub(super) fn stored(&self, context: &str, id: u32) -> Result<&Stored, Refusal> {
        let of_context = self.contexts.get(context);
        of_context
            .and_then(|schemas| schemas.by_id.get(&id))
            .ok_or_else(|| Refusal::no_schema_of(id))
    }

    /// The schema of a version of this subject.
    pub(super) fn stored_in(&self, subject: &str, version: Version) -> Result<&Stored, Refusal> {
        self.stored(context::of(subject), version.id)
    }

    pub(super) fn latest_text(&self, subject: &str) -> Option<SchemaText> {
        let version = self.version(subject, Wanted::Latest, false).ok()?;
        Some(self.stored_in(subject, version).ok()?.schema.clone())
    }

    /// Sets a mode. Ids that come from elsewhere would meet those that were given here, so that nothing stands where
    /// schemas are to be imported, unless the caller insists.
    pub(super) fn set_mode(&mut self, subject: Option<&str>, mode: Mode, force: bool) -> Result<(), Refusal> {
        let before = subject.map_or(self.modes.global(), |subject| self.modes.effective(subject));
        let prefix = subject.unwrap_or(context::WILDCARD);
        let stands = || match context::split(prefix) {
            (_, "") => !self.subjects(prefix, true).is_empty(),
            _ if prefix == context::WILDCARD => !self.subjects(prefix, true).is_empty(),
            _ => self.subjects.contains_key(prefix),
        };
        if mode == Mode::Import && before != Mode::Import && !force && stands() {
            return Err(Refusal::not_permitted("Cannot import since found existing subjects"));
        }
        self.modes.set(subject, mode);
        Ok(())
    }
}

pub(super) fn check_subject(subject: &str) -> Result<(), Refusal> {
    let (context, name) = context::split(subject);
    let reserved = context == ".__GLOBAL" || matches!(name, "" | "__GLOBAL" | "__EMPTY");
    if reserved || subject.chars().any(char::is_control) {
        return Err(Refusal::new(
            422,
            42208,
            format!(
                "The specified subject '{}' is not a valid subject.",
                subject.escape_debug()
            ),
        ));
    }
    Ok(())
}
