//! `minimum`: a number has to be larger than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static MINIMUM: Rule = Rule {
    id: "json-minimum",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a number has to be larger than before",
    explanation: "A reader refuses what was valid beyond the new limit. Keep `minimum` as wide as it was; a tighter \
                  limit belongs to the writer's own checks.",
    specification: "Apicurio Registry 3; JSON Schema draft-07 Validation, section 6.2.4",
    breach: Case {
        about: "the limit narrows",
        writer: r#"{"type":"number","minimum":5}"#,
        reader: r#"{"type":"number","minimum":10}"#,
    },
    near_misses: &[
        Case {
            about: "the limit widens",
            writer: r#"{"type":"number","minimum":10}"#,
            reader: r#"{"type":"number","minimum":5}"#,
        },
        Case {
            about: "the limit goes",
            writer: r#"{"type":"number","minimum":10}"#,
            reader: r#"{"type":"number"}"#,
        },
        Case {
            about: "an excluded limit becomes an included one",
            writer: r#"{"type":"number","exclusiveMinimum":5}"#,
            reader: r#"{"type":"number","minimum":5}"#,
        },
    ],
};
