//! `json-pattern`: the reader wants texts of another pattern.

use super::keyword::{Keyword, text};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-pattern",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader wants texts of another pattern",
    explanation: "`pattern` was added or changed. The two are compared as texts, not by what they match, because \
                  whether one regular expression takes all that another takes cannot be decided in general. Leave \
                  the pattern as it was, or remove it.",
    specification: "JSON Schema draft-07 Validation, `pattern`; that patterns are compared as texts is the rule of \
                    Confluent Schema Registry",
    breach: Case {
        about: "the pattern is changed",
        writer: r#"{"type":"string","pattern":"^[A-Z]+$"}"#,
        reader: r#"{"type":"string","pattern":"^[A-Z0-9]+$"}"#,
    },
    near_misses: &[
        Case {
            about: "the pattern is removed",
            writer: r#"{"type":"string","pattern":"^[A-Z]+$"}"#,
            reader: r#"{"type":"string"}"#,
        },
        Case {
            about: "only the documentation changes",
            writer: r#"{"type":"string","pattern":"^a$","title":"x"}"#,
            reader: r#"{"type":"string","pattern":"^a$","title":"y"}"#,
        },
    ],
};

/// How `pattern` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "pattern",
    rule: &RULE,
    check: text,
};
