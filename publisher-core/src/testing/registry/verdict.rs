//! Whether a schema may follow the versions of its subject, and the reasons in the shape in which Confluent gives them.
//!
//! Knows a level and a dialect; which versions a subject has is with the store.

use super::refusal::Refusal;
use crate::compatibility::{Dialect, Direction, Finding, Level, Rule, SchemaDocument, compare};
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
        error_type(rule),
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

/// Confluent's name for the kind of a finding; where it has none of its own for Avro, and in JSON Schema, the rule's.
fn error_type(rule: &Rule) -> String {
    let name = match rule.id {
        "avro-field-without-default" => "READER_FIELD_MISSING_DEFAULT_VALUE",
        "avro-enum-symbols-missing" => "MISSING_ENUM_SYMBOLS",
        "avro-fixed-size" => "FIXED_SIZE_MISMATCH",
        "avro-union-branch-missing" => "MISSING_UNION_BRANCH",
        // NAME_MISMATCH and TYPE_MISMATCH too.
        id => {
            let own = id.strip_prefix("avro-").or_else(|| id.strip_prefix("json-"));
            return own.unwrap_or(id).replace('-', "_").to_ascii_uppercase();
        }
    };
    name.to_owned()
}
