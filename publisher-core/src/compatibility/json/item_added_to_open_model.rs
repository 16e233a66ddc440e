//! `json-item-added-to-open-model`: the reader has a further item that the writer leaves open.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-item-added-to-open-model",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader has a further item that the writer leaves open",
    explanation: "The writer's schema allows any further items, so that something may stand where the reader wants \
                  an item of one schema. An open list cannot be closed later either: close it with `additionalItems: \
                  false` from the start, or let the item take anything.",
    specification: "Confluent Schema Registry, JSON Schema compatibility, open content model of items",
    breach: Case {
        about: "an item is added to an open list",
        writer: r#"{"type":"array","items":[{"type":"string"}]}"#,
        reader: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}]}"#,
    },
    near_misses: &[
        Case {
            about: "the list was closed",
            writer: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":false}"#,
            reader: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}],"additionalItems":false}"#,
        },
        Case {
            about: "the new item takes anything",
            writer: r#"{"type":"array","items":[{"type":"string"}]}"#,
            reader: r#"{"type":"array","items":[{"type":"string"},true]}"#,
        },
    ],
};
