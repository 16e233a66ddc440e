//! `json-item-removed-from-closed-model`: the reader refuses an item that the writer may write.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-item-removed-from-closed-model",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader refuses an item that the writer may write",
    explanation: "The reader's list is closed and shorter than the writer's. Keep the item, or let the reader allow \
                  further ones.",
    specification: "Confluent Schema Registry, JSON Schema compatibility, closed content model of items",
    breach: Case {
        about: "an item is removed from a closed list",
        writer: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}],"additionalItems":false}"#,
        reader: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":false}"#,
    },
    near_misses: &[Case {
        about: "further items are allowed now",
        writer: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}],"additionalItems":false}"#,
        reader: r#"{"type":"array","items":[{"type":"string"}]}"#,
    }],
};
