//! `json-not-extended`: the reader excludes more than the writer does.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-not-extended",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader excludes more than the writer does",
    explanation: "What stands in `not` is refused. It takes more than before, so that a reader refuses more. \
                  Exclude less, or the same.",
    specification: "JSON Schema draft-07 Validation, `not`",
    breach: Case {
        about: "more is excluded",
        writer: r#"{"not":{"type":"integer"}}"#,
        reader: r#"{"not":{"type":"number"}}"#,
    },
    near_misses: &[Case {
        about: "less is excluded",
        writer: r#"{"not":{"type":"number"}}"#,
        reader: r#"{"not":{"type":"integer"}}"#,
    }],
};
