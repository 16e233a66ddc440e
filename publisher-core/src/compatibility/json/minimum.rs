//! `json-minimum`: the reader wants larger numbers.

use super::keyword::{Keyword, lower};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-minimum",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader wants larger numbers",
    explanation: "`minimum` was added or made larger, so that a reader refuses what was valid when it was written. \
                  Loosen the bound or leave it as it was; check the tighter one in the translation, before anything \
                  is published.",
    specification: "JSON Schema draft-07 Validation, `minimum`",
    breach: Case {
        about: "the bound is tightened",
        writer: r#"{"type":"number","minimum":5}"#,
        reader: r#"{"type":"number","minimum":9}"#,
    },
    near_misses: &[
        Case {
            about: "the bound is loosened",
            writer: r#"{"type":"number","minimum":9}"#,
            reader: r#"{"type":"number","minimum":5}"#,
        },
        Case {
            about: "the bound is removed",
            writer: r#"{"type":"number","minimum":9}"#,
            reader: r#"{"type":"number"}"#,
        },
    ],
};

/// How `minimum` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "minimum",
    rule: &RULE,
    check: lower,
};
