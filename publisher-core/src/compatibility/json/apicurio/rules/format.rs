//! `format`: a string has another format than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static FORMAT: Rule = Rule {
    id: "json-format",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a string has another format than before",
    explanation: "A format that came or changed refuses strings that were valid. The registry knows the formats of \
                  the draft; any other is as none.",
    specification: "Apicurio Registry 3, STRING_TYPE_FORMAT_ADDED and _CHANGED; JSON Schema draft-07 Validation, section 7",
    breach: Case {
        about: "a format comes",
        writer: r#"{"type":"string"}"#,
        reader: r#"{"type":"string","format":"date-time"}"#,
    },
    near_misses: &[
        Case {
            about: "the format goes",
            writer: r#"{"type":"string","format":"date-time"}"#,
            reader: r#"{"type":"string"}"#,
        },
        Case {
            about: "a format that the registry does not know",
            writer: r#"{"type":"string"}"#,
            reader: r#"{"type":"string","format":"uuid"}"#,
        },
    ],
};
