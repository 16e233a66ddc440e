//! `required`: a property is required that was not.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static REQUIRED_ADDED: Rule = Rule {
    id: "json-apicurio-required-added",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a property is required that was not",
    explanation: "Older events may lack it, whether or not it has a default or is declared. Leave it optional.",
    specification: "Apicurio Registry 3, OBJECT_TYPE_REQUIRED_PROPERTIES_MEMBER_ADDED; JSON Schema draft-07 Validation, section 6.5.3",
    breach: Case {
        about: "one more name",
        writer: r#"{"type":"object","required":["a"]}"#,
        reader: r#"{"type":"object","required":["a","b"]}"#,
    },
    near_misses: &[
        Case {
            about: "fewer are required",
            writer: r#"{"type":"object","required":["a","b"]}"#,
            reader: r#"{"type":"object","required":["a"]}"#,
        },
        Case {
            about: "in another order",
            writer: r#"{"type":"object","required":["a","b"]}"#,
            reader: r#"{"type":"object","required":["b","a"]}"#,
        },
    ],
};
