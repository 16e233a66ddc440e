//! `not`: more is excluded than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static NOT_CHANGED: Rule = Rule {
    id: "json-exclusion-widened",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "more is excluded than before",
    explanation: "Older events may be what is excluded now. The schema within `not` may only become narrower.",
    specification: "Apicurio Registry 3, NOT_TYPE_SCHEMA_COMPATIBLE_*; JSON Schema draft-07 Validation, section 6.7.4",
    breach: Case {
        about: "longer strings too",
        writer: r#"{"not":{"type":"string","maxLength":5}}"#,
        reader: r#"{"not":{"type":"string","maxLength":10}}"#,
    },
    near_misses: &[
        Case {
            about: "less is excluded",
            writer: r#"{"not":{"type":"string","maxLength":10}}"#,
            reader: r#"{"not":{"type":"string","maxLength":5}}"#,
        },
        Case {
            about: "the same is excluded",
            writer: r#"{"not":{"type":"string"}}"#,
            reader: r#"{"not":{"type":"string"},"title":"a"}"#,
        },
    ],
};
