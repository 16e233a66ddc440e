//! `avro-name-mismatch`: a record, enum or fixed has another name, and no alias says that it is the same.

use super::walk::{Side, of_definition};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::finding::Finding;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;
use crate::schema::avsc::Definition;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "avro-name-mismatch",
    schema_type: Some(SchemaType::Avro),
    dialects: &Dialect::ALL,
    title: "a record, enum or fixed has another name",
    explanation: "Readers match named types by the name without its namespace, or by the reader's aliases, which hold full \
                  names. Keep the name with `#[event(name = \"…\")]`, or list the old full name among the aliases: then new \
                  readers know old events. Old readers do not know an alias that came later.",
    specification: "Apache Avro 1.12, Schema Resolution and Aliases",
    breach: Case {
        about: "a record is renamed",
        writer: r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
        reader: r#"{"type":"record","name":"com.acme.OrderPlaced","fields":[]}"#,
    },
    near_misses: &[
        Case {
            about: "an alias has the writer's full name",
            writer: r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
            reader: r#"{"type":"record","name":"com.acme.OrderPlaced","aliases":["com.acme.Placed"],"fields":[]}"#,
        },
        Case {
            about: "an alias without a point is in the reader's namespace",
            writer: r#"{"type":"enum","name":"com.acme.Unit","symbols":["EUR"]}"#,
            reader: r#"{"type":"enum","name":"com.acme.Currency","aliases":["Unit"],"symbols":["EUR"]}"#,
        },
        Case {
            about: "the namespace alone differs",
            writer: r#"{"type":"fixed","name":"com.acme.Hash","size":16}"#,
            reader: r#"{"type":"fixed","name":"org.acme.Hash","size":16}"#,
        },
    ],
};

pub(super) fn check(reader: Side<'_>, own: &Definition, writer: Side<'_>, other: &Definition) -> Option<Finding> {
    if same(own, other) {
        return None;
    }
    Some(Finding {
        rule: &RULE,
        reader: of_definition(reader.document, own, "/name"),
        writer: of_definition(writer.document, other, "/name"),
        message: format!(
            "reader has the {} {}, writer has {}, which is none of its aliases",
            own.kind.word(),
            own.name,
            other.name
        ),
    })
}

/// Whether the reader takes the writer's type for its own.
pub(super) fn same(reader: &Definition, writer: &Definition) -> bool {
    reader.name.simple() == writer.name.simple() || reader.aliases.contains(&writer.name)
}
