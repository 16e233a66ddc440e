//! JSON Schema: the rules, and the walks of a pair that find their breaches, one for each family of registries.

mod apicurio;

use super::compare::CompareError;
use super::dialect::Dialect;
use super::document::SchemaDocument;
use super::finding::Finding;
use super::rule::Rule;

/// All rules of JSON Schema.
pub(super) static RULES: &[&Rule] = apicurio::RULES;

/// As [`compare`](super::compare::compare), of two JSON Schemas.
pub(super) fn compare(
    reader: &SchemaDocument,
    writer: &SchemaDocument,
    dialect: Dialect,
) -> Result<Vec<Finding>, CompareError> {
    match dialect {
        Dialect::Apicurio => apicurio::compare(reader, writer),
        Dialect::Confluent | Dialect::ConfluentLenient => Ok(Vec::new()),
    }
}
