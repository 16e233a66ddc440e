//! `json-enum-narrowed`: the reader lacks values that the writer may write.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-enum-narrowed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader lacks values that the writer may write",
    explanation: "The writer's `enum` has values that the reader's lacks, or their `const` differs. Keep values that \
                  old events may have; add one only when every reader has it.",
    specification: "JSON Schema draft-07 Validation, `enum` and `const`",
    breach: Case {
        about: "a value is removed",
        writer: r#"{"enum":["PLACED","SHIPPED"]}"#,
        reader: r#"{"enum":["PLACED"]}"#,
    },
    near_misses: &[
        Case {
            about: "a value is added and the order changes",
            writer: r#"{"enum":["PLACED","SHIPPED"]}"#,
            reader: r#"{"enum":["LOST","SHIPPED","PLACED"]}"#,
        },
        Case {
            about: "the constant stays",
            writer: r#"{"const":1,"title":"x"}"#,
            reader: r#"{"const":1}"#,
        },
    ],
};
