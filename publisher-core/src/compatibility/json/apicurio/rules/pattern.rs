//! `pattern`: a string has another pattern than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static PATTERN: Rule = Rule {
    id: "json-pattern",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a string has another pattern than before",
    explanation: "Patterns are compared as texts, so that a wider one is refused too. Drop the pattern, or keep it.",
    specification: "Apicurio Registry 3, STRING_TYPE_PATTERN_ADDED and _CHANGED; JSON Schema draft-07 Validation, section 6.3.3",
    breach: Case {
        about: "a wider pattern",
        writer: r#"{"type":"string","pattern":"^[a-z]*$"}"#,
        reader: r#"{"type":"string","pattern":"^[a-z0-9]*$"}"#,
    },
    near_misses: &[
        Case {
            about: "the pattern goes",
            writer: r#"{"type":"string","pattern":"^a"}"#,
            reader: r#"{"type":"string"}"#,
        },
        Case {
            about: "the pattern stays",
            writer: r#"{"type":"string","pattern":"^a"}"#,
            reader: r#"{"type":"string","pattern":"^a","title":"a"}"#,
        },
    ],
};
