//! `json-additional-properties-removed`: the reader refuses properties that it does not declare.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-additional-properties-removed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent],
    title: "the reader refuses properties that it does not declare",
    explanation: "The writer's schema allows further properties and the reader's does not. Events may have some. \
                  Keep the model as it was, or ask the registry for the policy LENIENT; a new subject can be closed \
                  from the start.",
    specification: "JSON Schema draft-07 Validation, `additionalProperties`",
    breach: Case {
        about: "an open object is closed",
        writer: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
    },
    near_misses: &[
        Case {
            about: "a closed object is opened",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        },
        Case {
            about: "what is the default is said",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":true}"#,
        },
    ],
};
