//! `json-unique-items`: the reader wants items that differ.

use serde_json::Value;

use super::keyword::Keyword;
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-unique-items",
    schema_type: Some(SchemaType::Json),
    dialects: &Dialect::ALL,
    title: "the reader wants items that differ",
    explanation: "`uniqueItems` was added, so that a reader refuses a list with two equal items, which was valid \
                  when it was written. Leave it out.",
    specification: "JSON Schema draft-07 Validation, `uniqueItems`",
    breach: Case {
        about: "items must differ now",
        writer: r#"{"type":"array"}"#,
        reader: r#"{"type":"array","uniqueItems":true}"#,
    },
    near_misses: &[
        Case {
            about: "items need not differ any longer",
            writer: r#"{"type":"array","uniqueItems":true}"#,
            reader: r#"{"type":"array"}"#,
        },
        Case {
            about: "what is the default is said",
            writer: r#"{"type":"array"}"#,
            reader: r#"{"type":"array","uniqueItems":false}"#,
        },
    ],
};

/// How `uniqueItems` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "uniqueItems",
    rule: &RULE,
    check: |writer, reader| {
        let is_set = |value: Option<&Value>| value.and_then(Value::as_bool) == Some(true);
        (is_set(reader) && !is_set(writer)).then(|| "writer may repeat items, reader wants them to differ".to_owned())
    },
};
