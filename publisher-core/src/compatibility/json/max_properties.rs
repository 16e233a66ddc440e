//! `json-max-properties`: the reader allows fewer properties.

use super::keyword::{Keyword, upper};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-max-properties",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader allows fewer properties",
    explanation: "`maxProperties` was added or made smaller, so that a reader refuses what was valid when it was \
                  written. Loosen the bound or leave it as it was; check the tighter one in the translation, before \
                  anything is published.",
    specification: "JSON Schema draft-07 Validation, `maxProperties`",
    breach: Case {
        about: "the bound is tightened",
        writer: r#"{"type":"object","maxProperties":9}"#,
        reader: r#"{"type":"object","maxProperties":5}"#,
    },
    near_misses: &[
        Case {
            about: "the bound is loosened",
            writer: r#"{"type":"object","maxProperties":5}"#,
            reader: r#"{"type":"object","maxProperties":9}"#,
        },
        Case {
            about: "the bound is removed",
            writer: r#"{"type":"object","maxProperties":5}"#,
            reader: r#"{"type":"object"}"#,
        },
    ],
};

/// How `maxProperties` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "maxProperties",
    rule: &RULE,
    check: upper,
};
