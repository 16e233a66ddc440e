//! Whether a schema may follow the versions of its subject, and the reasons in the shape in which Confluent gives them.
//!
//! Knows a level and a dialect; which versions a subject has is with the store.

use super::refusal::Refusal;
use crate::compatibility::{Dialect, Direction, Finding, Level, SchemaDocument, compare};
use crate::registry::SchemaType;

/// An earlier version to hold a candidate against.
pub(super) struct Earlier<'a> {
    pub(super) number: u32,
    pub(super) text: &'a str,
    pub(super) document: &'a SchemaDocument,
}

/// The reasons against the candidate; none if it may follow the versions, the latest of which comes last.
///
/// As Confluent's registry: from the newest version to the oldest, and only the first that fails is told. Of a level with
/// both directions the messages about old readers come first.
///
/// # Errors
/// The two are larger than anything that can be compared.
pub(super) fn reasons(
    candidate: &SchemaDocument,
    earlier: &[Earlier<'_>],
    level: Level,
    dialect: Dialect,
) -> Result<Vec<String>, Refusal> {
    let scope = if level.is_transitive() { earlier.len() } else { 1 };
    for version in earlier.iter().rev().take(scope) {
        let mut messages = Vec::new();
        for direction in level.directions() {
            let (reader, writer) = match direction {
                Direction::Backward => (candidate, version.document),
                Direction::Forward => (version.document, candidate),
            };
            let findings =
                compare(reader, writer, dialect).map_err(|error| Refusal::invalid_schema(error.to_string()))?;
            messages.extend(findings.iter().map(|finding| told(finding, *direction)));
        }
        if !messages.is_empty() {
            messages.push(format!("{{oldSchemaVersion: {}}}", version.number));
            messages.push(format!("{{oldSchema: '{}'}}", version.text));
            messages.push(format!("{{compatibility: '{level}'}}"));
            return Ok(messages);
        }
    }
    Ok(Vec::new())
}

/// One reason: Confluent's name for its kind, where it is, and what is wrong there.
fn told(finding: &Finding, direction: Direction) -> String {
    let (reader, writer) = match direction {
        Direction::Backward => ("new", "old"),
        Direction::Forward => ("old", "new"),
    };
    let (rule, place) = (finding.rule, &finding.reader);
    let of_reference = place.reference.as_ref().map(|name| format!(" of reference {name}"));
    format!(
        "{{errorType:'{}', description:'{} at path '{}{}'{} (read with the {reader} schema, written with the {writer} \
         one)', additionalInfo:'{}'}}",
        error_type(finding),
        rule.title,
        // JSON Schema writes a pointer as a fragment.
        if rule.schema_type == Some(SchemaType::Json) {
            "#"
        } else {
            ""
        },
        if place.pointer.is_empty() { "/" } else { &place.pointer },
        of_reference.unwrap_or_default(),
        finding.message,
    )
}

/// Confluent's name for the kind of a finding; the rule's own where Confluent has none.
fn error_type(finding: &Finding) -> String {
    let id = finding.rule.id;
    // A bound that was not there is added, one that was is moved.
    let added = finding.message.starts_with("writer has none");
    let name = match id {
        "avro-field-without-default" => "READER_FIELD_MISSING_DEFAULT_VALUE",
        "avro-enum-symbols-missing" => "MISSING_ENUM_SYMBOLS",
        "avro-fixed-size" => "FIXED_SIZE_MISMATCH",
        "avro-union-branch-missing" => "MISSING_UNION_BRANCH",
        "json-number-narrowed" => "TYPE_NARROWED",
        "json-enum-narrowed" => "ENUM_ARRAY_NARROWED",
        "json-pattern" if added => "PATTERN_ADDED",
        "json-pattern" => "PATTERN_CHANGED",
        "json-multiple-of" if added => "MULTIPLE_OF_ADDED",
        "json-multiple-of" => "MULTIPLE_OF_CHANGED",
        "json-unique-items" => "UNIQUE_ITEMS_ADDED",
        "json-required-added" => "REQUIRED_ATTRIBUTE_ADDED",
        "json-required-property-added" => "REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL",
        "json-property-added-to-open-model" => "OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL",
        "json-property-added-not-covered" => "PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL",
        "json-property-removed-from-closed-model" => "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL",
        "json-property-removed-not-covered" => "PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL",
        "json-item-added-to-open-model" => "ITEM_ADDED_TO_OPEN_CONTENT_MODEL",
        "json-item-added-not-covered" => "ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL",
        "json-item-removed-from-closed-model" => "ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL",
        "json-item-removed-not-covered" => "ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL",
        "json-dependency-added" => "DEPENDENCY_ARRAY_ADDED",
        "json-subschema-added" => "SCHEMA_ADDED",
        "json-combined-operator" => "COMBINED_TYPE_CHANGED",
        "json-combined-members-removed" => "SUM_TYPE_NARROWED",
        "json-combined-members-added" => "PRODUCT_TYPE_EXTENDED",
        "json-combined-members-changed" => "COMBINED_TYPE_SUBSCHEMAS_CHANGED",
        "json-not-extended" => "NOT_TYPE_EXTENDED",
        // NAME_MISMATCH, TYPE_MISMATCH, TYPE_CHANGED; of a bound the keyword and what became of it.
        _ => {
            let own = id.strip_prefix("avro-").or_else(|| id.strip_prefix("json-"));
            let own = own.unwrap_or(id).replace('-', "_").to_ascii_uppercase();
            let moved = match own.split_once('_') {
                _ if !id.starts_with("json-") => return own,
                _ if added => "ADDED",
                Some(("MIN", _)) | Some(("EXCLUSIVE", "MINIMUM")) => "INCREASED",
                Some(("MAX", _)) | Some(("EXCLUSIVE", "MAXIMUM")) => "DECREASED",
                _ if own == "MINIMUM" => "INCREASED",
                _ if own == "MAXIMUM" => "DECREASED",
                _ => return own,
            };
            return format!("{own}_{moved}");
        }
    };
    name.to_owned()
}
