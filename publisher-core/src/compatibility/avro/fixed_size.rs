//! `avro-fixed-size`: a fixed has another number of bytes.

use super::walk::{Side, of_definition};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::finding::Finding;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;
use crate::schema::avsc::Definition;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "avro-fixed-size",
    schema_type: Some(SchemaType::Avro),
    dialects: &Dialect::ALL,
    title: "a fixed has another number of bytes",
    explanation: "A fixed has no length on the wire: a reader would take too many or too few bytes and misread all that \
                  follows. Add a field of a fixed with a new name, or use bytes.",
    specification: "Apache Avro 1.12, Schema Resolution",
    breach: Case {
        about: "a hash grows",
        writer: r#"{"type":"fixed","name":"Hash","size":16}"#,
        reader: r#"{"type":"fixed","name":"Hash","size":32}"#,
    },
    near_misses: &[Case {
        about: "the size stays and the meaning changes",
        writer: r#"{"type":"fixed","name":"Id","size":16}"#,
        reader: r#"{"type":"fixed","name":"Id","size":16,"logicalType":"uuid"}"#,
    }],
};

pub(super) fn check(
    (reader, own, size): (Side<'_>, &Definition, usize),
    (writer, other, written): (Side<'_>, &Definition, usize),
) -> Option<Finding> {
    (size != written).then(|| Finding {
        rule: &RULE,
        reader: of_definition(reader.document, own, "/size"),
        writer: of_definition(writer.document, other, "/size"),
        message: format!("reader's {} has {size} bytes, writer's has {written}", own.name),
    })
}
