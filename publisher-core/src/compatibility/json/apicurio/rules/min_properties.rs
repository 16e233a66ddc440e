//! `minProperties`: an object has to have more properties than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static MIN_PROPERTIES: Rule = Rule {
    id: "json-min-properties",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "an object has to have more properties than before",
    explanation: "A reader refuses what was valid beyond the new limit. Keep `minProperties` as wide as it was; a \
                  tighter limit belongs to the writer's own checks.",
    specification: "Apicurio Registry 3; JSON Schema draft-07 Validation, section 6.5.2",
    breach: Case {
        about: "the limit narrows",
        writer: r#"{"type":"object","minProperties":1}"#,
        reader: r#"{"type":"object","minProperties":2}"#,
    },
    near_misses: &[
        Case {
            about: "the limit widens",
            writer: r#"{"type":"object","minProperties":2}"#,
            reader: r#"{"type":"object","minProperties":1}"#,
        },
        Case {
            about: "the limit goes",
            writer: r#"{"type":"object","minProperties":2}"#,
            reader: r#"{"type":"object"}"#,
        },
    ],
};
