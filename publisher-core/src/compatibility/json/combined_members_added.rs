//! `json-combined-members-added`: the reader asks for more at once than the writer keeps to.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-combined-members-added",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader asks for more at once than the writer keeps to",
    explanation: "The reader's `allOf` has more members than the writer's, so that a reader refuses what is valid \
                  for the writer. Leave it as it was.",
    specification: "JSON Schema draft-07 Validation, `allOf`",
    breach: Case {
        about: "a further demand",
        writer: r#"{"allOf":[{"type":"string"},{"maxLength":5}]}"#,
        reader: r#"{"allOf":[{"type":"string"},{"maxLength":5},{"pattern":"^a"}]}"#,
    },
    near_misses: &[Case {
        about: "a demand less",
        writer: r#"{"allOf":[{"type":"string"},{"maxLength":5},{"pattern":"^a"}]}"#,
        reader: r#"{"allOf":[{"maxLength":5},{"type":"string"}]}"#,
    }],
};
