//! Reads the public cases, each file a list, and compares verdicts with theirs.

use std::path::Path;

use publisher_core::compatibility::{Dialect, SchemaDocument, compare};
use publisher_core::registry::{SchemaText, SchemaType};
use serde_json::Value;

/// The cases of a file; none where the folder is not named, of which xtask tells.
pub(crate) fn cases(file: &str) -> Vec<Value> {
    let Some(folder) = std::env::var_os("PUBLISHER_TEST_DATA") else {
        return Vec::new();
    };
    let path = Path::new(&folder).join("compat").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cases: Vec<Value> = serde_json::from_str(&text).expect("a list of cases");
    assert!(!cases.is_empty());
    cases
}

fn document(schema_type: SchemaType, case: &Value, member: &str) -> SchemaDocument {
    let text = case[member].to_string();
    SchemaDocument::parse(&SchemaText::new(schema_type, &*text))
        .unwrap_or_else(|error| panic!("{}: {error}: {text}", case["id"]))
}

/// Compares our verdicts with those of the members (`backward`, `forward_lenient` …) that a case has; all differences
/// at once.
fn check_pairs(file: &str, schema_type: SchemaType, verdicts: &[(&str, Dialect)]) -> usize {
    let (mut compared, mut differences) = (0, Vec::new());
    for case in cases(file) {
        let (older, newer) = (
            document(schema_type, &case, "older"),
            document(schema_type, &case, "newer"),
        );
        for (member, dialect) in verdicts {
            let Some(expected) = member
                .split('/')
                .try_fold(&case, |value, name| value.get(name))
                .and_then(Value::as_bool)
            else {
                continue;
            };
            let (reader, writer) = if member.starts_with("forward") {
                (&older, &newer)
            } else {
                (&newer, &older)
            };
            let findings = compare(reader, writer, *dialect).unwrap();
            compared += 1;
            if findings.is_empty() != expected {
                differences.push(format!(
                    "{} {member}: expected {expected}: {}",
                    case["id"],
                    findings
                        .iter()
                        .map(|finding| format!("\n    {finding}"))
                        .collect::<String>()
                ));
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{} of {compared} verdicts differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
    compared
}

#[test]
fn avro_verdicts_are_those_of_java() {
    let verdicts = [("backward", Dialect::Confluent), ("forward", Dialect::Confluent)];
    check_pairs("pairs-avro.json", SchemaType::Avro, &verdicts);
}

#[test]
fn json_verdicts_are_those_of_confluent() {
    let verdicts = [
        ("backward", Dialect::Confluent),
        ("forward", Dialect::Confluent),
        ("backward_lenient", Dialect::ConfluentLenient),
        ("forward_lenient", Dialect::ConfluentLenient),
    ];
    check_pairs("pairs-json.json", SchemaType::Json, &verdicts);
}
