//! `maxLength`: a string has to be shorter than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static MAX_LENGTH: Rule = Rule {
    id: "json-max-length",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a string has to be shorter than before",
    explanation: "A reader refuses what was valid beyond the new limit. Keep `maxLength` as wide as it was; a \
                  tighter limit belongs to the writer's own checks.",
    specification: "Apicurio Registry 3; JSON Schema draft-07 Validation, section 6.3.1",
    breach: Case {
        about: "the limit narrows",
        writer: r#"{"type":"string","maxLength":10}"#,
        reader: r#"{"type":"string","maxLength":5}"#,
    },
    near_misses: &[
        Case {
            about: "the limit widens",
            writer: r#"{"type":"string","maxLength":5}"#,
            reader: r#"{"type":"string","maxLength":10}"#,
        },
        Case {
            about: "the limit goes",
            writer: r#"{"type":"string","maxLength":5}"#,
            reader: r#"{"type":"string"}"#,
        },
    ],
};
