//! Which level counts for a subject, by which policy schemas are compared, and whether texts are normalized.
//!
//! Knows no schema.

use std::collections::BTreeMap;

use super::context;
use crate::compatibility::{Dialect, Level};
use crate::registry::CompatibilityPolicy;

/// What was set; a part that was not is another's to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Config {
    pub(super) level: Option<Level>,
    pub(super) policy: Option<CompatibilityPolicy>,
    /// Whether texts are normalized when a caller does not ask for it.
    pub(super) normalize: Option<bool>,
}

impl Config {
    /// These settings over those; what is not set here stays.
    fn over(self, below: Self) -> Self {
        Self {
            level: self.level.or(below.level),
            policy: self.policy.or(below.policy),
            normalize: self.normalize.or(below.normalize),
        }
    }
}

/// The settings of the registry, of its contexts and of its subjects.
#[derive(Debug, Default)]
pub(super) struct Levels {
    global: Config,
    subjects: BTreeMap<String, Config>,
}

impl Levels {
    /// The settings for all subjects; the level is BACKWARD until another one is set.
    pub(super) fn global(&self) -> Config {
        self.global.over(Config {
            level: Some(Level::default()),
            ..Config::default()
        })
    }

    /// What the subject has of its own.
    pub(super) fn own(&self, subject: &str) -> Option<Config> {
        self.subjects.get(subject).copied()
    }

    /// What counts for the subject: its own settings, before those of its context, before those for all.
    pub(super) fn effective(&self, subject: &str) -> Config {
        let own = self.own(subject).unwrap_or_default();
        let of_context = self.own(&context::qualified(context::of(subject), ""));
        own.over(of_context.unwrap_or_default()).over(self.global())
    }

    pub(super) fn level(&self, subject: &str) -> Level {
        self.effective(subject).level.unwrap_or_default()
    }

    pub(super) fn dialect(&self, subject: &str) -> Dialect {
        let policy = self.effective(subject).policy;
        policy.and_then(CompatibilityPolicy::dialect).unwrap_or_default()
    }

    pub(super) fn normalizes(&self, subject: &str) -> bool {
        self.effective(subject).normalize.unwrap_or_default()
    }

    /// Changes what is given, for one subject or for all.
    pub(super) fn set(&mut self, subject: Option<&str>, config: Config) {
        let place = match subject {
            Some(subject) => self.subjects.entry(subject.to_owned()).or_default(),
            None => &mut self.global,
        };
        *place = config.over(*place);
    }

    /// Goes back to what counts without the subject's own settings, and answers those.
    pub(super) fn remove(&mut self, subject: &str) -> Option<Config> {
        self.subjects.remove(subject)
    }

    /// Goes back to the registry's default, and answers what was set.
    pub(super) fn reset(&mut self) -> Config {
        let before = self.global();
        self.global = Config::default();
        before
    }
}
