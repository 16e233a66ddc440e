//! `json-property-added-to-open-model`: the reader has a property that the writer leaves open.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-property-added-to-open-model",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent],
    title: "the reader has a property that the writer leaves open",
    explanation: "The writer's schema is open: it allows any property of any type. So something may be written under \
                  the name that the reader refuses. An open model cannot be closed later either: close it from the \
                  start (`additionalProperties: false`, the default of the derives), which for a subject that is \
                  open means a new subject; or ask the registry for the policy LENIENT, or use Avro.",
    specification: "Confluent Schema Registry, JSON Schema compatibility, open content model",
    breach: Case {
        about: "an optional property is added to an open object",
        writer: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#,
    },
    near_misses: &[
        Case {
            about: "the object was closed",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false}"#,
        },
        Case {
            about: "the new property takes anything",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":true}}"#,
        },
        Case {
            about: "what was allowed as further property covers it",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
        },
    ],
};
