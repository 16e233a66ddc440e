//! `properties`: a property is added where anything could be written.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static PROPERTY_ADDED: Rule = Rule {
    id: "json-apicurio-property-added-to-open",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a property is added where anything could be written",
    explanation: "In an open object older events may hold anything under the new name, and the registry counts that, \
                  even where the property is optional. Close the object with `additionalProperties: false` from the \
                  start, or give `additionalProperties` a schema that takes the new property.",
    specification: "Apicurio Registry 3, OBJECT_TYPE_PROPERTY_SCHEMAS_NARROWED",
    breach: Case {
        about: "an open object",
        writer: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#,
    },
    near_misses: &[
        Case {
            about: "the object was closed",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false}"#,
        },
        Case {
            about: "the others had this schema already",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
        },
    ],
};
