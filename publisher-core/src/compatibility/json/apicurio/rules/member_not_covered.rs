//! `oneOf`: a member of a combination has no counterpart that takes it.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static MEMBER_NOT_COVERED: Rule = Rule {
    id: "json-member-not-covered",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a member of a combination has no counterpart that takes it",
    explanation: "The registry pairs the members of both sides; each takes a counterpart for itself, and one that \
                  fits several may take them all. Keep each member recognisable by its type.",
    specification: "Apicurio Registry 3, COMBINED_TYPE_SUBSCHEMA_NOT_COMPATIBLE; JSON Schema draft-07 Validation, section 6.7",
    breach: Case {
        about: "a member narrows",
        writer: r#"{"oneOf":[{"type":"string"},{"maximum":10}]}"#,
        reader: r#"{"oneOf":[{"type":"string"},{"maximum":5}]}"#,
    },
    near_misses: &[
        Case {
            about: "each member has one that takes it",
            writer: r#"{"oneOf":[{"type":"string"},{"maximum":5}]}"#,
            reader: r#"{"oneOf":[{"maximum":10},{"type":"string"}]}"#,
        },
        Case {
            about: "one more member",
            writer: r#"{"oneOf":[{"type":"string"}]}"#,
            reader: r#"{"oneOf":[{"type":"boolean"},{"type":"string"}]}"#,
        },
    ],
};
