//! `avro-field-without-default`: the reader has a field that the writer lacks, and nothing to put there.

use super::walk::{Side, of_definition, of_field};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::finding::Finding;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;
use crate::schema::avsc::{Definition, Field, Form, Kind};

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "avro-field-without-default",
    schema_type: Some(SchemaType::Avro),
    dialects: &Dialect::ALL,
    title: "the reader has a field that the writer lacks, and it has no default",
    explanation: "A reader fills a field that was not written from the field's default and stops where there is \
                  none. A field that is added needs a default, `#[event(default = …)]`, or to be an `Option`; one \
                  that was renamed lists its old name with `#[event(alias = \"…\")]`. A field that is removed is \
                  kept until every reader has a default for it. The default of an enum does not count, only the \
                  field's.",
    specification: "Apache Avro 1.12, Schema Resolution",
    breach: Case {
        about: "a required field is added",
        writer: r#"{"type":"record","name":"Placed","fields":[{"name":"id","type":"string"}]}"#,
        reader: r#"{"type":"record","name":"Placed","fields":[{"name":"id","type":"string"},{"name":"note","type":"string"}]}"#,
    },
    near_misses: &[
        Case {
            about: "null is a default",
            writer: r#"{"type":"record","name":"Placed","fields":[]}"#,
            reader: r#"{"type":"record","name":"Placed","fields":[{"name":"note","type":["null","string"],"default":null}]}"#,
        },
        Case {
            about: "an alias has the writer's name",
            writer: r#"{"type":"record","name":"Placed","fields":[{"name":"note","type":"string"}]}"#,
            reader: r#"{"type":"record","name":"Placed","fields":[{"name":"remark","aliases":["note"],"type":"string"}]}"#,
        },
        Case {
            about: "a field is removed",
            writer: r#"{"type":"record","name":"Placed","fields":[{"name":"note","type":"string"}]}"#,
            reader: r#"{"type":"record","name":"Placed","fields":[]}"#,
        },
    ],
};

pub(super) fn check(reader: Side<'_>, field: &Field, writer: Side<'_>, written: &Definition) -> Option<Finding> {
    if field.default.is_some() {
        return None;
    }
    let enum_default = match &field.field_type.form {
        Form::Named(id) => match &reader.schema.definition(*id).kind {
            Kind::Enum {
                default: Some(default), ..
            } => format!("; the default {default} of its enum is not the field's"),
            _ => String::new(),
        },
        _ => String::new(),
    };
    Some(Finding {
        rule: &RULE,
        reader: of_field(reader.document, field),
        writer: of_definition(writer.document, written, "/fields"),
        message: format!(
            "reader's field {} has no default, and the writer's {} lacks it{enum_default}",
            field.name, written.name
        ),
    })
}
