//! What a check found, and the forms in which it is written.

pub(crate) mod github;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod text;

use crate::acknowledged::Acknowledgement;
use crate::judgement::{Found, Judged, State};

/// A whole check.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) baseline: String,
    pub(crate) judged: Vec<Judged>,
    /// What is about files and acknowledgements.
    pub(crate) found: Vec<Found>,
    /// Breaks that somebody answers for.
    pub(crate) waived: Vec<(Found, Acknowledgement)>,
    /// What is told and is no finding.
    pub(crate) notes: Vec<String>,
}

impl Report {
    /// All findings that count, schema by schema.
    pub(crate) fn findings(&self) -> impl Iterator<Item = &Found> {
        self.judged.iter().flat_map(|judged| &judged.found).chain(&self.found)
    }

    pub(crate) fn count(&self, state: State) -> usize {
        self.judged.iter().filter(|judged| judged.state == state).count()
    }

    /// `3 schemas against git:main: 2 unchanged, 1 changed, 0 new`.
    pub(crate) fn counts(&self) -> String {
        format!(
            "{} against {}: {} unchanged, {} changed, {} new",
            crate::command::counted(self.judged.len(), "schema"),
            self.baseline,
            self.count(State::Unchanged),
            self.count(State::Changed),
            self.count(State::New),
        )
    }
}
