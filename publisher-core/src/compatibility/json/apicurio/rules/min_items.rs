//! `minItems`: an array has to have more items than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static MIN_ITEMS: Rule = Rule {
    id: "json-min-items",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "an array has to have more items than before",
    explanation: "A reader refuses what was valid beyond the new limit. Keep `minItems` as wide as it was; a tighter \
                  limit belongs to the writer's own checks.",
    specification: "Apicurio Registry 3; JSON Schema draft-07 Validation, section 6.4.2",
    breach: Case {
        about: "the limit narrows",
        writer: r#"{"type":"array","minItems":1}"#,
        reader: r#"{"type":"array","minItems":2}"#,
    },
    near_misses: &[
        Case {
            about: "the limit widens",
            writer: r#"{"type":"array","minItems":2}"#,
            reader: r#"{"type":"array","minItems":1}"#,
        },
        Case {
            about: "the limit goes",
            writer: r#"{"type":"array","minItems":2}"#,
            reader: r#"{"type":"array"}"#,
        },
    ],
};
