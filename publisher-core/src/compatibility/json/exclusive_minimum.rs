//! `json-exclusive-minimum`: the reader wants larger numbers, its bound excluded.

use super::keyword::{Keyword, lower};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-exclusive-minimum",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader wants larger numbers, its bound excluded",
    explanation: "`exclusiveMinimum` was added or made larger, so that a reader refuses what was valid when it was \
                  written. Loosen the bound or leave it as it was; check the tighter one in the translation, before \
                  anything is published.",
    specification: "JSON Schema draft-07 Validation, `exclusiveMinimum`",
    breach: Case {
        about: "the bound is tightened",
        writer: r#"{"type":"number","exclusiveMinimum":5}"#,
        reader: r#"{"type":"number","exclusiveMinimum":9}"#,
    },
    near_misses: &[
        Case {
            about: "the bound is loosened",
            writer: r#"{"type":"number","exclusiveMinimum":9}"#,
            reader: r#"{"type":"number","exclusiveMinimum":5}"#,
        },
        Case {
            about: "the bound is removed",
            writer: r#"{"type":"number","exclusiveMinimum":9}"#,
            reader: r#"{"type":"number"}"#,
        },
    ],
};

/// How `exclusiveMinimum` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "exclusiveMinimum",
    rule: &RULE,
    check: lower,
};
