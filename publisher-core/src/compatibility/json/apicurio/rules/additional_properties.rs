//! `additionalProperties`: fewer other properties are taken than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static ADDITIONAL_PROPERTIES: Rule = Rule {
    id: "json-apicurio-additional-properties",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "fewer other properties are taken than before",
    explanation: "Older events may hold properties that are refused now. Keep `additionalProperties` as open as it \
                  was.",
    specification: "Apicurio Registry 3, OBJECT_TYPE_ADDITIONAL_PROPERTIES_TRUE_TO_FALSE and _NARROWED; JSON Schema draft-07 Validation, section 6.5.6",
    breach: Case {
        about: "an open object closes",
        writer: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
    },
    near_misses: &[
        Case {
            about: "a closed object opens",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        },
        Case {
            about: "a schema widens",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string","minLength":3}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
        },
    ],
};
