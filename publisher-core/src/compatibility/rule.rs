//! A rule as data: what it says, where that is specified, and the pairs that show it.
//!
//! How a rule finds its breaches is with the walk of its schema language; this knows no schema.

use super::dialect::Dialect;
use crate::registry::SchemaType;

/// One reason for which a reader cannot read what a writer wrote.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable name, such as `avro-field-without-default`. Reports and acknowledgements go by it.
    pub id: &'static str,
    /// The schema language whose schemas it judges; `None` for both.
    pub schema_type: Option<SchemaType>,
    /// The registries that have it.
    pub dialects: &'static [Dialect],
    /// The rule in one clause.
    pub title: &'static str,
    /// Why it breaks readers and what to do instead, in sentences. Whether the reader's or the writer's schema is the newer
    /// one depends on the direction.
    pub explanation: &'static str,
    /// The document and the section that says so.
    pub specification: &'static str,
    /// The smallest pair that breaks it.
    pub breach: Case,
    /// Pairs that look like the breach and are compatible.
    pub near_misses: &'static [Case],
}

/// A pair of schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// What makes the pair worth having, in one clause.
    pub about: &'static str,
    /// The schema that the writer had.
    pub writer: &'static str,
    /// The schema that the reader has.
    pub reader: &'static str,
}

/// All rules in a fixed order: the one of both languages, those of Avro, those of JSON Schema.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    std::iter::once(&super::compare::SCHEMA_TYPE_CHANGED)
        .chain(super::avro::RULES.iter().copied())
        .chain(super::json::rules())
}

/// The rule of this name.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}
