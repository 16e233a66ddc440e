//! `avro-type-mismatch`: the types differ and none widens to the other.

use super::walk::{At, found};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::finding::Finding;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;
use crate::schema::avsc::Form;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "avro-type-mismatch",
    schema_type: Some(SchemaType::Avro),
    dialects: &Dialect::ALL,
    title: "the reader's type cannot hold what the writer's type writes",
    explanation: "A reader widens int to long, float and double, long to float and double, float to double, and takes \
                  string and bytes for each other; every other difference stops it at the first such value. A union of the writer \
                  is readable only if each of its branches is. Keep the type and add a field with a new name instead, or change \
                  the type in the direction that widens.",
    specification: "Apache Avro 1.12, Schema Resolution",
    breach: Case {
        about: "a number becomes text",
        writer: r#"{"type":"record","name":"Line","fields":[{"name":"quantity","type":"int"}]}"#,
        reader: r#"{"type":"record","name":"Line","fields":[{"name":"quantity","type":"string"}]}"#,
    },
    near_misses: &[
        Case {
            about: "int widens to long",
            writer: r#"{"type":"record","name":"Line","fields":[{"name":"quantity","type":"int"}]}"#,
            reader: r#"{"type":"record","name":"Line","fields":[{"name":"quantity","type":"long"}]}"#,
        },
        Case {
            about: "string and bytes are the same on the wire",
            writer: r#"{"type":"map","values":"bytes"}"#,
            reader: r#"{"type":"map","values":"string"}"#,
        },
        Case {
            about: "a required field becomes optional",
            writer: r#"{"type":"record","name":"Line","fields":[{"name":"note","type":"string"}]}"#,
            reader: r#"{"type":"record","name":"Line","fields":[{"name":"note","type":["null","string"],"default":null}]}"#,
        },
        Case {
            about: "a logical type is added, which resolution does not look at",
            writer: r#"{"type":"array","items":"long"}"#,
            reader: r#"{"type":"array","items":{"type":"long","logicalType":"timestamp-millis"}}"#,
        },
    ],
};

/// Whether a reader of the one form reads the other; both without parts.
pub(super) fn reads(reader: &Form, writer: &Form) -> bool {
    match (reader, writer) {
        (Form::Long, Form::Int)
        | (Form::Float, Form::Int | Form::Long)
        | (Form::Double, Form::Int | Form::Long | Form::Float)
        | (Form::Bytes, Form::String)
        | (Form::String, Form::Bytes) => true,
        (Form::Array(_) | Form::Map(_) | Form::Named(_), _) => false,
        _ => reader.word() == writer.word(),
    }
}

pub(super) fn finding(reader: At<'_, '_>, writer: At<'_, '_>) -> Finding {
    let message = match &writer.of.form {
        Form::Null => format!("reader has {}, writer may write null", reader.describe()),
        _ => format!("reader has {}, writer has {}", reader.describe(), writer.describe()),
    };
    found(&RULE, reader, writer, message)
}
