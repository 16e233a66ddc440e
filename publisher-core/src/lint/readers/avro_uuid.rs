//! Uuids, on text and on sixteen bytes.
//!
//! Knows no other fixed; those are with `avro_fixed`.

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::avsc::Logical;

const ON_STRING: LintCase = LintCase::one(
    "on a string",
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"id","type":{"type":"string","logicalType":"uuid"}}]}"#,
);
const BYTES: LintCase = LintCase::one(
    "sixteen bytes without meaning",
    r#"{"type":"fixed","name":"com.acme.Hash","size":16}"#,
);
const FIXED: LintCase = LintCase::one(
    "on sixteen bytes",
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"id","type":{"type":"fixed","name":"Id","size":16,"logicalType":"uuid"}}]}"#,
);

/// A uuid on sixteen bytes.
pub(in crate::lint) static ON_FIXED: Lint = Lint {
    id: "reader-avro-uuid-on-fixed",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Python, Reader::Node, Reader::Java],
    levels: &[],
    title: "a uuid on a fixed arrives as sixteen bytes",
    explanation: "fastavro gives `bytes`, avsc a `Buffer`, and Avro for Java before 1.12 knows the uuid on a string only. \
                  Publish it on a `string`, which Python reads as `UUID`.",
    source: "Apache Avro 1.12 specification, \"UUID\"; fastavro 1.13, avsc 5",
    breaches: &[FIXED],
    near_misses: &[ON_STRING, BYTES],
    check: Check::AvroPart(|part| match part.logical() {
        Some((Logical::Uuid, Some(_))) => Some(Found::new("is a uuid on a fixed")),
        _ => None,
    }),
};

/// A uuid for Connect.
pub(in crate::lint) static AS_STRING: Lint = Lint {
    id: "reader-avro-uuid-as-plain",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Connect],
    levels: &[],
    title: "a uuid is plain text or bytes",
    explanation: "Connect's AvroConverter does not know the logical type: the sink gets a string, or bytes where the uuid is on \
                  a fixed. A database column of a uuid type needs a conversion in the connector.",
    source: "Confluent AvroData",
    breaches: &[ON_STRING, FIXED],
    near_misses: &[
        BYTES,
        LintCase::one(
            "a text",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"id","type":"string"}]}"#,
        ),
    ],
    check: Check::AvroPart(|part| match part.logical() {
        Some((Logical::Uuid, _)) => Some(Found::new("is a uuid")),
        _ => None,
    }),
};
