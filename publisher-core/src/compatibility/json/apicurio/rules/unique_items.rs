//! `uniqueItems`: an item may not come twice where it could.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static UNIQUE_ITEMS: Rule = Rule {
    id: "json-unique-items",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "an item may not come twice where it could",
    explanation: "A reader refuses arrays with repeated items. Leave `uniqueItems` out.",
    specification: "Apicurio Registry 3; JSON Schema draft-07 Validation, section 6.4.3",
    breach: Case {
        about: "`uniqueItems` comes",
        writer: r#"{"type":"array"}"#,
        reader: r#"{"type":"array","uniqueItems":true}"#,
    },
    near_misses: &[
        Case {
            about: "it goes",
            writer: r#"{"type":"array","uniqueItems":true}"#,
            reader: r#"{"type":"array"}"#,
        },
        Case {
            about: "it says no",
            writer: r#"{"type":"array"}"#,
            reader: r#"{"type":"array","uniqueItems":false}"#,
        },
    ],
};
