//! `json-item-added-not-covered`: the reader has a further item that the writer allowed with another schema.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-item-added-not-covered",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader has a further item that the writer allowed with another schema",
    explanation: "The writer's schema says what further items look like, and that is not what the reader wants of \
                  the item. Give the item a schema that takes what was allowed.",
    specification: "Confluent Schema Registry, JSON Schema compatibility, partially open content model of items",
    breach: Case {
        about: "further items were numbers, the new one is text",
        writer: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":{"type":"integer"}}"#,
        reader: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}],"additionalItems":{"type":"integer"}}"#,
    },
    near_misses: &[Case {
        about: "the new item takes what was allowed",
        writer: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":{"type":"string"}}"#,
        reader: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}],"additionalItems":{"type":"string"}}"#,
    }],
};
