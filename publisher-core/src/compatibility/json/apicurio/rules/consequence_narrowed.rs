//! `then`: what follows from a condition is narrower than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static THEN_CHANGED: Rule = Rule {
    id: "json-consequence-narrowed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "what follows from a condition is narrower than before",
    explanation: "Older events that meet the condition may be refused. `then` and `else` may only open.",
    specification: "Apicurio Registry 3, CONDITIONAL_TYPE_THEN_SCHEMA_* and _ELSE_; JSON Schema draft-07 Validation, section 6.6",
    breach: Case {
        about: "`then` narrows",
        writer: r#"{"if":{"minLength":3},"then":{"maxLength":9}}"#,
        reader: r#"{"if":{"minLength":3},"then":{"maxLength":8}}"#,
    },
    near_misses: &[
        Case {
            about: "it opens",
            writer: r#"{"if":{"minLength":3},"then":{"maxLength":8}}"#,
            reader: r#"{"if":{"minLength":3},"then":{"maxLength":9}}"#,
        },
        Case {
            about: "it goes",
            writer: r#"{"if":{"minLength":3},"then":{"maxLength":8},"else":{}}"#,
            reader: r#"{"if":{"minLength":3},"else":{}}"#,
        },
    ],
};
