//! `json-dependency-added`: the reader wants properties beside another one.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-dependency-added",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader wants properties beside another one",
    explanation: "`dependencies`, `dependentRequired` or `dependentSchemas` say more than before, so that a reader \
                  refuses what was valid. Leave them as they were.",
    specification: "JSON Schema draft-07 Validation, `dependencies`; 2020-12 Validation, `dependentRequired`",
    breach: Case {
        about: "one property asks for another",
        writer: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false}"#,
        reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false,"dependencies":{"a":["b"]}}"#,
    },
    near_misses: &[
        Case {
            about: "it asks for fewer",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"},"c":{"type":"string"}},"additionalProperties":false,"dependencies":{"a":["b","c"]}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"},"c":{"type":"string"}},"additionalProperties":false,"dependencies":{"a":["b"]}}"#,
        },
        Case {
            about: "it asks for nothing any longer",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false,"dependencies":{"a":["b"]}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false}"#,
        },
    ],
};
