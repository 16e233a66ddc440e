//! The dialects of Confluent's registry, STRICT and LENIENT.
//!
//! Built from the behaviour of the registry, case by case; its code is under a licence that is not open source and was
//! not used. Not looked at, as there: `format`, `contentEncoding`, `contentMediaType`, `propertyNames`, changes within
//! `patternProperties`, the schema of `contains`, `if`, names in `required` that are not declared, boolean bounds of
//! draft-04. Where the registry breaks off with an error (an `exclusiveMaximum` lowered without a `maximum`), the verdict
//! is the one that its rules mean.

mod array;
mod combined;
mod content;
mod matching;
mod object;
mod view;
mod walk;

use self::walk::{Side, Walk};
use crate::compatibility::compare::CompareError;
use crate::compatibility::document::SchemaDocument;
use crate::compatibility::finding::Finding;
use crate::compatibility::stack;
use crate::schema::json_document::JsonDocument;

/// Everything for which the newer schema does not take what the older one does.
pub(super) fn compare(
    (reader, newer): (&SchemaDocument, &JsonDocument),
    (writer, older): (&SchemaDocument, &JsonDocument),
    lenient: bool,
) -> Result<Vec<Finding>, CompareError> {
    let side = |document, schema| Side { document, schema };
    stack::walk(|deepest| Walk::new(side(writer, older), side(reader, newer), lenient, deepest).findings())
}
