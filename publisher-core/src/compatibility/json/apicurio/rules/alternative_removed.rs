//! `oneOf`: there are fewer alternatives than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static MEMBERS_REMOVED: Rule = Rule {
    id: "json-alternative-removed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "there are fewer alternatives than before",
    explanation: "Older events may be of the alternative that is gone. Keep it.",
    specification: "Apicurio Registry 3, COMBINED_TYPE_ONE_OF_SIZE_DECREASED and _ANY_OF_; JSON Schema draft-07 Validation, section 6.7",
    breach: Case {
        about: "one alternative fewer",
        writer: r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
        reader: r#"{"oneOf":[{"type":"string"}]}"#,
    },
    near_misses: &[
        Case {
            about: "one more",
            writer: r#"{"oneOf":[{"type":"string"}]}"#,
            reader: r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
        },
        Case {
            about: "`allOf` asks for less",
            writer: r#"{"allOf":[{"minLength":3},{"maxLength":9}]}"#,
            reader: r#"{"allOf":[{"minLength":3}]}"#,
        },
    ],
};
