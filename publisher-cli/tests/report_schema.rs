//! `report.schema.json` over real reports, and over reports that are none.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::support::{CHANNEL, CHANNEL_WITH_DEFAULT, ID, Project, record};

const PLACED: &str = "schemas/a.Placed.avsc";

fn validator() -> Validator {
    let text = include_str!("../report.schema.json");
    let schema: Value = serde_json::from_str(text).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

/// The report, which is one of the schema and has no member that the schema does not describe.
#[track_caller]
fn valid(project: &Project, arguments: &str, exit: u8) -> Value {
    let ran = project.run(&format!("{arguments} --format json"));
    assert_eq!(ran.exit, exit, "{ran:?}");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let errors: Vec<String> = validator()
        .iter_errors(&report)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{report:#}");
    let schema: Value = serde_json::from_str(include_str!("../report.schema.json")).unwrap();
    described(&report, &schema["properties"]);
    for (list, definition) in [("schemas", "schema"), ("findings", "finding")] {
        for item in report[list].as_array().unwrap() {
            described(item, &schema["$defs"][definition]["properties"]);
        }
    }
    report
}

#[track_caller]
fn described(value: &Value, properties: &Value) {
    for name in value.as_object().unwrap().keys() {
        assert!(properties.get(name).is_some(), "{name} is not in report.schema.json");
    }
}

/// A project with a change, a new schema, a schema that is gone, and a type whose topic is known.
fn changed(field: &str) -> Project {
    let project = Project::new();
    project
        .write("before/a.Placed.avsc", record("a.Placed", &[ID]))
        .write("before/a.Gone.avsc", record("a.Gone", &[ID]))
        .write(PLACED, record("a.Placed", &[ID, field]))
        .write("schemas/a.New.avsc", record("a.New", &[ID]))
        .write("schemas/publisher.toml", "[types.'a.Placed']\ntopics = ['orders']\n");
    project
}

#[test]
fn reports_are_as_the_schema_says() {
    let clean = valid(&changed(CHANNEL_WITH_DEFAULT), "check --against dir:before", 0);
    assert_eq!((&clean["clean"], &clean["version"]), (&json!(true), &json!(1)));
    assert_eq!(clean["schemas"].as_array().unwrap().len(), 2);
    assert_eq!(clean["notes"].as_array().unwrap().len(), 1);

    let project = changed(CHANNEL);
    for level in ["BACKWARD", "FULL_TRANSITIVE"] {
        let broken = valid(&project, &format!("check --against dir:before --level {level}"), 100);
        assert_eq!(broken["findings"].as_array().unwrap().len(), 1);
    }

    let described = json!({
        "name": "a.Placed", "subject": "orders-a.Placed", "topic": "orders", "version": 1, "schemaType": "AVRO",
        "schemaFile": PLACED, "rustFile": "src/events.rs", "line": 7, "fields": [],
        "schema": record("a.Placed", &[ID, CHANNEL]),
    });
    project.write("target/publisher/a.Placed.json", described.to_string());
    let broken = valid(&project, "check --against dir:before", 100);
    assert_eq!(
        broken["findings"][0]["rust"],
        json!({ "file": "src/events.rs", "line": 7 })
    );

    let entry = |rule: &str| {
        format!(
            "[[break]]\nrule = '{rule}'\nname = 'a.Placed'\nreason = 'nobody reads it'\nowner = 'us'\nexpires = 9999-12-31\n"
        )
    };
    project.write("schemas/acknowledged.toml", entry("avro-field-without-default"));
    let waived = valid(&project, "check --against dir:before", 0);
    assert_eq!(waived["waived"][0]["expires"], "9999-12-31");
    project.write("schemas/acknowledged.toml", entry("avro-type-mismatch"));
    let unused = valid(&project, "check --against dir:before", 100);
    assert_eq!(unused["findings"].as_array().unwrap().len(), 2);
}

#[test]
fn reports_of_lint_too() {
    let project = Project::new();
    let decimal = |scale: u32| {
        let price = format!(
            r#"{{"name": "price", "type": {{"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": {scale}}}}}"#
        );
        record("a.Placed", &[&price])
    };
    project
        .write("before/a.Placed.avsc", decimal(2))
        .write(PLACED, decimal(3));
    let linted = valid(&project, "lint --against dir:before", 100);
    assert!(!linted["findings"].as_array().unwrap().is_empty());
}

#[test]
fn what_is_no_report_is_refused() {
    let report = valid(&changed(CHANNEL), "check --against dir:before", 100);
    let validator = validator();
    let refused = |pointer: &str, value: Value| {
        let mut other = report.clone();
        *other.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&other), "{pointer} {other:#}");
    };
    refused("/version", json!(2));
    refused("/clean", json!(true));
    refused("/schemas/0/state", json!("other"));
    refused("/findings/0/rule", json!("A Rule"));
    refused("/findings/0/direction", json!("sideways"));
    refused("/findings/0/schema", json!({ "file": "a", "line": 0, "pointer": "" }));
    refused("/findings/0/repairs", json!("one"));
    for name in ["version", "findings", "waived"] {
        let mut other = report.clone();
        other.as_object_mut().unwrap().remove(name);
        assert!(!validator.is_valid(&other), "without {name}");
    }
    let mut more = report.clone();
    more["later"] = json!("a member of a newer publisher");
    assert!(validator.is_valid(&more));
}
