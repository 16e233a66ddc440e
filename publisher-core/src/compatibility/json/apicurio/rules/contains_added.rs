//! `contains`: an array has to contain what it had not to.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static CONTAINS_ADDED: Rule = Rule {
    id: "json-contains-added",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "an array has to contain what it had not to",
    explanation: "Older arrays may lack it. A `contains` that was there already is compared itself.",
    specification: "Apicurio Registry 3, ARRAY_TYPE_CONTAINED_ITEM_SCHEMA_ADDED; JSON Schema draft-07 Validation, section 6.4.6",
    breach: Case {
        about: "`contains` comes",
        writer: r#"{"type":"array"}"#,
        reader: r#"{"type":"array","contains":{"type":"string"}}"#,
    },
    near_misses: &[
        Case {
            about: "it goes",
            writer: r#"{"type":"array","contains":{"type":"string"}}"#,
            reader: r#"{"type":"array"}"#,
        },
        Case {
            about: "it widens",
            writer: r#"{"type":"array","contains":{"type":"integer"}}"#,
            reader: r#"{"type":"array","contains":{"type":"number"}}"#,
        },
    ],
};
