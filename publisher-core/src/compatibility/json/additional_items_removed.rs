//! `json-additional-items-removed`: the reader refuses further items.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-additional-items-removed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader refuses further items",
    explanation: "The writer's schema allows items beyond those that it lists and the reader's does not. Keep the \
                  list as open as it was.",
    specification: "JSON Schema draft-07 Validation, `additionalItems`; 2020-12 Core, `items` beside `prefixItems`",
    breach: Case {
        about: "an open list is closed",
        writer: r#"{"type":"array","items":[{"type":"string"}]}"#,
        reader: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":false}"#,
    },
    near_misses: &[
        Case {
            about: "a closed list is opened",
            writer: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":false}"#,
            reader: r#"{"type":"array","items":[{"type":"string"}]}"#,
        },
        Case {
            about: "without a list of items it says nothing",
            writer: r#"{"type":"array","items":{"type":"string"}}"#,
            reader: r#"{"type":"array","items":{"type":"string"},"additionalItems":true}"#,
        },
    ],
};
