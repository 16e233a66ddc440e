//! `json-additional-items-narrowed`: the reader wants further items of one schema.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-additional-items-narrowed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader wants further items of one schema",
    explanation: "The writer's schema allows any further item, the reader's only those of a schema. Keep \
                  `additionalItems` as it was.",
    specification: "JSON Schema draft-07 Validation, `additionalItems`; 2020-12 Core, `items` beside `prefixItems`",
    breach: Case {
        about: "further items must be texts",
        writer: r#"{"type":"array","items":[{"type":"string"}]}"#,
        reader: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":{"type":"string"}}"#,
    },
    near_misses: &[Case {
        about: "further items may be anything again",
        writer: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":{"type":"string"}}"#,
        reader: r#"{"type":"array","items":[{"type":"string"}]}"#,
    }],
};
