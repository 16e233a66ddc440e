//! `avro-union-branch-missing`: no branch of the reader's union reads what the writer writes.

use super::name;
use super::walk::{At, found};
use crate::compatibility::dialect::Dialect;
use crate::compatibility::finding::Finding;
use crate::compatibility::rule::{Case, Rule};
use crate::registry::SchemaType;
use crate::schema::avsc::Form;

pub(in crate::compatibility) static RULE: Rule = Rule {
    id: "avro-union-branch-missing",
    schema_type: Some(SchemaType::Avro),
    dialects: &Dialect::ALL,
    title: "the reader's union has no branch for a type of the writer",
    explanation: "Every type that the writer may write needs a branch that reads it, also one that happens never to be \
                  written. Keep the branch. Where a branch of the same name is there, what differs within it is told instead.",
    specification: "Apache Avro 1.12, Schema Resolution; Java asks it of all branches of a writer's union",
    breach: Case {
        about: "a branch is removed",
        writer: r#"["null","string","boolean"]"#,
        reader: r#"["null","string"]"#,
    },
    near_misses: &[
        Case {
            about: "a branch is added and the order changes",
            writer: r#"["null","string"]"#,
            reader: r#"["string","boolean","null"]"#,
        },
        Case {
            about: "a wider branch reads it",
            writer: r#"["null","int"]"#,
            reader: r#"["null","double"]"#,
        },
        Case {
            about: "a union of nothing writes nothing",
            writer: r#"[]"#,
            reader: r#"["null","string"]"#,
        },
    ],
};

/// Whether this branch of the reader is the one for the writer's type, though it does not read it.
pub(super) fn is_meant(branch: At<'_, '_>, writer: At<'_, '_>) -> bool {
    match (&branch.of.form, &writer.of.form) {
        (Form::Array(_), Form::Array(_)) | (Form::Map(_), Form::Map(_)) | (Form::Named(_), Form::Named(_)) => {
            !is_another(branch, writer)
        }
        _ => false,
    }
}

/// Whether both are named types, and the branch is none of the writer's name.
pub(super) fn is_another(branch: At<'_, '_>, writer: At<'_, '_>) -> bool {
    match (branch.definition(), writer.definition()) {
        (Some(own), Some(other)) => {
            std::mem::discriminant(&own.kind) != std::mem::discriminant(&other.kind) || !name::same(own, other)
        }
        _ => false,
    }
}

pub(super) fn finding(reader: At<'_, '_>, writer: At<'_, '_>) -> Finding {
    let message = format!(
        "reader has the {}, none of which reads the writer's {}",
        reader.describe(),
        writer.describe()
    );
    found(&RULE, reader, writer, message)
}
