//! `propertyNames`: names of properties are checked that were not.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static PROPERTY_NAMES_ADDED: Rule = Rule {
    id: "json-property-names-added",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "names of properties are checked that were not",
    explanation: "Older events may have any name. A schema for names that was there already is compared itself.",
    specification: "Apicurio Registry 3, OBJECT_TYPE_PROPERTY_SCHEMA_ADDED; JSON Schema draft-07 Validation, section 6.5.8",
    breach: Case {
        about: "`propertyNames` comes",
        writer: r#"{"type":"object"}"#,
        reader: r#"{"type":"object","propertyNames":{"maxLength":3}}"#,
    },
    near_misses: &[
        Case {
            about: "the check goes",
            writer: r#"{"type":"object","propertyNames":{"maxLength":3}}"#,
            reader: r#"{"type":"object"}"#,
        },
        Case {
            about: "the check widens",
            writer: r#"{"type":"object","propertyNames":{"maxLength":3}}"#,
            reader: r#"{"type":"object","propertyNames":{"maxLength":4}}"#,
        },
    ],
};
