//! `json-property-removed-not-covered`: the reader allows a removed property with another schema only.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-property-removed-not-covered",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader allows a removed property with another schema only",
    explanation: "The reader's schema says what further properties look like, and the property that it lacks is not \
                  like that. Keep it, or let further properties take it.",
    specification: "Confluent Schema Registry, JSON Schema compatibility, partially open content model",
    breach: Case {
        about: "a text is removed where further properties are numbers",
        writer: r#"{"type":"object","properties":{"b":{"type":"string"}},"additionalProperties":{"type":"integer"}}"#,
        reader: r#"{"type":"object","properties":{},"additionalProperties":{"type":"integer"}}"#,
    },
    near_misses: &[Case {
        about: "further properties take it",
        writer: r#"{"type":"object","properties":{"b":{"type":"integer"}},"additionalProperties":{"type":"number"}}"#,
        reader: r#"{"type":"object","properties":{},"additionalProperties":{"type":"number"}}"#,
    }],
};
