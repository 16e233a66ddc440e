//! `json-max-contains`: the reader allows fewer items of a kind.

use super::keyword::{Keyword, upper};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "json-max-contains",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Confluent, Dialect::ConfluentLenient],
    title: "the reader allows fewer items of a kind",
    explanation: "`maxContains` was added or made smaller, so that a reader refuses what was valid when it was \
                  written. Loosen the bound or leave it as it was; check the tighter one in the translation, before \
                  anything is published.",
    specification: "JSON Schema 2019-09 Validation, `maxContains`",
    breach: Case {
        about: "the bound is tightened",
        writer: r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","contains":{"type":"string"},"maxContains":9}"#,
        reader: r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","contains":{"type":"string"},"maxContains":5}"#,
    },
    near_misses: &[
        Case {
            about: "the bound is loosened",
            writer: r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","contains":{"type":"string"},"maxContains":5}"#,
            reader: r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","contains":{"type":"string"},"maxContains":9}"#,
        },
        Case {
            about: "the bound is removed",
            writer: r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","contains":{"type":"string"},"maxContains":5}"#,
            reader: r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","contains":{"type":"string"}}"#,
        },
    ],
};

/// How `maxContains` is judged.
pub(super) static KEYWORD: Keyword = Keyword {
    name: "maxContains",
    rule: &RULE,
    check: upper,
};
