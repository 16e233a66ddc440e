//! Enums that readers cannot follow.
//!
//! Knows no change of an enum; that is with `meaning`.

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::avsc::Kind;

const WITH_DEFAULT: LintCase = LintCase::one(
    "an enum with a default symbol",
    r#"{"type":"enum","name":"com.acme.Status","symbols":["UNKNOWN","OPEN"],"default":"UNKNOWN"}"#,
);
const TEXT: LintCase = LintCase::one(
    "a text instead of an enum",
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"status","type":"string"}]}"#,
);

/// An enum that old readers cannot follow when it grows.
pub(in crate::lint) static WITHOUT_DEFAULT: Lint = Lint {
    id: "reader-avro-enum-without-default",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &Reader::ALL,
    levels: &[],
    title: "an enum has no default symbol",
    explanation: "Readers that keep their schema fail on the first event with a symbol that was added later; with a default \
                  they take that instead. Only the default that the reader's schema had counts, so it must be there before \
                  the first new symbol. Add a symbol such as `UNKNOWN` and make it the default.",
    source: "Apache Avro 1.12 specification, \"Schema Resolution\": enums; fastavro 1.13 (`SchemaResolutionError`)",
    breaches: &[LintCase::one(
        "an enum without default",
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"status","type":{"type":"enum","name":"Status","symbols":["OPEN","PAID"]},"default":"OPEN"}]}"#,
    )],
    near_misses: &[WITH_DEFAULT, TEXT],
    check: Check::AvroPart(|part| {
        let definition = part.definition()?;
        match &definition.kind {
            Kind::Enum { default: None, .. } => Some(Found::new(format!("enum {} has no default", definition.name))),
            _ => None,
        }
    }),
};

/// An enum for a reader whose schema can only say string.
pub(in crate::lint) static AS_STRING: Lint = Lint {
    id: "reader-avro-enum-as-string",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Flink],
    levels: &[],
    title: "an enum is read with a string schema and fails",
    explanation: "Flink makes its reader's schema from the table's DDL, which has no enum: it says string, and Avro does not \
                  read an enum as a string (FLINK-24544, a fix was proposed in February 2026). Publish the field as a \
                  string, here with `#[event(as_string)]`.",
    source: "Apache Flink `avro-confluent`, FLINK-24544; Apache Avro 1.12 specification, \"Schema Resolution\"",
    breaches: &[WITH_DEFAULT],
    near_misses: &[TEXT],
    check: Check::AvroPart(|part| {
        let definition = part.definition()?;
        matches!(definition.kind, Kind::Enum { .. }).then(|| Found::new(format!("is the enum {}", definition.name)))
    }),
};
