//! `json-min-properties`: the reader wants more properties.

use super::keyword::{Keyword, lower};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-min-properties",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader wants more properties",
    explanation: "`minProperties` was added or made larger, so that a reader refuses what was valid when it was \
                  written. Loosen the bound or leave it as it was; check the tighter one in the translation, before \
                  anything is published.",
    specification: "JSON Schema draft-07 Validation, `minProperties`",
    breach: Case {
        about: "the bound is tightened",
        writer: r#"{"type":"object","minProperties":5}"#,
        reader: r#"{"type":"object","minProperties":9}"#,
    },
    near_misses: &[
        Case {
            about: "the bound is loosened",
            writer: r#"{"type":"object","minProperties":9}"#,
            reader: r#"{"type":"object","minProperties":5}"#,
        },
        Case {
            about: "the bound is removed",
            writer: r#"{"type":"object","minProperties":9}"#,
            reader: r#"{"type":"object"}"#,
        },
    ],
};

/// How `minProperties` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "minProperties",
    rule: &RULE,
    check: lower,
};
