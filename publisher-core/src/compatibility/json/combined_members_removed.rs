//! `json-combined-members-removed`: the reader lacks alternatives that the writer may write.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-combined-members-removed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader lacks alternatives that the writer may write",
    explanation: "The reader's `anyOf` or `oneOf` has fewer members than the writer's. Let the reader have them all.",
    specification: "JSON Schema draft-07 Validation, `anyOf`, `oneOf`",
    breach: Case {
        about: "an alternative is removed",
        writer: r#"{"oneOf":[{"type":"string"},{"type":"integer"},{"type":"boolean"}]}"#,
        reader: r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
    },
    near_misses: &[Case {
        about: "an alternative is added",
        writer: r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
        reader: r#"{"oneOf":[{"type":"integer"},{"type":"string"},{"type":"boolean"}]}"#,
    }],
};
