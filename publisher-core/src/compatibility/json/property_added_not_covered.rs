//! `json-property-added-not-covered`: the reader has a property that the writer allowed with another schema.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-property-added-not-covered",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader has a property that the writer allowed with another schema",
    explanation: "The writer's schema says what further properties look like, and that is not what the reader wants \
                  of this one. Give the property a schema that takes what was allowed, or another name.",
    specification: "Confluent Schema Registry, JSON Schema compatibility, partially open content model",
    breach: Case {
        about: "further properties were numbers, the new one is text",
        writer: r#"{"type":"object","properties":{},"additionalProperties":{"type":"integer"}}"#,
        reader: r#"{"type":"object","properties":{"b":{"type":"string"}},"additionalProperties":{"type":"integer"}}"#,
    },
    near_misses: &[
        Case {
            about: "the new property takes what was allowed",
            writer: r#"{"type":"object","properties":{},"additionalProperties":{"type":"integer"}}"#,
            reader: r#"{"type":"object","properties":{"b":{"type":"number"}},"additionalProperties":{"type":"integer"}}"#,
        },
        Case {
            about: "a pattern covers its name",
            writer: r#"{"type":"object","properties":{},"patternProperties":{"^x":{"type":"string"}}}"#,
            reader: r#"{"type":"object","properties":{"xy":{"type":"string"}},"patternProperties":{"^x":{"type":"string"}}}"#,
        },
    ],
};
