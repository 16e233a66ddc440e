//! `json-number-narrowed`: the reader takes whole numbers only.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-number-narrowed",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader takes whole numbers only",
    explanation: "What was a number became an integer, so that a reader refuses 1.5. Keep `number`.",
    specification: "JSON Schema draft-07 Validation, `type`",
    breach: Case {
        about: "number becomes integer",
        writer: r#"{"type":"number"}"#,
        reader: r#"{"type":"integer"}"#,
    },
    near_misses: &[Case {
        about: "integer becomes number",
        writer: r#"{"type":"integer"}"#,
        reader: r#"{"type":"number"}"#,
    }],
};
