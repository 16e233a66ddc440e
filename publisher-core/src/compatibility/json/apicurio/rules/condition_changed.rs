//! `if`: a condition is not what it was.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static CONDITION_CHANGED: Rule = Rule {
    id: "json-condition-changed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a condition is not what it was",
    explanation: "Whether older events fall under it may change either way, so that `if` has to stay equivalent.",
    specification: "Apicurio Registry 3, CONDITIONAL_TYPE_IF_SCHEMA_*; JSON Schema draft-07 Validation, section 6.6.1",
    breach: Case {
        about: "the condition holds less often",
        writer: r#"{"if":{"minLength":3},"then":{"pattern":"^a"}}"#,
        reader: r#"{"if":{"minLength":4},"then":{"pattern":"^a"}}"#,
    },
    near_misses: &[
        Case {
            about: "it stays",
            writer: r#"{"if":{"minLength":3},"then":{"pattern":"^a"}}"#,
            reader: r#"{"if":{"minLength":3},"then":{"pattern":"^a"},"title":"a"}"#,
        },
        Case {
            about: "only `then` opens",
            writer: r#"{"if":{"minLength":3},"then":{"pattern":"^a"}}"#,
            reader: r#"{"if":{"minLength":3},"then":{}}"#,
        },
    ],
};
