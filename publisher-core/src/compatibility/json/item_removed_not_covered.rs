//! `json-item-removed-not-covered`: the reader allows a removed item with another schema only.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-item-removed-not-covered",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader allows a removed item with another schema only",
    explanation: "The reader's schema says what further items look like, and the item that it lacks is not like \
                  that. Keep it, or let further items take it.",
    specification: "Confluent Schema Registry, JSON Schema compatibility, partially open content model of items",
    breach: Case {
        about: "a text is removed where further items are numbers",
        writer: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}],"additionalItems":{"type":"integer"}}"#,
        reader: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":{"type":"integer"}}"#,
    },
    near_misses: &[Case {
        about: "further items take it",
        writer: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}],"additionalItems":{"type":"string"}}"#,
        reader: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":{"type":"string"}}"#,
    }],
};
