//! Decimals: how readers see them, and the forms that few know.
//!
//! Knows no change of a decimal; that is with `meaning`.

use crate::lint::avro_parts::{AvroPart, Part};
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::avsc::{Form, Kind, Logical};

const DECIMAL: LintCase = LintCase::one(
    "a decimal on bytes",
    r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}}]}"#,
);
const PLAIN_BYTES: LintCase = LintCase::one(
    "bytes that mean nothing further",
    r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":"bytes"}]}"#,
);

/// A decimal that arrives as its bytes.
pub(in crate::lint) static RAW: Lint = Lint {
    id: "reader-avro-raw-decimal",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Node, Reader::Java],
    levels: &[],
    title: "a decimal arrives as its raw bytes",
    explanation: "avsc gives a `Buffer` and Confluent's Java deserializer a `ByteBuffer` of the unscaled number, unless the \
                  reader asks for more. In Node register a logical type `decimal`; in Java set \
                  `avro.use.logical.type.converters=true`, which is false by default.",
    source: "avsc 5, Confluent KafkaAvroDeserializerConfig",
    breaches: &[DECIMAL],
    near_misses: &[PLAIN_BYTES],
    check: Check::AvroPart(|part| match part.logical() {
        Some((logical @ Logical::Decimal { .. }, _)) => Some(Found::new(format!("is a {logical}"))),
        _ => None,
    }),
};

/// A decimal whose scale a reader forgets.
pub(in crate::lint) static SCALE_LOST: Lint = Lint {
    id: "reader-avro-decimal-scale-lost",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Go],
    levels: &[],
    title: "a decimal loses its scale",
    explanation: "twmb/avro and hamba/avro give a `*big.Rat`, in which 1.50 and 1.5 are one number. A reader that prints or \
                  compares digits takes the scale from the schema, or registers a custom type that keeps it.",
    source: "twmb/avro 1.9, hamba/avro 2.31",
    breaches: &[LintCase::one(
        "a decimal with digits behind the point",
        r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}}]}"#,
    )],
    near_misses: &[
        LintCase::one(
            "a decimal without digits behind the point",
            r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"bytes","logicalType":"decimal","precision":9}}]}"#,
        ),
        PLAIN_BYTES,
    ],
    check: Check::AvroPart(|part| match part.logical() {
        Some((logical @ Logical::Decimal { scale: 1.., .. }, _)) => Some(Found::new(format!("is a {logical}"))),
        _ => None,
    }),
};

/// Decimals that carry their scale.
pub(in crate::lint) static BIG_DECIMAL: Lint = Lint {
    id: "reader-avro-big-decimal",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Python, Reader::Node, Reader::Connect, Reader::Flink, Reader::Go],
    levels: &[],
    title: "`big-decimal` is known in Java alone",
    explanation: "Every other reader gets bytes of a form that is specific to Java's library: a number, its scale, both \
                  length-prefixed. Give the field a `decimal` with the precision and scale that the domain has.",
    source: "Apache Avro 1.12 specification, \"Decimal\"; fastavro 1.13 and avsc 5 give bytes",
    breaches: &[LintCase::one(
        "a big-decimal",
        r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"bytes","logicalType":"big-decimal"}}]}"#,
    )],
    near_misses: &[DECIMAL, PLAIN_BYTES],
    check: Check::AvroPart(|part| match part.logical() {
        Some((Logical::BigDecimal, _)) => Some(Found::new("is a big-decimal")),
        _ => None,
    }),
};

/// A decimal that says no precision, or none that there is.
pub(in crate::lint) static WITHOUT_PRECISION: Lint = Lint {
    id: "reader-avro-decimal-without-precision",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Python],
    levels: &[],
    title: "a decimal has no precision",
    explanation: "The specification has such a logical type ignored, and most readers give bytes. fastavro fails on the \
                  first event with `KeyError: 'precision'`. Write `precision` and `scale`.",
    source: "Apache Avro 1.12 specification, \"Decimal\"; fastavro 1.13",
    breaches: &[
        LintCase::one(
            "on bytes",
            r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"bytes","logicalType":"decimal","scale":2}}]}"#,
        ),
        LintCase::one(
            "on a fixed",
            r#"{"type":"fixed","name":"com.acme.Sum","size":8,"logicalType":"decimal"}"#,
        ),
    ],
    near_misses: &[DECIMAL, PLAIN_BYTES],
    check: Check::AvroPart(without_precision),
};

fn without_precision(part: &AvroPart<'_>) -> Option<Found> {
    let properties = match part.part {
        Part::Type(of) if matches!(of.form, Form::Bytes) => &of.properties,
        Part::Definition(of) if matches!(of.kind, Kind::Fixed { .. }) => &of.properties,
        _ => return None,
    };
    let decimal = properties.get("logicalType").is_some_and(|name| name.0 == "decimal");
    (decimal && !properties.contains_key("precision")).then(|| Found::new("is a decimal without precision"))
}
