//! Logical types that are written down and apply to nothing.
//!
//! Knows no single logical type; those are with their own modules.

use crate::lint::avro_parts::{AvroPart, Part};
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::avsc::Logical;

/// One that the specification does not know, or not on this type.
pub(in crate::lint) static IGNORED: Lint = Lint {
    id: "reader-avro-logical-type-ignored",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &Reader::ALL,
    levels: &[],
    title: "a logical type is ignored",
    explanation: "Readers ignore a logical type that they do not know, or that stands on another type than the specification \
                  says, and give the plain value. The schema promises what nobody does. A common cause is the logical type \
                  beside `type` in the field, where it is a remark, instead of in the type's own object.",
    source: "Apache Avro 1.12 specification, \"Logical Types\"",
    breaches: &[
        LintCase::one(
            "a timestamp on a string",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"string","logicalType":"timestamp-millis"}}]}"#,
        ),
        LintCase::one(
            "a name that is not in the specification",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-seconds"}}]}"#,
        ),
        LintCase::one(
            "beside the type",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":"long","logicalType":"timestamp-millis"}]}"#,
        ),
        LintCase::one(
            "more digits than a fixed has room for",
            r#"{"type":"fixed","name":"com.acme.Sum","size":2,"logicalType":"decimal","precision":9}"#,
        ),
    ],
    near_misses: &[LintCase::one(
        "a timestamp on a long",
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}"#,
    )],
    check: Check::AvroPart(ignored),
};

fn ignored(part: &AvroPart<'_>) -> Option<Found> {
    let (logical, properties) = match part.part {
        Part::Type(of) => (of.logical.as_ref(), &of.properties),
        Part::Definition(of) => (of.logical.as_ref(), &of.properties),
        Part::Field(of) => (None, &of.properties),
    };
    let message = match (logical, properties.get("logicalType")) {
        (Some(Logical::Other(name)), _) => format!("the specification has no logical type `{name}`"),
        (None, Some(name)) => match part.part {
            Part::Field(_) => format!("the logical type {name} stands in the field, not in its type"),
            _ => format!("the logical type {name} does not apply to this type"),
        },
        _ => return None,
    };
    Some(Found::new(message).at("logicalType"))
}
