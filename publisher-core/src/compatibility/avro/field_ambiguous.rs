//! `avro-field-ambiguous`: a field's name and aliases meet several fields of the writer.

use super::walk::{Side, of_field};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::finding::Finding;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;
use crate::schema::avsc::Field;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "avro-field-ambiguous",
    schema_type: Some(SchemaType::Avro),
    dialects: &Dialect::ALL,
    title: "a field of the reader matches several fields of the writer",
    explanation: "A reader finds its field by name and by every alias; where two of them stand in what was written, Java's \
                  reader gives up. Remove the alias that names a field which still exists.",
    specification: "Apache Avro 1.12, Aliases; Java's SchemaCompatibility throws, which a registry reports as incompatible",
    breach: Case {
        about: "the old field is still written",
        writer: r#"{"type":"record","name":"Placed","fields":[{"name":"note","type":"string"},{"name":"remark","type":"string"}]}"#,
        reader: r#"{"type":"record","name":"Placed","fields":[{"name":"remark","aliases":["note"],"type":"string"}]}"#,
    },
    near_misses: &[Case {
        about: "of two aliases the writer has one",
        writer: r#"{"type":"record","name":"Placed","fields":[{"name":"note","type":"string"}]}"#,
        reader: r#"{"type":"record","name":"Placed","fields":[{"name":"remark","aliases":["note","text"],"type":"string"}]}"#,
    }],
};

pub(super) fn finding(reader: Side<'_>, field: &Field, writer: Side<'_>, [first, second]: [&Field; 2]) -> Finding {
    let message = if std::ptr::eq(first, second) {
        format!("reader's field {} has its own name as an alias", field.name)
    } else {
        format!(
            "reader's field {} is {} and {} of the writer",
            field.name, first.name, second.name
        )
    };
    Finding {
        rule: &RULE,
        reader: of_field(reader.document, field),
        writer: of_field(writer.document, second),
        message,
    }
}
