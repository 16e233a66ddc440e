//! `json-enum-narrowed`: the reader lacks values that the writer may write.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-enum-narrowed",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader lacks values that the writer may write",
    explanation: "`enum` lost values, or `const` changed. Keep the values; readers may treat one as obsolete.",
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
