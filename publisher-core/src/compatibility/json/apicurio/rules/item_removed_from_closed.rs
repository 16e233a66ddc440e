//! `items`: an item of a tuple is removed and nothing takes its place.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static ITEM_REMOVED: Rule = Rule {
    id: "json-item-removed-from-closed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "an item of a tuple is removed and nothing takes its place",
    explanation: "A reader with a closed tuple refuses arrays that still have the item. Keep it.",
    specification: "Apicurio Registry 3, ARRAY_TYPE_ITEM_SCHEMAS_NARROWED and _CHANGED",
    breach: Case {
        about: "a closed tuple",
        writer: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}],"additionalItems":false}"#,
        reader: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":false}"#,
    },
    near_misses: &[
        Case {
            about: "the tuple is open",
            writer: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}]}"#,
            reader: r#"{"type":"array","items":[{"type":"string"}]}"#,
        },
        Case {
            about: "the schema of the others takes it",
            writer: r#"{"type":"array","items":[{"type":"string"},{"type":"string"}],"additionalItems":{"type":"string"}}"#,
            reader: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":{"type":"string"}}"#,
        },
    ],
};
