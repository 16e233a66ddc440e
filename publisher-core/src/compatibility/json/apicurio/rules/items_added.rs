//! `items`: items have a schema that they had not.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static ITEMS_ADDED: Rule = Rule {
    id: "json-items-added",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "items have a schema that they had not",
    explanation: "Older arrays may hold anything. Give an array its schema from the start.",
    specification: "Apicurio Registry 3, ARRAY_TYPE_ALL_ITEM_SCHEMA_ADDED; JSON Schema draft-07 Validation, section 6.4.1",
    breach: Case {
        about: "one schema for all items comes",
        writer: r#"{"type":"array"}"#,
        reader: r#"{"type":"array","items":{"type":"string"}}"#,
    },
    near_misses: &[
        Case {
            about: "it goes",
            writer: r#"{"type":"array","items":{"type":"string"}}"#,
            reader: r#"{"type":"array"}"#,
        },
        Case {
            about: "it widens",
            writer: r#"{"type":"array","items":{"type":"integer"}}"#,
            reader: r#"{"type":"array","items":{"type":"number"}}"#,
        },
    ],
};
