//! `json-combined-operator`: schemas are combined by another operator.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-combined-operator",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "schemas are combined by another operator",
    explanation: "`allOf`, `anyOf` and `oneOf` take different values of the same parts. anyOf may take the place of \
                  any, and any may take the place of one with a single part.",
    specification: "JSON Schema draft-07 Validation, `allOf`, `anyOf`, `oneOf`; Confluent Schema Registry, JSON \
                    Schema compatibility",
    breach: Case {
        about: "anyOf becomes allOf",
        writer: r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
        reader: r#"{"allOf":[{"type":"string"},{"type":"integer"}]}"#,
    },
    near_misses: &[Case {
        about: "oneOf becomes anyOf",
        writer: r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
        reader: r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
    }],
};
