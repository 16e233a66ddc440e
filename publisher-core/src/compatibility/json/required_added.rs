//! `json-required-added`: the reader requires a property that the writer may leave out.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-required-added",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader requires a property that the writer may leave out",
    explanation: "A property that was optional is required now and has no default. Leave it optional, or give it a \
                  default.",
    specification: "JSON Schema draft-07 Validation, `required`; that a default makes up for it is the rule of \
                    Confluent Schema Registry",
    breach: Case {
        about: "an optional property becomes required",
        writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
        reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false,"required":["a"]}"#,
    },
    near_misses: &[
        Case {
            about: "it has a default",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string","default":""}},"additionalProperties":false,"required":["a"]}"#,
        },
        Case {
            about: "a required property becomes optional",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false,"required":["a"]}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
        },
        Case {
            about: "a name that is not declared is required, which this registry does not look at",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false,"required":["b"]}"#,
        },
    ],
};
