//! `anyOf`: members are combined in another way than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static CRITERION_CHANGED: Rule = Rule {
    id: "json-combination-changed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "members are combined in another way than before",
    explanation: "Only into `anyOf` may a combination change; the registry then looks no further, not even at the \
                  members.",
    specification: "Apicurio Registry 3, COMBINED_TYPE_CRITERION_NARROWED and _CHANGED; JSON Schema draft-07 Validation, section 6.7",
    breach: Case {
        about: "`anyOf` becomes `oneOf`",
        writer: r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
        reader: r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
    },
    near_misses: &[
        Case {
            about: "`oneOf` becomes `anyOf`",
            writer: r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
            reader: r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
        },
        Case {
            about: "`allOf` becomes `anyOf`",
            writer: r#"{"allOf":[{"type":"string"},{"type":"integer"}]}"#,
            reader: r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
        },
    ],
};
