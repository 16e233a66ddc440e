//! `allOf`: there are more demands than before.

use crate::compatibility::dialect::Dialect;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;

pub(in super::super) static MEMBERS_ADDED: Rule = Rule {
    id: "json-demand-added",
    schema_type: Some(SchemaType::Json),
    dialects: &[Dialect::Apicurio],
    title: "there are more demands than before",
    explanation: "Older events need not meet the new one. The registry counts keywords of another kind beside a type \
                  as a demand too.",
    specification: "Apicurio Registry 3, COMBINED_TYPE_ALL_OF_SIZE_INCREASED; JSON Schema draft-07 Validation, section 6.7.1",
    breach: Case {
        about: "one demand more",
        writer: r#"{"allOf":[{"minLength":3}]}"#,
        reader: r#"{"allOf":[{"minLength":3},{"minimum":3}]}"#,
    },
    near_misses: &[
        Case {
            about: "one fewer",
            writer: r#"{"allOf":[{"minLength":3},{"minimum":3}]}"#,
            reader: r#"{"allOf":[{"minLength":3}]}"#,
        },
        Case {
            about: "in another order",
            writer: r#"{"allOf":[{"minLength":3},{"minimum":3}]}"#,
            reader: r#"{"allOf":[{"minimum":3},{"minLength":3}]}"#,
        },
    ],
};
