//! `$schema`: the registry cannot compare schemas of this draft.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static DRAFT_UNKNOWN: Rule = Rule {
    id: "json-draft-unknown",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "the registry cannot compare schemas of this draft",
    explanation: "Apicurio Registry compares drafts 4, 6 and 7 and answers with a failure for every later one, so \
                  that no second version can be registered under any level but NONE. State draft-07 in `$schema`.",
    specification: "Apicurio Registry 3.0.9, which answers 500 `could not determine version`",
    breach: Case {
        about: "draft-07 becomes 2020-12",
        writer: r#"{"$schema":"http://json-schema.org/draft-07/schema#","type":"string"}"#,
        reader: r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"string"}"#,
    },
    near_misses: &[Case {
        about: "draft 6 becomes draft 7",
        writer: r#"{"$schema":"http://json-schema.org/draft-06/schema#","type":"string"}"#,
        reader: r#"{"$schema":"http://json-schema.org/draft-07/schema#","type":"string"}"#,
    }],
};
