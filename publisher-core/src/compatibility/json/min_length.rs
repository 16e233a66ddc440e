//! `json-min-length`: the reader wants longer texts.

use super::keyword::{Keyword, lower};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-min-length",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader wants longer texts",
    explanation: "`minLength` was added or made larger, so that a reader refuses what was valid when it was \
                  written. Loosen the bound or leave it as it was; check the tighter one in the translation, before \
                  anything is published.",
    specification: "JSON Schema draft-07 Validation, `minLength`",
    breach: Case {
        about: "the bound is tightened",
        writer: r#"{"type":"string","minLength":5}"#,
        reader: r#"{"type":"string","minLength":9}"#,
    },
    near_misses: &[
        Case {
            about: "the bound is loosened",
            writer: r#"{"type":"string","minLength":9}"#,
            reader: r#"{"type":"string","minLength":5}"#,
        },
        Case {
            about: "the bound is removed",
            writer: r#"{"type":"string","minLength":9}"#,
            reader: r#"{"type":"string"}"#,
        },
    ],
};

/// How `minLength` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "minLength",
    rule: &RULE,
    check: lower,
};
