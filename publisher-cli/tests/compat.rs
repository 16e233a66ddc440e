//! `publisher compat`: two files.

use crate::support::{CHANNEL, ID, Project, record};

fn project() -> Project {
    let project = Project::new();
    project
        .write("1.avsc", record("a.Placed", &[ID]))
        .write("2.avsc", record("a.Placed", &[ID, CHANNEL]));
    project
}

#[test]
fn compatible() {
    let project = project();
    project
        .run("compat --type avro --older 1.avsc --newer 2.avsc --level FORWARD")
        .is(0, "compatible: FORWARD, dialect confluent\n");
    project
        .run("compat --type avro --older 1.avsc --newer 2.avsc --level forward --format json")
        .is(0, "{\"compatible\":true,\"findings\":[]}\n");
}

#[test]
fn incompatible() {
    let project = project();
    let arguments = "compat --type avro --older 1.avsc --newer 2.avsc --level FULL_TRANSITIVE";
    project.run(arguments).has(
        100,
        &[
            "backward[avro-field-without-default]: ",
            "\n  newer  2.avsc:6 /fields/1\n  older  1.avsc:",
            "\nincompatible: FULL_TRANSITIVE, dialect confluent, 1 finding\n",
        ],
    );
    let ran = project.run(&format!("{arguments} --format json"));
    assert_eq!((ran.exit, ran.out.lines().count()), (100, 1));
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["compatible"], false);
    let finding = &answer["findings"][0];
    assert_eq!(finding["rule"], "avro-field-without-default");
    assert_eq!(finding["direction"], "backward");
    assert_eq!(
        finding["newer"],
        serde_json::json!({ "reference": null, "pointer": "/fields/1", "line": 6 })
    );
    project
        .run("compat --type avro --older 1.avsc --newer 2.avsc --level NONE")
        .has(0, &["compatible: NONE"]);
}

#[test]
fn references_are_named() {
    let project = Project::new();
    let placed = record("a.Placed", &[ID, r#"{"name": "total", "type": "a.Money"}"#]);
    project.write("1.avsc", &placed).write("2.avsc", &placed).write(
        "money.avsc",
        record("a.Money", &[r#"{"name": "amount", "type": "long"}"#]),
    );
    let arguments = "compat --type avro --older 1.avsc --newer 2.avsc --level FULL";
    project
        .run(&format!("{arguments} --reference a.Money=money.avsc"))
        .has(0, &["compatible: FULL"]);
    project
        .run(arguments)
        .has(101, &["error: 1.avsc:6: no AVRO schema: /fields/1/type: "]);
    project
        .run(&format!("{arguments} --reference money.avsc"))
        .has(101, &["is not NAME=FILE"]);
}

#[test]
fn what_cannot_be_compared_is_not_incompatible() {
    let project = project();
    let run = |older: &str, rest: &str| project.run(&format!("compat --older {older} --newer 2.avsc {rest}"));
    run("nowhere.avsc", "--type avro --level FULL").has(101, &["error: nowhere.avsc cannot be read\n  because "]);
    run("1.avsc", "--type avro --level SIDEWAYS").has(101, &["`SIDEWAYS` is no compatibility level: NONE,"]);
    run("1.avsc", "--type avro --level FULL --dialect karapace").has(101, &["`karapace` is no dialect"]);
    run("1.avsc", "--type protobuf --level FULL").has(101, &["invalid value 'protobuf' for '--type <TYPE>'"]);
    run("1.avsc", "--type avro").has(101, &["--level <LEVEL>"]);
}

/// Two Avro records of so many fields, each of another type in the second.
fn wide_avro(count: usize) -> [String; 2] {
    ["string", "long"].map(|of| {
        let fields: Vec<String> = (0..count)
            .map(|number| format!(r#"{{"name": "f{number}", "type": "{of}"}}"#))
            .collect();
        record("a.Wide", &fields.iter().map(String::as_str).collect::<Vec<_>>())
    })
}

/// The same as JSON Schemas.
fn wide_json(count: usize) -> [String; 2] {
    ["string", "integer"].map(|of| {
        let properties: Vec<String> = (0..count)
            .map(|number| format!(r#""f{number}": {{"type": "{of}"}}"#))
            .collect();
        format!(
            "{{\"type\": \"object\", \"properties\": {{\n{}\n}}}}\n",
            properties.join(",\n")
        )
    })
}

const COUNT: usize = 20_000;

#[test]
fn a_wide_record_ends_and_its_text_is_cut() {
    check_wide("avro", "avsc", wide_avro(COUNT), COUNT + 4);
}

#[test]
fn a_wide_object_ends_and_its_text_is_cut() {
    check_wide("json", "json", wide_json(COUNT), COUNT + 1);
}

/// Every verb ends, and the last finding stands in this line.
#[track_caller]
fn check_wide(language: &str, ending: &str, texts: [String; 2], line: usize) {
    let (project, [older, newer]) = (Project::new(), texts);
    let file = |folder: &str| format!("{folder}/a.Wide.{ending}");
    project.write(&file("before"), older).write(&file("schemas"), newer);
    let arguments = format!(
        "compat --type {language} --older {} --newer {} --level BACKWARD",
        file("before"),
        file("schemas")
    );
    let ran = project.run(&arguments);
    let more = format!("\n... and {} findings more; --format json has all\n", COUNT - 200);
    ran.has(100, &[&more, &format!(", {COUNT} findings\n")]);
    assert_eq!(ran.out.matches("\n  newer  ").count(), 200);
    let last = |findings: &serde_json::Value, key: &str| {
        let lines = findings.as_array().unwrap().iter().map(|finding| &finding[key]["line"]);
        let lines: Vec<u64> = lines.map(|line| line.as_u64().unwrap()).collect();
        assert_eq!(
            (lines.len(), lines.iter().max()),
            (COUNT, Some(&(line as u64))),
            "{key}"
        );
    };
    let json = |arguments: &str| -> serde_json::Value {
        let ran = project.run(&format!("{arguments} --format json"));
        ran.has(100, &[]);
        serde_json::from_str(&ran.out).unwrap()
    };
    last(&json(&arguments)["findings"], "newer");
    json("lint --against none");
    let ran = project.run("check --against dir:before");
    ran.has(100, &[&more, &format!("\n{COUNT} findings: ")]);
    last(&json("check --against dir:before")["findings"], "schema");
    let ran = project.run("diff --against dir:before");
    ran.has(100, &[&format!("field f{} ", COUNT - 1)]);
}
