//! Unions of more than `null` and one type.
//!
//! Knows no default; that is with `avro_default`.

use crate::lint::avro_parts::AvroPart;
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::avsc::{AvroSchema, Form, Kind, Type};

const RECORDS: LintCase = LintCase::one(
    "two records",
    r#"{"type":"record","name":"com.acme.Drawn","fields":[{"name":"shape","type":["null",{"type":"record","name":"Circle","fields":[]},{"type":"record","name":"Square","fields":[]}]}]}"#,
);
const TEXT_OR_NUMBER: LintCase = LintCase::one(
    "a text and a number",
    r#"{"type":"record","name":"com.acme.Drawn","fields":[{"name":"shape","type":["null","string","int"]}]}"#,
);
const OPTION: LintCase = LintCase::one(
    "one type and null",
    r#"{"type":"record","name":"com.acme.Drawn","fields":[{"name":"shape","type":["null",{"type":"record","name":"Circle","fields":[]}]}]}"#,
);
const OPTION_LAST: LintCase = LintCase::one(
    "null behind the type",
    r#"{"type":"record","name":"com.acme.Drawn","fields":[{"name":"shape","type":["string","null"]}]}"#,
);

/// Branches that avsc does not tell apart by their values.
pub(in crate::lint) static WRAPPED: Lint = Lint {
    id: "reader-avro-union-wrapped",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Node],
    levels: &[],
    title: "a value of a union is wrapped in the name of its branch",
    explanation: "Where two branches are values of one kind in JavaScript (two numbers, two records, a record and a map, a \
                  string and an enum, bytes and a fixed), avsc gives `{\"com.acme.Circle\": {…}}` instead of the value. Tell \
                  these readers, or publish one record with a tag and an optional field for each case.",
    source: "avsc 5, `wrapUnions` \"auto\"",
    breaches: &[
        RECORDS,
        LintCase::one("two numbers", r#"["int","double"]"#),
        LintCase::one(
            "a text and an enum",
            r#"["string",{"type":"enum","name":"com.acme.Status","symbols":["A"],"default":"A"}]"#,
        ),
    ],
    near_misses: &[
        OPTION,
        TEXT_OR_NUMBER,
        LintCase::one(
            "a list and a map",
            r#"[{"type":"array","items":"int"},{"type":"map","values":"int"}]"#,
        ),
    ],
    check: Check::AvroPart(|part| {
        let branches = part.branches()?;
        let mut kinds: Vec<(&str, &Type)> = Vec::new();
        for branch in branches {
            let kind = javascript(part.schema, branch);
            if let Some((_, other)) = kinds.iter().find(|(known, _)| *known == kind) {
                let (one, other) = (part.schema.name(other), part.schema.name(branch));
                return Some(Found::new(format!("{one} and {other} are both {kind} in JavaScript")));
            }
            kinds.push((kind, branch));
        }
        None
    }),
};

/// The kind of a value in JavaScript, by which avsc tells branches apart.
fn javascript(schema: &AvroSchema, branch: &Type) -> &'static str {
    match &branch.form {
        Form::Int | Form::Long | Form::Float | Form::Double => "a number",
        Form::Bytes => "a Buffer",
        Form::String => "a string",
        Form::Map(_) => "an object",
        Form::Null => "null",
        Form::Boolean => "a boolean",
        Form::Array(_) => "an array",
        Form::Union(_) => "a union",
        Form::Named(id) => match schema.definition(*id).kind {
            Kind::Record { .. } => "an object",
            Kind::Enum { .. } => "a string",
            Kind::Fixed { .. } => "a Buffer",
        },
    }
}

/// A union as Connect has it.
pub(in crate::lint) static AS_STRUCT: Lint = Lint {
    id: "reader-avro-union-as-struct",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Connect],
    levels: &[],
    title: "a union becomes a struct with a field for each branch",
    explanation: "Connect has no unions but `null` and one type, in either order. A sink sees a struct in which one field is \
                  set, and ksqlDB columns of a struct. Publish one record with a tag and an optional field for each case, \
                  or an event for each case.",
    source: "Confluent AvroData",
    breaches: &[RECORDS, TEXT_OR_NUMBER],
    near_misses: &[OPTION, OPTION_LAST],
    check: Check::AvroPart(several),
};

/// A union for Flink.
pub(in crate::lint) static REFUSED: Lint = Lint {
    id: "reader-avro-union-refused",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Flink],
    levels: &[],
    title: "a union of several types has no type in Flink SQL",
    explanation: "Flink knows `null` and one type. A table cannot have a column for anything else, and its reader's schema \
                  does not match. Publish one record with a tag and an optional field for each case, or an event for each \
                  case.",
    source: "Apache Flink `avro-confluent`",
    breaches: &[RECORDS, TEXT_OR_NUMBER],
    near_misses: &[OPTION, OPTION_LAST],
    check: Check::AvroPart(several),
};

/// A union in Go.
pub(in crate::lint) static AS_ANY: Lint = Lint {
    id: "reader-avro-union-as-any",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Go],
    levels: &[],
    title: "a union of several types has no static type in Go",
    explanation: "`null` and one type become a pointer. Any other union is `any`, or a map with the name of the branch, which \
                  the reader has to take apart at run time. Tell these readers, or publish one record with a tag and an \
                  optional field for each case.",
    source: "twmb/avro 1.9, hamba/avro 2.31",
    breaches: &[RECORDS, TEXT_OR_NUMBER],
    near_misses: &[OPTION, OPTION_LAST],
    check: Check::AvroPart(several),
};

fn several(part: &AvroPart<'_>) -> Option<Found> {
    let branches = part.branches()?;
    let values = branches.iter().filter(|branch| !matches!(branch.form, Form::Null));
    let count = values.count();
    (count > 1).then(|| Found::new(format!("has {count} branches beside null")))
}
