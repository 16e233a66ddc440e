//! The public cases, where their folder is named: schemas of other projects are read, and a plan agrees with Java's
//! verdict.

use std::path::Path;

use apache_avro::types::Value;
use publisher_core::schema::avsc::AvroSchema;
use publisher_core::{Plan, PlanScratch};
use serde_json::{Value as Json, json};

use super::datum::read;

/// The cases of a file; none where the folder is not named, of which xtask tells.
fn cases(file: &str) -> Vec<Json> {
    let Some(folder) = std::env::var_os("PUBLISHER_TEST_DATA") else {
        return Vec::new();
    };
    let path = Path::new(&folder).join("compat").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cases: Vec<Json> = serde_json::from_str(&text).expect("a list of cases");
    assert!(!cases.is_empty());
    cases
}

fn id(case: &Json) -> &str {
    case["id"].as_str().expect("an ID")
}

fn schema(case: &Json, member: &str) -> AvroSchema {
    let text = case[member].to_string();
    AvroSchema::parse(&text).unwrap_or_else(|error| panic!("{}: {error}: {text}", id(case)))
}

#[test]
fn every_canonical_case_is_read() {
    for case in cases("avro-canonical.json") {
        let text = case["input"].as_str().expect("a text");
        let parsed = AvroSchema::parse(text).unwrap_or_else(|error| panic!("{}: {error}: {text}", id(&case)));
        let canonical = AvroSchema::parse(case["canonical"].as_str().expect("a text")).expect("a canonical schema");
        let names = |schema: &AvroSchema| -> Vec<String> {
            schema
                .definitions()
                .iter()
                .map(|definition| definition.name.to_string())
                .collect()
        };
        assert_eq!(names(&parsed), names(&canonical), "{}", id(&case));
    }
}

#[test]
fn a_plan_is_readable_as_java_says() {
    let mut planned = 0;
    let mut wrong_defaults = Vec::new();
    let cases = cases("pairs-avro.json");
    for case in &cases {
        if !schema(case, "newer").check_defaults().is_empty() {
            wrong_defaults.push(id(case));
        }
        for (ours, theirs, verdict) in [("older", "newer", "backward"), ("newer", "older", "forward")] {
            if Plan::new(&schema(case, ours), &schema(case, theirs)).is_err() {
                continue;
            }
            planned += 1;
            // What a plan does beyond a reader: it knows the writer's aliases, and what a decimal is.
            let beyond = case[ours].to_string().contains("aliases") || case[ours]["logicalType"] == "decimal";
            assert!(case[verdict] == true || beyond, "{}: {verdict}", id(case));
        }
    }
    if !cases.is_empty() {
        assert!(planned > 300, "{planned}");
        assert_eq!(
            wrong_defaults,
            ["avro-0391"],
            "the one that Java refuses as a new schema"
        );
    }
}

#[test]
fn what_a_plan_writes_is_what_java_reads() {
    let mut compared = 0;
    let cases = cases("avro-decode.json");
    for case in &cases {
        let plan = Plan::new(&schema(case, "writer"), &schema(case, "reader"));
        let (Some(hex), Ok(plan)) = (case["bytes_hex"].as_str(), plan) else {
            continue;
        };
        let bytes: Vec<u8> = (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal"))
            .collect();
        let mut out = Vec::new();
        plan.write(&bytes, &mut PlanScratch::default(), &mut out)
            .expect("a datum of the writer");
        let read = shown(&read(&case["reader"].to_string(), &out));
        assert_eq!(read, case["decoded"], "{}", id(case));
        compared += 1;
    }
    assert!(cases.is_empty() || compared > 10, "{compared}");
}

/// A value as the cases show it: unions without their branch, bytes as characters.
fn shown(value: &Value) -> Json {
    match value {
        Value::Int(value) => json!(value),
        Value::Long(value) => json!(value),
        Value::Double(value) => json!(value),
        Value::Enum(_, symbol) => json!(symbol),
        Value::Bytes(bytes) => json!(bytes.iter().copied().map(char::from).collect::<String>()),
        Value::Array(items) => items.iter().map(shown).collect(),
        Value::Union(_, value) => shown(value),
        Value::Record(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), shown(value)))
            .collect(),
        other => panic!("{other:?} is in no case"),
    }
}
