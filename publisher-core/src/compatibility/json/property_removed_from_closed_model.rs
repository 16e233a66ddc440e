//! `json-property-removed-from-closed-model`: the reader refuses a property that the writer may write.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-property-removed-from-closed-model",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent],
    title: "the reader refuses a property that the writer may write",
    explanation: "The reader's schema is closed and lacks a property that the writer's declares. Keep the property, \
                  open the reader's model before, or ask the registry for the policy LENIENT.",
    specification: "Confluent Schema Registry, JSON Schema compatibility, closed content model",
    breach: Case {
        about: "a property is removed from a closed object",
        writer: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false}"#,
        reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
    },
    near_misses: &[
        Case {
            about: "the object is open now",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        },
        Case {
            about: "nothing was allowed there",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"},"b":false},"additionalProperties":false}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
        },
    ],
};
