//! `json-additional-properties-narrowed`: the reader wants further properties of one schema.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-additional-properties-narrowed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent],
    title: "the reader wants further properties of one schema",
    explanation: "The writer's schema allows any further property, the reader's only those of a schema. Keep \
                  `additionalProperties` as it was, or ask the registry for the policy LENIENT.",
    specification: "JSON Schema draft-07 Validation, `additionalProperties`; Confluent Schema Registry, JSON Schema \
                    compatibility",
    breach: Case {
        about: "further properties must be texts",
        writer: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
    },
    near_misses: &[
        Case {
            about: "further properties may be anything again",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        },
        Case {
            about: "further properties get more types",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":["string","null"]}}"#,
        },
    ],
};
