//! `json-subschema-added`: the reader restricts what the writer leaves open.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-subschema-added",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader restricts what the writer leaves open",
    explanation: "A schema was added where there was none, so that a reader refuses what was valid. Leave it out, \
                  or let it take everything.",
    specification: "Confluent Schema Registry, JSON Schema compatibility",
    breach: Case {
        about: "items get a schema",
        writer: r#"{"type":"array"}"#,
        reader: r#"{"type":"array","items":{"type":"string"}}"#,
    },
    near_misses: &[
        Case {
            about: "the schema is removed",
            writer: r#"{"type":"array","items":{"type":"string"}}"#,
            reader: r#"{"type":"array"}"#,
        },
        Case {
            about: "the schema takes everything",
            writer: r#"{"type":"array","items":{"type":"string"}}"#,
            reader: r#"{"type":"array","items":{}}"#,
        },
    ],
};
