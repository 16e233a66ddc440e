//! `json-required-property-added`: the reader requires a property that the writer does not know.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-required-property-added",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader requires a property that the writer does not know",
    explanation: "A new property is required and has no default, so that nothing written before is valid. Make it \
                  optional or give it a default.",
    specification: "JSON Schema draft-07 Validation, `required`; Confluent Schema Registry, JSON Schema \
                    compatibility",
    breach: Case {
        about: "a required property is added to a closed object",
        writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
        reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false,"required":["b"]}"#,
    },
    near_misses: &[
        Case {
            about: "it has a default",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string","default":""}},"additionalProperties":false,"required":["b"]}"#,
        },
        Case {
            about: "it is optional",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false}"#,
        },
    ],
};
