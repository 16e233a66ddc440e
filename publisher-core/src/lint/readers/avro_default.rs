//! Defaults that a reader's parser refuses.
//!
//! Knows no change of a default; that is with `meaning`.

use crate::lint::avro_parts::{AvroPart, Part};
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::avsc::{Field, Form};

const NULL_FIRST: LintCase = LintCase::one(
    "null first, and null the default",
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"channel","type":["null","string"],"default":null}]}"#,
);
const VALUE_FIRST: LintCase = LintCase::one(
    "the type of the default first",
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"channel","type":["string","null"],"default":"web"}]}"#,
);

/// A default that is of a branch behind the first.
pub(in crate::lint) static OF_LATER_BRANCH: Lint = Lint {
    id: "reader-avro-default-of-later-branch",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Node, Reader::Java],
    levels: &[],
    title: "the default of a union is not of its first branch",
    explanation: "Only since Avro 1.12 may it be of any branch. avsc refuses the whole schema (\"union defaults must match the \
                  first branch's type\"), and Java's parser before 1.12 does too, so these readers get no event at all. \
                  Put the branch of the default first.",
    source: "Apache Avro 1.11 specification, \"Unions\"; avsc 5",
    breaches: &[
        LintCase::one(
            "null first and a text as default",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"channel","type":["null","string"],"default":"web"}]}"#,
        ),
        LintCase::one(
            "null last and null as default",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"channel","type":["string","null"],"default":null}]}"#,
        ),
    ],
    near_misses: &[NULL_FIRST, VALUE_FIRST],
    check: Check::AvroPart(of_later_branch),
};

/// A default that is no value of its type.
pub(in crate::lint) static OF_OTHER_TYPE: Lint = Lint {
    id: "reader-avro-default-of-other-type",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Python, Reader::Node, Reader::Java],
    levels: &[],
    title: "a default is no value of its type",
    explanation: "A registry that was told not to validate defaults keeps such a schema. fastavro, avsc and Java's parser \
                  refuse it, so these readers get no event at all. Correct the default.",
    source: "Apache Avro 1.12 specification, \"Complex Types\", table \"field default values\"; fastavro 1.13 \
             (`SchemaParseException`), avsc 5 (`incompatible field default`)",
    breaches: &[
        LintCase::one(
            "a text for a number",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"count","type":"int","default":"0"}]}"#,
        ),
        LintCase::one(
            "null without a union",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"channel","type":"string","default":null}]}"#,
        ),
    ],
    near_misses: &[NULL_FIRST, VALUE_FIRST],
    check: Check::AvroPart(|part| {
        let (field, error) = unfit(part)?;
        let default = field.default.as_ref()?;
        Some(Found::new(format!("the default {default} of `{}` {error}", field.name)).at("default"))
    }),
};

fn unfit<'a>(part: &AvroPart<'a>) -> Option<(&'a Field, String)> {
    let Part::Field(field) = part.part else { return None };
    let default = field.default.as_ref()?;
    let error = part
        .schema
        .encode_default(&field.field_type, default, &mut Vec::new())
        .err()?;
    Some((field, error.reason().to_owned()))
}

fn of_later_branch(part: &AvroPart<'_>) -> Option<Found> {
    let Part::Field(field) = part.part else { return None };
    let default = field.default.as_ref()?;
    let Form::Union(branches) = &field.field_type.form else {
        return None;
    };
    let first = branches.first()?;
    let fits = |of| part.schema.encode_default(of, default, &mut Vec::new()).is_ok();
    if fits(first) || !fits(&field.field_type) {
        return None;
    }
    let expected = part.schema.describe(first);
    Some(
        Found::new(format!(
            "the default {default} of `{}` is no {expected}, which is the first branch",
            field.name
        ))
        .at("default"),
    )
}
