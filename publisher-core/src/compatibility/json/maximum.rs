//! `json-maximum`: the reader allows smaller numbers only.

use super::keyword::{Keyword, upper};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-maximum",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader allows smaller numbers only",
    explanation: "`maximum` was added or made smaller, so that a reader refuses what was valid when it was written. \
                  Loosen the bound or leave it as it was; check the tighter one in the translation, before anything \
                  is published.",
    specification: "JSON Schema draft-07 Validation, `maximum`",
    breach: Case {
        about: "the bound is tightened",
        writer: r#"{"type":"number","maximum":9}"#,
        reader: r#"{"type":"number","maximum":5}"#,
    },
    near_misses: &[
        Case {
            about: "the bound is loosened",
            writer: r#"{"type":"number","maximum":5}"#,
            reader: r#"{"type":"number","maximum":9}"#,
        },
        Case {
            about: "the bound is removed",
            writer: r#"{"type":"number","maximum":5}"#,
            reader: r#"{"type":"number"}"#,
        },
    ],
};

/// How `maximum` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "maximum",
    rule: &RULE,
    check: upper,
};
