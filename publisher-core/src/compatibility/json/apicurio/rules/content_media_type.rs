//! `contentMediaType`: a string has another `contentMediaType` than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static CONTENT_MEDIA_TYPE: Rule = Rule {
    id: "json-content-media-type",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "a string has another `contentMediaType` than before",
    explanation: "Readers unpack the string in another way than it was written. Give the new content a property of \
                  its own.",
    specification: "Apicurio Registry 3; JSON Schema draft-07 Validation, section 8",
    breach: Case {
        about: "it comes",
        writer: r#"{"type":"string"}"#,
        reader: r#"{"type":"string","contentMediaType":"application/json"}"#,
    },
    near_misses: &[
        Case {
            about: "it goes",
            writer: r#"{"type":"string","contentMediaType":"application/json"}"#,
            reader: r#"{"type":"string"}"#,
        },
        Case {
            about: "it comes beside an enumeration, where the registry does not see it",
            writer: r#"{"type":"string","enum":["a"]}"#,
            reader: r#"{"type":"string","enum":["a"],"contentMediaType":"application/json"}"#,
        },
    ],
};
