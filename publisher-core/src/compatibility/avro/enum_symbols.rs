//! `avro-enum-symbols-missing`: the writer has symbols that the reader does not know, and the reader has no default.

use std::collections::HashSet;

use super::walk::{Side, of_definition};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::finding::Finding;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;
use crate::schema::avsc::Definition;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "avro-enum-symbols-missing",
    schema_type: Some(SchemaType::Avro),
    dialects: &Dialect::ALL,
    title: "the writer has symbols that the reader does not know",
    explanation: "A reader stops at a symbol that its enum lacks, unless the enum itself has a default. Keep the symbols, or \
                  give the enum a default symbol in the version before the one that adds or removes any. A default of the field \
                  does not count.",
    specification: "Apache Avro 1.12, Enums and Schema Resolution",
    breach: Case {
        about: "a symbol is removed",
        writer: r#"{"type":"enum","name":"Status","symbols":["PLACED","SHIPPED"]}"#,
        reader: r#"{"type":"enum","name":"Status","symbols":["PLACED"]}"#,
    },
    near_misses: &[
        Case {
            about: "the reader has a default",
            writer: r#"{"type":"enum","name":"Status","symbols":["PLACED","SHIPPED"]}"#,
            reader: r#"{"type":"enum","name":"Status","symbols":["PLACED"],"default":"PLACED"}"#,
        },
        Case {
            about: "a symbol is added and the order changes",
            writer: r#"{"type":"enum","name":"Status","symbols":["PLACED","SHIPPED"]}"#,
            reader: r#"{"type":"enum","name":"Status","symbols":["LOST","SHIPPED","PLACED"]}"#,
        },
    ],
};

pub(super) fn check(
    (reader, own, symbols): (Side<'_>, &Definition, &[String]),
    (writer, other, written): (Side<'_>, &Definition, &[String]),
) -> Option<Finding> {
    let known: HashSet<&str> = symbols.iter().map(String::as_str).collect();
    let missing: Vec<&str> = written
        .iter()
        .map(String::as_str)
        .filter(|symbol| !known.contains(symbol))
        .collect();
    (!missing.is_empty()).then(|| Finding {
        rule: &RULE,
        reader: of_definition(reader.document, own, "/symbols"),
        writer: of_definition(writer.document, other, "/symbols"),
        message: format!(
            "reader's {} has no default and lacks the writer's {}",
            own.name,
            missing.join(", ")
        ),
    })
}
