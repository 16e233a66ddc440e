//! `const`: the only value is another.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static CONST_CHANGED: Rule = Rule {
    id: "json-apicurio-const-changed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "the only value is another",
    explanation: "Older events have the old value. Make it an enumeration of both.",
    specification: "Apicurio Registry 3, CONST_TYPE_VALUE_CHANGED; JSON Schema draft-07 Validation, section 6.1.3",
    breach: Case {
        about: "another value",
        writer: r#"{"const":"a"}"#,
        reader: r#"{"const":"b"}"#,
    },
    near_misses: &[
        Case {
            about: "it becomes one of several",
            writer: r#"{"const":"a"}"#,
            reader: r#"{"enum":["a","b"]}"#,
        },
        Case {
            about: "an enumeration of one is a constant",
            writer: r#"{"enum":["a"]}"#,
            reader: r#"{"const":"a"}"#,
        },
    ],
};
