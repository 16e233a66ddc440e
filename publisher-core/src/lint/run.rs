//! Runs the lints over a schema or a pair.
//!
//! Knows no lint by name, but for the one that says that a pair is too large.

use super::avro_pairs;
use super::avro_parts;
use super::definition::{Check, Lint};
use super::finding::{Found, LintFinding, Position, sorted};
use super::java_reader::{self, Failure};
use super::json_pairs;
use super::json_parts;
use super::levels;
use super::meaning as pairs;
use super::reader::Reader;
use super::readers as singles;
use crate::compatibility::{Dialect, Level, Place, SchemaDocument, compare};

/// What these readers stumble over in a schema.
///
/// Findings come in the order of the schema's text, those in referenced texts last. The same schema gives the same
/// findings.
///
/// # Examples
/// ```
/// use publisher_core::compatibility::SchemaDocument;
/// use publisher_core::lint::{self, Reader};
/// use publisher_core::registry::{SchemaText, SchemaType};
///
/// let text = r#"{"type": "record", "name": "com.acme.Placed", "fields": [
///     {"name": "at", "type": {"type": "long", "logicalType": "timestamp-nanos"}}]}"#;
/// let schema = SchemaDocument::parse(&SchemaText::new(SchemaType::Avro, text))?;
///
/// let findings = lint::readers(&schema, &[Reader::Python, Reader::Go]);
/// assert_eq!(findings[0].lint.id, "reader-avro-timestamp-nanos");
/// assert_eq!(findings[0].readers, [Reader::Python]);
/// assert_eq!(findings[0].place.pointer, "/fields/0/type");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn readers(schema: &SchemaDocument, readers: &[Reader]) -> Vec<LintFinding> {
    let concerned = |lint: &Lint| -> Vec<Reader> {
        let readers = Reader::ALL.into_iter().filter(|reader| readers.contains(reader));
        readers.filter(|reader| lint.readers.contains(reader)).collect()
    };
    let lints = singles::LINTS.iter().map(|lint| (*lint, concerned(lint)));
    let lints: Vec<(&'static Lint, Vec<Reader>)> = lints.filter(|(_, readers)| !readers.is_empty()).collect();
    parts(schema, &lints)
}

/// What the level of the subject makes of a schema that nobody can change later.
///
/// Findings come in the order of the schema's text.
#[must_use]
pub fn level(schema: &SchemaDocument, level: Level) -> Vec<LintFinding> {
    let lints = levels::LINTS.iter().filter(|lint| lint.levels.contains(&level));
    let lints: Vec<(&'static Lint, Vec<Reader>)> = lints.map(|lint| (*lint, Vec::new())).collect();
    parts(schema, &lints)
}

/// What changes silently, cannot be read, or is not looked at, when values of the older schema are read with the newer and
/// a registry approves.
///
/// What a registry refuses is not repeated here: [`compare`](crate::compatibility::compare) says it. Two schemas of
/// different languages give nothing. Findings come in the order of the newer schema's text.
#[must_use]
pub fn meaning(older: &SchemaDocument, newer: &SchemaDocument) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    let mut add = |lint: &'static Lint, found: Found, one: &Position, other: &Position| {
        findings.push(LintFinding {
            lint,
            readers: lint.readers.to_vec(),
            place: other.place(newer, found.member),
            older: Some(one.place(older, found.member)),
            message: found.message,
        });
    };
    let mut complete = true;
    if let (Some(one), Some(other)) = (older.avro(), newer.avro()) {
        complete = avro_pairs::walk(one, other, &mut |pair| {
            for lint in pairs::LINTS {
                let Check::AvroPair(check) = lint.check else { continue };
                if let Some(found) = check(pair) {
                    add(lint, found, &pair.older, &pair.newer);
                }
            }
        });
    }
    if let (Some(one), Some(other)) = (older.json(), newer.json()) {
        complete = json_pairs::walk(one, other, &mut |pair| {
            for lint in pairs::LINTS {
                let Check::JsonPair(check) = lint.check else { continue };
                if let Some(found) = check(pair) {
                    add(lint, found, &pair.older.position(), &pair.newer.position());
                }
            }
        });
    }
    if let (Some(one), Some(other)) = (older.avro(), newer.avro()) {
        let (failures, all) = java_reader::failures(one, other);
        complete &= all;
        // Most of them say of a pair that a registry refuses what its finding says.
        let approved =
            !failures.is_empty() && compare(newer, older, Dialect::Confluent).is_ok_and(|refused| refused.is_empty());
        let failures = failures.into_iter().filter(|_| approved);
        findings.extend(failures.flat_map(|failure| failed(older, newer, &failure)));
    }
    if !complete {
        findings.push(too_large(Some(Place::default())));
    }
    sorted(findings)
}

/// What the lints of its cause say of a failure.
fn failed(older: &SchemaDocument, newer: &SchemaDocument, failure: &Failure) -> Option<LintFinding> {
    let mut lints = pairs::LINTS.iter();
    let lint = lints.find(|lint| matches!(lint.check, Check::Java(cause) if cause == failure.cause))?;
    Some(LintFinding {
        lint,
        readers: lint.readers.to_vec(),
        place: failure.newer.place(newer, None),
        older: Some(failure.older.place(older, None)),
        message: failure.message.clone(),
    })
}

/// Each part of a schema under these lints, each with the readers concerned.
fn parts(schema: &SchemaDocument, lints: &[(&'static Lint, Vec<Reader>)]) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    let mut add = |lint: &'static Lint, readers: &[Reader], found: Found, position: &Position| {
        findings.push(LintFinding {
            lint,
            readers: readers.to_vec(),
            place: position.place(schema, found.member),
            older: None,
            message: found.message,
        });
    };
    if let Some(avro) = schema.avro() {
        avro_parts::walk(avro, &mut |part| {
            for (lint, readers) in lints {
                let Check::AvroPart(check) = lint.check else { continue };
                if let Some(found) = check(part) {
                    add(lint, readers, found, &part.position);
                }
            }
        });
    }
    if let Some(json) = schema.json() {
        let complete = json_parts::walk(json, &mut |part| {
            for (lint, readers) in lints {
                let Check::JsonPart(check) = lint.check else { continue };
                if let Some(found) = check(part) {
                    add(lint, readers, found, &part.node.position());
                }
            }
        });
        if !complete {
            findings.push(too_large(None));
        }
    }
    sorted(findings)
}

/// That there is more than was looked at.
fn too_large(older: Option<Place>) -> LintFinding {
    LintFinding {
        lint: &pairs::TOO_LARGE,
        readers: Vec::new(),
        place: Place::default(),
        older,
        message: "the schema has more parts than are looked at".to_owned(),
    }
}
