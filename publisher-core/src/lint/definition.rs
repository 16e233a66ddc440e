//! A lint as data: what it says, whom it concerns, the schemas that show it, and the check.
//!
//! Knows the parts that checks are shown, not how a schema is walked.

use std::fmt;

use super::avro_pairs::AvroPair;
use super::avro_parts::AvroPart;
use super::finding::Found;
use super::java_reader::Cause;
use super::json_pairs::JsonPair;
use super::json_parts::JsonPart;
use super::reader::Reader;
use crate::compatibility::Level;
use crate::registry::SchemaType;

/// Something that no registry refuses and that hurts somebody who reads the events.
pub struct Lint {
    /// The stable name. `reader-…` is about one schema and who reads it, `level-…` about one schema and the level of its
    /// subject, `meaning-…` about values that are read as something else, `undecodable-…` about an approved change that
    /// cannot be read, `unchecked-…` about a change that the registry does not look at.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The schema language; `None` for both.
    pub schema_type: Option<SchemaType>,
    /// Whom it hurts; empty for all who read.
    pub readers: &'static [Reader],
    /// At which levels; empty where the level does not matter.
    pub levels: &'static [Level],
    /// The lint in one clause.
    pub title: &'static str,
    /// Who is hurt, what they see and what to do, in sentences.
    pub explanation: &'static str,
    /// The specification's section, or the behaviour of which reader in which version.
    pub source: &'static str,
    /// Schemas, or pairs of them, that set it off.
    pub breaches: &'static [LintCase],
    /// Schemas, or pairs of them, that look like it and do not.
    pub near_misses: &'static [LintCase],
    pub(super) check: Check,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Somebody may be hurt, or has to know.
    Warning,
    /// Somebody fails or reads wrong values.
    Error,
}

impl Severity {
    /// `warning` or `error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A schema or a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LintCase {
    /// What makes it worth having, in one clause.
    pub about: &'static str,
    /// The older schema of a pair.
    pub older: Option<&'static str>,
    /// The schema, of a pair the newer one.
    pub newer: &'static str,
}

impl LintCase {
    pub(super) const fn one(about: &'static str, schema: &'static str) -> Self {
        Self {
            about,
            older: None,
            newer: schema,
        }
    }

    pub(super) const fn pair(about: &'static str, older: &'static str, newer: &'static str) -> Self {
        Self {
            about,
            older: Some(older),
            newer,
        }
    }
}

/// How a lint finds what it is about: it is shown every part once.
pub(super) enum Check {
    AvroPart(fn(&AvroPart<'_>) -> Option<Found>),
    AvroPair(fn(&AvroPair<'_>) -> Option<Found>),
    JsonPart(fn(&JsonPart<'_>) -> Option<Found>),
    JsonPair(fn(&JsonPair<'_>) -> Option<Found>),
    /// What Java's reader fails at.
    Java(Cause),
    /// Found by the walk itself.
    Walk,
}

// An id is one lint; the checks are functions, which have no equality worth the name.
impl PartialEq for Lint {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Lint {}

impl fmt::Debug for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lint")
            .field("id", &self.id)
            .field("severity", &self.severity)
            .finish_non_exhaustive()
    }
}
