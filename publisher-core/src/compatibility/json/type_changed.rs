//! `json-type-changed`: the reader wants a value of another type.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-type-changed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader wants a value of another type",
    explanation: "A value of the written type is refused by the reader. An integer may become a number, and a type \
                  may become a list of types that holds it; every other change needs a property with a new name.",
    specification: "JSON Schema draft-07 Validation, `type`",
    breach: Case {
        about: "a number becomes text",
        writer: r#"{"type":"integer"}"#,
        reader: r#"{"type":"string"}"#,
    },
    near_misses: &[
        Case {
            about: "a second type is allowed",
            writer: r#"{"type":"integer"}"#,
            reader: r#"{"type":["integer","null"]}"#,
        },
        Case {
            about: "every type is allowed",
            writer: r#"{"type":"integer"}"#,
            reader: r#"{"title":"anything"}"#,
        },
        Case {
            about: "nothing was valid before",
            writer: r#"{"type":"object","properties":{"a":false}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        },
    ],
};
