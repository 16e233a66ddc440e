//! `json-multiple-of`: the reader wants multiples of a number that not all written ones are multiples of.

use serde_json::Value;

use super::keyword::Keyword;
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-multiple-of",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader wants multiples of another number",
    explanation: "`multipleOf` was added, or the new number does not divide the old one, so that a reader refuses \
                  what was valid when it was written. Leave it, remove it, or take a divisor of it.",
    specification: "JSON Schema draft-07 Validation, `multipleOf`",
    breach: Case {
        about: "the step is doubled",
        writer: r#"{"type":"number","multipleOf":5}"#,
        reader: r#"{"type":"number","multipleOf":10}"#,
    },
    near_misses: &[
        Case {
            about: "the new step divides the old one",
            writer: r#"{"type":"number","multipleOf":10}"#,
            reader: r#"{"type":"number","multipleOf":5}"#,
        },
        Case {
            about: "the step is removed",
            writer: r#"{"type":"number","multipleOf":0.1}"#,
            reader: r#"{"type":"number"}"#,
        },
    ],
};

/// How `multipleOf` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "multipleOf",
    rule: &RULE,
    check,
};

fn check(writer: Option<&Value>, reader: Option<&Value>) -> Option<String> {
    let is = reader?.as_f64()?;
    match writer.and_then(Value::as_f64) {
        None => Some(format!("writer has none, reader has {}", reader?)),
        Some(was) if divides(is, was) => None,
        Some(_) => Some(format!("writer has {}, reader has {}", writer?, reader?)),
    }
}

/// Whether a number is a divisor of another; both may be fractions, which binary numbers only come near to.
fn divides(divisor: f64, number: f64) -> bool {
    let times = number / divisor;
    times.is_finite() && (times - times.round()).abs() <= times.abs() * 1e-9
}
