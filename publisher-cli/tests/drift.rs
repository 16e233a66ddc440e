//! Descriptions that `cargo test` leaves: drift, topics, and places in Rust.

use std::fs::File;
use std::time::{Duration, SystemTime};

use crate::support::{CHANNEL, CHANNEL_WITH_DEFAULT, ID, Project, record};

const PLACED: &str = "schemas/a.Placed.avsc";
const DESCRIPTION: &str = "target/publisher/a.Placed.json";

fn describe(project: &Project, schema: &str) {
    let description = serde_json::json!({
        "name": "a.Placed", "subject": "orders-a.Placed", "topic": "orders", "version": 1, "schemaType": "AVRO",
        "schemaFile": PLACED, "rustFile": "src/events.rs", "line": 7,
        "fields": [
            { "path": "id", "rustFile": "src/events.rs", "line": 9 },
            { "path": "channel", "rustFile": "src/events.rs", "line": 12 },
        ],
        "schema": schema,
    });
    project.write(DESCRIPTION, description.to_string());
}

/// When the file was last written, in seconds after some moment.
fn written(project: &Project, path: &str, seconds: u64) {
    let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds);
    let file = File::options().append(true).open(project.folder.join(path)).unwrap();
    file.set_modified(moment).unwrap();
}

fn project(committed: &str, described: &str) -> Project {
    let project = Project::new();
    project
        .write("before/a.Placed.avsc", record("a.Placed", &[ID]))
        .write(PLACED, committed);
    describe(&project, described);
    project
}

#[test]
fn a_type_that_is_newer_than_its_file_is_a_finding() {
    let project = project(
        &record("a.Placed", &[ID]),
        &record("a.Placed", &[ID, CHANNEL_WITH_DEFAULT]),
    );
    written(&project, PLACED, 0);
    written(&project, DESCRIPTION, 10);
    project.run("check --against dir:before").has(
        100,
        &[
            "error[schema-drift]: the type has changed since its schema was committed\n",
            "\n  event     a.Placed (subject orders-a.Placed)\n  schema    schemas/a.Placed.avsc:5\n  rust      src/events.rs:7\n",
            "\n            + field channel: string, default \"web\"\n",
            "\n  repair    write the schema anew and read the difference: PUBLISHER_SCHEMAS=bless cargo test\n",
            "\n1 finding: 1 schema",
        ],
    );
}

#[test]
fn a_file_that_is_newer_than_the_last_test_run_is_none() {
    let project = project(
        &record("a.Placed", &[ID]),
        &record("a.Placed", &[ID, CHANNEL_WITH_DEFAULT]),
    );
    written(&project, PLACED, 10);
    written(&project, DESCRIPTION, 0);
    project
        .run("check --against dir:before")
        .has(0, &["ok: 1 schema", "1 unchanged"]);
}

#[test]
fn a_finding_has_its_place_in_rust() {
    let schema = record("a.Placed", &[ID, CHANNEL]);
    let project = project(&schema, &schema);
    project.run("check --against dir:before").has(
        100,
        &[
            "\n  event     a.Placed (subject orders-a.Placed)\n",
            "\n  rust      src/events.rs:12 (field channel)\n",
        ],
    );
    project.run("check --against dir:before --format github").has(
        100,
        &["::notice file=src/events.rs,line=12,title=avro-field-without-default::a.Placed: "],
    );
    // A description of another schema has other lines.
    describe(&project, &record("a.Placed", &[ID]));
    written(&project, DESCRIPTION, 0);
    let ran = project.run("check --against dir:before");
    assert!(ran.exit == 100 && !ran.out.contains("\n  rust "), "{ran:?}");
}

#[test]
fn a_description_that_cannot_be_read_is_told() {
    let schema = record("a.Placed", &[ID]);
    let project = project(&schema, &schema);
    project.write("target/publisher/a.Broken.json", "{");
    project.run("check --against dir:before").has(
        0,
        &["note: a description of a type cannot be read and was left aside: target/publisher/a.Broken.json: EOF"],
    );
}

#[test]
fn another_target_folder() {
    let project = project(
        &record("a.Placed", &[ID]),
        &record("a.Placed", &[ID, CHANNEL_WITH_DEFAULT]),
    );
    written(&project, PLACED, 0);
    written(&project, DESCRIPTION, 10);
    let project = project.variable("CARGO_TARGET_DIR", "elsewhere");
    project.run("check --against dir:before").has(0, &["ok: 1 schema"]);
}
