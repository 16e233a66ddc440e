//! `properties`: a property is removed and nothing takes its place.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static PROPERTY_REMOVED: Rule = Rule {
    id: "json-apicurio-property-removed-from-closed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a property is removed and nothing takes its place",
    explanation: "A reader with a closed object refuses events that still have the property. Keep it, optional.",
    specification: "Apicurio Registry 3, OBJECT_TYPE_PROPERTY_SCHEMAS_NARROWED and _CHANGED",
    breach: Case {
        about: "a closed object",
        writer: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":false}"#,
        reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
    },
    near_misses: &[
        Case {
            about: "the object is open",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        },
        Case {
            about: "the schema of the others takes it",
            writer: r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
            reader: r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
        },
    ],
};
