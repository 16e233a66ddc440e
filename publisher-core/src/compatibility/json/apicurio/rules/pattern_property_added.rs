//! `patternProperties`: names that match a pattern have a schema that they had not.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static PATTERN_PROPERTY_ADDED: Rule = Rule {
    id: "json-pattern-property-added",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "names that match a pattern have a schema that they had not",
    explanation: "Older events may hold anything under such names. A pattern that was there already is compared by \
                  its schema.",
    specification: "Apicurio Registry 3, OBJECT_TYPE_PATTERN_PROPERTY_KEYS_MEMBER_ADDED; JSON Schema draft-07 Validation, section 6.5.5",
    breach: Case {
        about: "a pattern comes",
        writer: r#"{"type":"object"}"#,
        reader: r#"{"type":"object","patternProperties":{"^s_":{"type":"string"}}}"#,
    },
    near_misses: &[
        Case {
            about: "a pattern goes",
            writer: r#"{"type":"object","patternProperties":{"^s_":{"type":"string"}}}"#,
            reader: r#"{"type":"object"}"#,
        },
        Case {
            about: "its schema widens",
            writer: r#"{"type":"object","patternProperties":{"^s_":{"type":"integer"}}}"#,
            reader: r#"{"type":"object","patternProperties":{"^s_":{"type":"number"}}}"#,
        },
    ],
};
