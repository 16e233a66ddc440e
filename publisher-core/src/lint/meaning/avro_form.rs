//! Promotions of one form to another that change values.
//!
//! Knows no logical type; those are with `avro_logical`.

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::registry::SchemaType;
use crate::schema::avsc::Form;

/// Whole numbers become floating ones that do not hold them.
pub(in crate::lint) static ROUNDED: Lint = Lint {
    id: "meaning-avro-number-rounded",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "whole numbers are rounded",
    explanation: "Avro allows the promotion, and the registry approves. A float has every whole number up to 2^24, a double up \
                  to 2^53; beyond that readers with the newer schema get a neighbour: 16777217 becomes 16777216. Keep the \
                  type, promote an `int` to `long` or `double`, or add a new field beside the old one.",
    source: "Apache Avro 1.12 specification, \"Schema Resolution\": promotions; seen with Java Avro 1.12.1",
    breaches: &[
        LintCase::pair(
            "long to float",
            r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"cents","type":"long"}]}"#,
            r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"cents","type":"float"}]}"#,
        ),
        LintCase::pair("long to double", r#""long""#, r#""double""#),
        LintCase::pair("int to float, in a union", r#""int""#, r#"["null","float"]"#),
        LintCase::pair(
            "the first branch that fits is the one",
            r#"["null","int"]"#,
            r#"["null","float","double"]"#,
        ),
    ],
    near_misses: &[
        LintCase::pair("int to double", r#""int""#, r#""double""#),
        LintCase::pair("int to long", r#""int""#, r#""long""#),
        LintCase::pair("float to double", r#""float""#, r#""double""#),
        LintCase::pair("a branch of the same type", r#""long""#, r#"["null","double","long"]"#),
    ],
    check: Check::AvroPair(|pair| {
        let (older, newer) = pair.forms()?;
        let bits = match (older, newer) {
            (Form::Int | Form::Long, Form::Float) => 24,
            (Form::Long, Form::Double) => 53,
            _ => return None,
        };
        let (older, newer) = (older.word(), newer.word());
        Some(Found::new(format!(
            "{older} is read as {newer}: values beyond 2^{bits} are rounded"
        )))
    }),
};

/// Bytes become text.
pub(in crate::lint) static BYTES_TO_STRING: Lint = Lint {
    id: "meaning-avro-bytes-to-string",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "bytes are read as text",
    explanation: "Bytes that are no UTF-8 have no text: Python raises a `UnicodeDecodeError`, Java puts U+FFFD in their place \
                  and goes on. Keep the type, or add a new field beside the old one.",
    source: "Apache Avro 1.12 specification, \"Schema Resolution\": promotions; seen with fastavro 1.13 and Java Avro 1.12.1",
    breaches: &[LintCase::pair(
        "a field",
        r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"token","type":"bytes"}]}"#,
        r#"{"type":"record","name":"com.acme.Paid","fields":[{"name":"token","type":"string"}]}"#,
    )],
    near_misses: &[
        LintCase::pair("the other way", r#""string""#, r#""bytes""#),
        LintCase::pair("a branch for bytes", r#""bytes""#, r#"["string","bytes"]"#),
    ],
    check: Check::AvroPair(|pair| {
        let bytes = matches!(pair.forms()?, (Form::Bytes, Form::String));
        bytes.then(|| Found::new("bytes are read as string"))
    }),
};

/// Text becomes bytes.
pub(in crate::lint) static STRING_TO_BYTES: Lint = Lint {
    id: "meaning-avro-string-to-bytes",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "text is read as bytes",
    explanation: "The bytes are the same, but code that expects a text gets a `ByteBuffer`, a `Buffer` or `bytes`, and what is \
                  written from now on may be no text: readers that keep the older schema then fail or read U+FFFD. Keep the \
                  type, or add a new field beside the old one.",
    source: "Apache Avro 1.12 specification, \"Schema Resolution\": promotions; seen with fastavro 1.13",
    breaches: &[LintCase::pair(
        "values of a map",
        r#"{"type":"map","values":"string"}"#,
        r#"{"type":"map","values":"bytes"}"#,
    )],
    near_misses: &[LintCase::pair("the other way", r#""bytes""#, r#""string""#)],
    check: Check::AvroPair(|pair| {
        let text = matches!(pair.forms()?, (Form::String, Form::Bytes));
        text.then(|| Found::new("string is read as bytes"))
    }),
};
