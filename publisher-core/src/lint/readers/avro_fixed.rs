//! Fixed-size bytes, and the one logical type that only they can have.
//!
//! Knows no uuid; that is with `avro_uuid`.

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::avsc::{Kind, Logical};

/// A fixed for a reader whose schema can only say bytes.
pub(in crate::lint) static FIXED: Lint = Lint {
    id: "reader-avro-fixed-as-bytes",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Flink],
    levels: &[],
    title: "a fixed is read with a bytes schema and fails",
    explanation: "Flink makes its reader's schema from the table's DDL: DECIMAL, BINARY and VARBINARY become `bytes`, and \
                  Avro does not read a fixed as bytes. Publish `bytes`, a decimal on `bytes` too.",
    source: "Apache Flink `avro-confluent` (AvroSchemaConverter); Apache Avro 1.12 specification, \"Schema Resolution\"",
    breaches: &[
        LintCase::one(
            "a decimal on a fixed",
            r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"fixed","name":"Sum","size":8,"logicalType":"decimal","precision":18,"scale":2}}]}"#,
        ),
        LintCase::one("a checksum", r#"{"type":"fixed","name":"com.acme.Hash","size":32}"#),
    ],
    near_misses: &[LintCase::one(
        "a decimal on bytes",
        r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":2}}]}"#,
    )],
    check: Check::AvroPart(|part| {
        let definition = part.definition()?;
        match (&definition.kind, &definition.logical) {
            (Kind::Fixed { .. }, Some(logical)) => {
                Some(Found::new(format!("is a {logical} on the fixed {}", definition.name)))
            }
            (Kind::Fixed { size }, None) => {
                Some(Found::new(format!("is the fixed {} of {size} bytes", definition.name)))
            }
            _ => None,
        }
    }),
};

/// Months, days and milliseconds.
pub(in crate::lint) static DURATION: Lint = Lint {
    id: "reader-avro-duration",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &Reader::ALL,
    levels: &[],
    title: "few readers know Avro's `duration`",
    explanation: "fastavro and avsc give the twelve bytes, Connect and Flink too. Publish a `long` of milliseconds, and say \
                  the unit in its `doc`.",
    source: "Apache Avro 1.12 specification, \"Duration\"; fastavro 1.13, avsc 5",
    breaches: &[LintCase::one(
        "a duration",
        r#"{"type":"record","name":"com.acme.Rested","fields":[{"name":"for","type":{"type":"fixed","name":"Span","size":12,"logicalType":"duration"}}]}"#,
    )],
    near_misses: &[
        LintCase::one(
            "milliseconds",
            r#"{"type":"record","name":"com.acme.Rested","fields":[{"name":"for_ms","type":"long","doc":"milliseconds"}]}"#,
        ),
        LintCase::one(
            "twelve bytes without meaning",
            r#"{"type":"fixed","name":"com.acme.Nonce","size":12}"#,
        ),
    ],
    check: Check::AvroPart(|part| match part.logical() {
        Some((Logical::Duration, _)) => Some(Found::new("is a duration")),
        _ => None,
    }),
};
