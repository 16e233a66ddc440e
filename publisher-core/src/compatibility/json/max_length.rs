//! `json-max-length`: the reader allows shorter texts only.

use super::keyword::{Keyword, upper};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-max-length",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader allows shorter texts only",
    explanation: "`maxLength` was added or made smaller, so that a reader refuses what was valid when it was \
                  written. Loosen the bound or leave it as it was; check the tighter one in the translation, before \
                  anything is published.",
    specification: "JSON Schema draft-07 Validation, `maxLength`",
    breach: Case {
        about: "the bound is tightened",
        writer: r#"{"type":"string","maxLength":9}"#,
        reader: r#"{"type":"string","maxLength":5}"#,
    },
    near_misses: &[
        Case {
            about: "the bound is loosened",
            writer: r#"{"type":"string","maxLength":5}"#,
            reader: r#"{"type":"string","maxLength":9}"#,
        },
        Case {
            about: "the bound is removed",
            writer: r#"{"type":"string","maxLength":5}"#,
            reader: r#"{"type":"string"}"#,
        },
    ],
};

/// How `maxLength` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "maxLength",
    rule: &RULE,
    check: upper,
};
