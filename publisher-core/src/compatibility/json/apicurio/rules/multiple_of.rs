//! `multipleOf`: a number has to be a multiple of something else than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static MULTIPLE_OF: Rule = Rule {
    id: "json-multiple-of",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a number has to be a multiple of something else than before",
    explanation: "What was written need not be a multiple of the new step. The new `multipleOf` has to divide the \
                  old one.",
    specification: "Apicurio Registry 3; JSON Schema draft-07 Validation, section 6.2.1",
    breach: Case {
        about: "twice the step",
        writer: r#"{"type":"number","multipleOf":5}"#,
        reader: r#"{"type":"number","multipleOf":10}"#,
    },
    near_misses: &[
        Case {
            about: "the new step divides the old one",
            writer: r#"{"type":"number","multipleOf":0.3}"#,
            reader: r#"{"type":"number","multipleOf":0.1}"#,
        },
        Case {
            about: "the step goes",
            writer: r#"{"type":"number","multipleOf":5}"#,
            reader: r#"{"type":"number"}"#,
        },
    ],
};
