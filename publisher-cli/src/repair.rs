//! What to change so that a break is none. One place for all verbs.

use publisher_core::compatibility::{Break, Dialect, Finding, History, SchemaDocument};

/// The edits that repair a finding, each in one sentence.
pub(crate) fn repairs_of(
    _candidate: &SchemaDocument,
    _history: &History,
    _dialect: Dialect,
    _broken: &Break,
    _finding: &Finding,
) -> Vec<String> {
    Vec::new()
}
