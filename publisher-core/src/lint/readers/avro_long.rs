//! Whole numbers that JavaScript's numbers do not hold.
//!
//! Knows no times; those are with `avro_time`.

use crate::lint::avro_parts::{AvroPart, Part};
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::avsc::{Form, Logical};

/// The largest number that avsc takes, which is one less than the largest safe one of JavaScript.
const SAFE: i64 = (1 << 53) - 2;

/// A long without a logical type.
pub(in crate::lint) static LONG: Lint = Lint {
    id: "reader-avro-long",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Node],
    levels: &[],
    title: "a `long` beyond 2^53 cannot be read",
    explanation: "avsc throws \"potential precision loss\" at a value beyond ±(2^53 − 2), and the reader gets no event. Where \
                  such values occur, readers register a long type of `BigInt` (avsc's `typeHook`), or the field is published \
                  as a string, here with `#[event(as_string)]`. Where none occur, `int` says so, or nothing is to be done.",
    source: "avsc 5",
    breaches: &[LintCase::one(
        "an identifier",
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"id","type":"long"}]}"#,
    )],
    near_misses: &[
        LintCase::one(
            "32 bits",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"id","type":"int"}]}"#,
        ),
        LintCase::one(
            "a timestamp, which is small enough until the year 2255",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}}]}"#,
        ),
    ],
    check: Check::AvroPart(|part| match part.part {
        Part::Type(of) if matches!(of.form, Form::Long) && matches!(of.logical, None | Some(Logical::Other(_))) => {
            Some(Found::new("is a long without logical type"))
        }
        _ => None,
    }),
};

/// A default that is too large.
pub(in crate::lint) static DEFAULT: Lint = Lint {
    id: "reader-avro-long-default",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Node],
    levels: &[],
    title: "the default of a `long` is beyond 2^53",
    explanation: "avsc refuses the whole schema (\"incompatible field default\"), so the reader gets no event, also none \
                  that has a small value. Choose a default within ±(2^53 − 2).",
    source: "avsc 5",
    breaches: &[LintCase::one(
        "2^53 − 1",
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"id","type":"long","default":9007199254740991}]}"#,
    )],
    near_misses: &[
        LintCase::one(
            "2^53 − 2",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"id","type":"long","default":9007199254740990}]}"#,
        ),
        LintCase::one(
            "a double as large",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"id","type":"double","default":9007199254740993}]}"#,
        ),
    ],
    check: Check::AvroPart(large_default),
};

fn large_default(part: &AvroPart<'_>) -> Option<Found> {
    let Part::Field(field) = part.part else { return None };
    let default = field.default.as_ref()?.0.as_i64()?;
    let first = match &field.field_type.form {
        Form::Union(branches) => &branches.first()?.form,
        form => form,
    };
    let large = !(-SAFE..=SAFE).contains(&default);
    (large && matches!(first, Form::Long))
        .then(|| Found::new(format!("the default {default} of `{}` is beyond 2^53 − 2", field.name)).at("default"))
}
