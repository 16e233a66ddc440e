//! Decimals whose digits come to mean something else.
//!
//! Knows two decimals; one that comes or goes is with `avro_logical`.

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::registry::SchemaType;
use crate::schema::avsc::Logical;

const SAME: LintCase = LintCase::pair(
    "the same decimal in an option",
    r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}}]}"#,
    r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":["null",{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}]}]}"#,
);

/// The point moves.
pub(in crate::lint) static SCALE: Lint = Lint {
    id: "meaning-avro-decimal-scale",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "the scale of a decimal changed",
    explanation: "The bytes are the number without its point, and no registry looks at the scale. A Java reader with the newer \
                  schema puts the point elsewhere in every older event: 12.34 is read as 1.234 or 123.4. fastavro takes the \
                  older scale, so readers disagree too. Keep the scale, or add a new field beside the old one.",
    source: "Apache Avro 1.12 specification, \"Schema Resolution\": decimals match if precision and scale do; \
             Java's SchemaCompatibility does not look at logical types",
    breaches: &[
        LintCase::pair(
            "on bytes",
            r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}}]}"#,
            r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":3}}]}"#,
        ),
        LintCase::pair(
            "on a fixed",
            r#"{"type":"fixed","name":"com.acme.Sum","size":8,"logicalType":"decimal","precision":9,"scale":2}"#,
            r#"{"type":"fixed","name":"com.acme.Sum","size":8,"logicalType":"decimal","precision":9}"#,
        ),
        LintCase::pair(
            "in a branch of a union",
            r#"["null",{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}]"#,
            r#"[{"type":"bytes","logicalType":"decimal","precision":12,"scale":4},"null"]"#,
        ),
    ],
    near_misses: &[
        SAME,
        LintCase::pair(
            "more digits before the point",
            r#"{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}"#,
            r#"{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}"#,
        ),
    ],
    check: Check::AvroPair(|pair| match pair.logicals()? {
        (Some(Logical::Decimal { scale: older, .. }), Some(Logical::Decimal { scale: newer, .. }))
            if older != newer =>
        {
            Some(Found::new(format!("the scale is {newer}, it was {older}")))
        }
        _ => None,
    }),
};

/// There are more or fewer digits.
pub(in crate::lint) static PRECISION: Lint = Lint {
    id: "meaning-avro-decimal-precision",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "the precision of a decimal changed",
    explanation: "The numbers stay what they are, but a reader with the smaller precision may refuse a longer one, or its \
                  database column overflows. apache-avro for Rust refuses the pair as a whole. Let readers that keep the \
                  smaller precision know.",
    source: "Apache Avro 1.12 specification, \"Schema Resolution\"; apache-avro 0.22",
    breaches: &[
        LintCase::pair(
            "more digits",
            r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}}]}"#,
            r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"sum","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":2}}]}"#,
        ),
        LintCase::pair(
            "fewer digits",
            r#"{"type":"bytes","logicalType":"decimal","precision":9}"#,
            r#"{"type":"bytes","logicalType":"decimal","precision":4}"#,
        ),
    ],
    near_misses: &[
        SAME,
        LintCase::pair(
            "a scale of 0 that is written down",
            r#"{"type":"bytes","logicalType":"decimal","precision":9}"#,
            r#"{"type":"bytes","logicalType":"decimal","precision":9,"scale":0}"#,
        ),
    ],
    check: Check::AvroPair(|pair| match pair.logicals()? {
        (
            Some(Logical::Decimal {
                precision: older,
                scale: one,
            }),
            Some(Logical::Decimal {
                precision: newer,
                scale: other,
            }),
        ) if older != newer && one == other => Some(Found::new(format!("the precision is {newer}, it was {older}"))),
        _ => None,
    }),
};
