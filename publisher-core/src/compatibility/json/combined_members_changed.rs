//! `json-combined-members-changed`: members of a combined schema have no counterpart.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-combined-members-changed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "members of a combined schema have no counterpart",
    explanation: "Each member of the smaller of the two lists must have a compatible member of its own in the \
                  other. Change one member at a time, in the direction that its own rules allow.",
    specification: "Confluent Schema Registry, JSON Schema compatibility, combined schemas",
    breach: Case {
        about: "an alternative becomes another",
        writer: r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
        reader: r#"{"oneOf":[{"type":"string"},{"type":"boolean"}]}"#,
    },
    near_misses: &[Case {
        about: "an alternative takes more",
        writer: r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
        reader: r#"{"oneOf":[{"type":"number"},{"type":"string"}]}"#,
    }],
};
