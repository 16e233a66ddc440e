//! `additionalItems`: fewer items beyond the tuple are taken than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static ADDITIONAL_ITEMS: Rule = Rule {
    id: "json-apicurio-additional-items",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "fewer items beyond the tuple are taken than before",
    explanation: "Older arrays may be longer than is taken now. Keep `additionalItems` as open as it was.",
    specification: "Apicurio Registry 3, ARRAY_TYPE_ADDITIONAL_ITEMS_TRUE_TO_FALSE and _NARROWED; JSON Schema draft-07 Validation, section 6.4.2",
    breach: Case {
        about: "an open tuple closes",
        writer: r#"{"type":"array","items":[{"type":"string"}]}"#,
        reader: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":false}"#,
    },
    near_misses: &[
        Case {
            about: "a closed tuple opens",
            writer: r#"{"type":"array","items":[{"type":"string"}],"additionalItems":false}"#,
            reader: r#"{"type":"array","items":[{"type":"string"}]}"#,
        },
        Case {
            about: "beside one schema for all items it says nothing",
            writer: r#"{"type":"array","items":{"type":"string"}}"#,
            reader: r#"{"type":"array","items":{"type":"string"},"additionalItems":false}"#,
        },
    ],
};
