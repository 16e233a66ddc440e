//! `enum`: a value is no longer taken.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static ENUM_NARROWED: Rule = Rule {
    id: "json-apicurio-enum-narrowed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a value is no longer taken",
    explanation: "Older events still have it. Keep the value and stop writing it.",
    specification: "Apicurio Registry 3, ENUM_TYPE_VALUES_MEMBER_REMOVED; JSON Schema draft-07 Validation, section 6.1.2",
    breach: Case {
        about: "one value fewer",
        writer: r#"{"enum":["a","b"]}"#,
        reader: r#"{"enum":["a"]}"#,
    },
    near_misses: &[
        Case {
            about: "one more value",
            writer: r#"{"enum":["a"]}"#,
            reader: r#"{"enum":["a","b"]}"#,
        },
        Case {
            about: "a constant becomes one of several",
            writer: r#"{"const":"a"}"#,
            reader: r#"{"enum":["a","b"]}"#,
        },
    ],
};
