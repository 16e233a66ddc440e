//! `json-min-items`: the reader wants more items.

use super::keyword::{Keyword, lower};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-min-items",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader wants more items",
    explanation: "`minItems` was added or made larger, so that a reader refuses what was valid when it was written. \
                  Loosen the bound or leave it as it was; check the tighter one in the translation, before anything \
                  is published.",
    specification: "JSON Schema draft-07 Validation, `minItems`",
    breach: Case {
        about: "the bound is tightened",
        writer: r#"{"type":"array","minItems":5}"#,
        reader: r#"{"type":"array","minItems":9}"#,
    },
    near_misses: &[
        Case {
            about: "the bound is loosened",
            writer: r#"{"type":"array","minItems":9}"#,
            reader: r#"{"type":"array","minItems":5}"#,
        },
        Case {
            about: "the bound is removed",
            writer: r#"{"type":"array","minItems":9}"#,
            reader: r#"{"type":"array"}"#,
        },
    ],
};

/// How `minItems` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "minItems",
    rule: &RULE,
    check: lower,
};
