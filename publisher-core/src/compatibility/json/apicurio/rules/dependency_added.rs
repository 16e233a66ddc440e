//! `dependencies`: a property needs what it did not need.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static DEPENDENCY_ADDED: Rule = Rule {
    id: "json-dependency-added",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a property needs what it did not need",
    explanation: "Older events may have the property alone. Leave the dependency out.",
    specification: "Apicurio Registry 3; JSON Schema draft-07 Validation, section 6.5.7",
    breach: Case {
        about: "it needs one more",
        writer: r#"{"type":"object","dependencies":{"a":["b"]}}"#,
        reader: r#"{"type":"object","dependencies":{"a":["b","c"]}}"#,
    },
    near_misses: &[
        Case {
            about: "it needs less",
            writer: r#"{"type":"object","dependencies":{"a":["b","c"]}}"#,
            reader: r#"{"type":"object","dependencies":{"a":["b"]}}"#,
        },
        Case {
            about: "a list of nothing",
            writer: r#"{"type":"object"}"#,
            reader: r#"{"type":"object","dependencies":{"a":[]}}"#,
        },
    ],
};
