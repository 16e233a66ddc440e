//! A pair of schemas: who judges it, and the bounds of the judgement.
//!
//! Knows both languages by their entrance only.

use thiserror::Error;

use super::dialect::Dialect;
use super::document::{Form, SchemaDocument};
use super::finding::{Finding, Place};
use super::rule::{Case, Rule};
use super::{avro, json};

/// Everything for which a reader with one schema cannot read what was written with another; empty if it can.
///
/// A place may have several findings; none is told twice. The same pair gives the same findings in the same order, which
/// follows the walk of the two.
///
/// Implements: Apache Avro 1.12 specification, "Schema Resolution", as Java's `SchemaCompatibility` judges it;
/// for JSON Schema what each [`Dialect`] says.
///
/// # Errors
/// [`CompareError`]: the schemas are larger than anything that can be compared in a bounded time. Not retriable.
///
/// # Examples
/// ```
/// use publisher_core::compatibility::{Dialect, SchemaDocument, compare};
/// use publisher_core::registry::{SchemaText, SchemaType};
///
/// let parse = |text: &str| SchemaDocument::parse(&SchemaText::new(SchemaType::Avro, text));
/// let older = parse(r#"{"type": "record", "name": "Placed", "fields": [{"name": "id", "type": "string"}]}"#)?;
/// let newer = parse(r#"{"type": "record", "name": "Placed", "fields": [{"name": "id", "type": "string"},
///     {"name": "channel", "type": "string"}]}"#)?;
///
/// // Backward: readers with the newer schema, events of the older.
/// let findings = compare(&newer, &older, Dialect::Confluent)?;
/// assert_eq!(findings[0].rule.id, "avro-field-without-default");
/// assert_eq!(findings[0].reader.pointer, "/fields/1");
/// // Forward: the other way round.
/// assert!(compare(&older, &newer, Dialect::Confluent)?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(
    reader: &SchemaDocument,
    writer: &SchemaDocument,
    dialect: Dialect,
) -> Result<Vec<Finding>, CompareError> {
    match (&reader.form, &writer.form) {
        (Form::Avro(own), Form::Avro(other)) => avro::compare((reader, own), (writer, other)),
        (Form::Json(own), Form::Json(other)) => json::compare((reader, own), (writer, other), dialect),
        _ => Ok(vec![Finding {
            rule: &SCHEMA_TYPE_CHANGED,
            reader: Place::default(),
            writer: Place::default(),
            message: format!(
                "reader has {}, writer has {}",
                reader.schema_type(),
                writer.schema_type()
            ),
        }]),
    }
}

/// Two schemas that cannot be compared in a bounded time. Not retriable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CompareError {
    /// More pairs of parts would have to be looked at than any schema of use needs.
    #[error("the two schemas have too many parts to be compared: more than {limit} pairs of them")]
    TooManyPairs {
        /// How many pairs are looked at before giving up.
        limit: usize,
    },
    /// Types hold types hold types.
    #[error("the two schemas hold types within types more than {limit} levels deep")]
    TooDeep {
        /// How many levels are followed.
        limit: usize,
    },
}

/// Both languages: a registry refuses the change at every level but NONE.
pub(super) static SCHEMA_TYPE_CHANGED: Rule = Rule {
    id: "schema-type-changed",
    schema_type: None,
    dialects: &Dialect::ALL,
    title: "the schema is of another language than before",
    explanation: "Readers pick their decoder by the schema's type, so none reads both. Publish events of the new language \
                  under a subject of their own and move the readers over.",
    specification: "Confluent Schema Registry, CompatibilityChecker: schemas of different types are never compatible",
    breach: Case {
        about: "Avro becomes JSON",
        writer: r#"{"type":"record","name":"Placed","fields":[]}"#,
        reader: r#"{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"}"#,
    },
    near_misses: &[],
};
