//! Avro: the rules, and the walk of a pair that finds their breaches.
//!
//! Judges as Java's `SchemaCompatibility` does, hence as registries do. Where it leaves the specification: every branch
//! of a writer's union must be readable, not only the one that is written; logical types are not looked at; namespaces
//! count only where a reader's alias names one.

mod enum_symbols;
mod field_ambiguous;
mod field_default;
mod fixed_size;
mod name;
mod type_mismatch;
mod union_branch;
mod walk;

use super::compare::CompareError;
use super::document::SchemaDocument;
use super::finding::Finding;
use super::rule::Rule;
use super::stack;
use crate::schema::avsc::AvroSchema;

/// All rules of Avro.
pub(super) static RULES: &[&Rule] = &[
    &type_mismatch::RULE,
    &name::RULE,
    &field_default::RULE,
    &field_ambiguous::RULE,
    &union_branch::RULE,
    &enum_symbols::RULE,
    &fixed_size::RULE,
];

/// As [`compare`](super::compare::compare), of two Avro schemas.
pub(super) fn compare(
    (reader, reader_schema): (&SchemaDocument, &AvroSchema),
    (writer, writer_schema): (&SchemaDocument, &AvroSchema),
) -> Result<Vec<Finding>, CompareError> {
    stack::walk(|deepest| walk::Walk::new((reader, reader_schema), (writer, writer_schema), deepest).findings())
}
