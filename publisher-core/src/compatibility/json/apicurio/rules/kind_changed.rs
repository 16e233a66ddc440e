//! `type`: the schema is of another kind than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static TYPE_CHANGED: Rule = Rule {
    id: "json-apicurio-kind-changed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "the schema is of another kind than before",
    explanation: "A reader of the one kind refuses what a writer of the other has. The registry also counts as a \
                  change of kind what a validator would take: a schema for anything becoming a string, keywords of \
                  one kind becoming several. Give the new form a property of its own.",
    specification: "Apicurio Registry 3, SUBSCHEMA_TYPE_CHANGED; JSON Schema draft-07 Validation, section 6.1.1",
    breach: Case {
        about: "a string becomes an integer",
        writer: r#"{"type":"string"}"#,
        reader: r#"{"type":"integer"}"#,
    },
    near_misses: &[
        Case {
            about: "anything takes what a string was",
            writer: r#"{"type":"string"}"#,
            reader: r#"{}"#,
        },
        Case {
            about: "a string takes the place of nothing",
            writer: r#"{"type":"object","properties":{"a":false}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        },
    ],
};
