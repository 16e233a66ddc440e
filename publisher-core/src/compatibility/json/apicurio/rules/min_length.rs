//! `minLength`: a string has to be longer than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static MIN_LENGTH: Rule = Rule {
    id: "json-min-length",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a string has to be longer than before",
    explanation: "A reader refuses what was valid beyond the new limit. Keep `minLength` as wide as it was; a \
                  tighter limit belongs to the writer's own checks.",
    specification: "Apicurio Registry 3; JSON Schema draft-07 Validation, section 6.3.2",
    breach: Case {
        about: "the limit narrows",
        writer: r#"{"type":"string","minLength":5}"#,
        reader: r#"{"type":"string","minLength":10}"#,
    },
    near_misses: &[
        Case {
            about: "the limit widens",
            writer: r#"{"type":"string","minLength":10}"#,
            reader: r#"{"type":"string","minLength":5}"#,
        },
        Case {
            about: "the limit goes",
            writer: r#"{"type":"string","minLength":10}"#,
            reader: r#"{"type":"string"}"#,
        },
    ],
};
