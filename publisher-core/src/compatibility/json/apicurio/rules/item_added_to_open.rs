//! `items`: an item of a tuple has a schema where anything could be written.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static ITEM_ADDED: Rule = Rule {
    id: "json-apicurio-item-added-to-open",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "an item of a tuple has a schema where anything could be written",
    explanation: "In an open tuple older arrays may hold anything at that place. Close the tuple with \
                  `additionalItems: false` from the start.",
    specification: "Apicurio Registry 3, ARRAY_TYPE_ITEM_SCHEMAS_NARROWED",
    breach: Case {
        about: "an open tuple",
        writer: r#"{"type":"array","items":[{"type":"string"}]}"#,
        reader: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}]}"#,
    },
    near_misses: &[
        Case {
            about: "the tuple was closed",
            writer: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":false}"#,
            reader: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}],"additionalItems":false}"#,
        },
        Case {
            about: "the others had this schema already",
            writer: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":{"type":"string"}}"#,
            reader: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}],"additionalItems":{"type":"string"}}"#,
        },
    ],
};
