//! `type`: a number has to be whole where it had not to be.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static INTEGER: Rule = Rule {
    id: "json-integer-required",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a number has to be whole where it had not to be",
    explanation: "A reader refuses fractions that were written. Keep `number`.",
    specification: "Apicurio Registry 3, NUMBER_TYPE_INTEGER_REQUIRED_FALSE_TO_TRUE; JSON Schema draft-07 Validation, section 6.1.1",
    breach: Case {
        about: "a number becomes an integer",
        writer: r#"{"type":"number"}"#,
        reader: r#"{"type":"integer"}"#,
    },
    near_misses: &[
        Case {
            about: "whole numbers become numbers",
            writer: r#"{"type":"integer"}"#,
            reader: r#"{"type":"number"}"#,
        },
        Case {
            about: "multiples of one are whole",
            writer: r#"{"type":"number","multipleOf":1}"#,
            reader: r#"{"type":"integer"}"#,
        },
    ],
};
