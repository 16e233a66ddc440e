//! The pulled versions as the baseline: all of them count, by name.

use crate::support::{CHANNEL_WITH_DEFAULT, ID, Project, record};

const CHANNEL_WITHOUT: &str = r#"{"name": "channel", "type": "string"}"#;
const PLACED: &str = "schemas/a.Placed.avsc";

/// A field came with a default in version 2 and loses the default now: the classic of transitive levels.
fn project() -> Project {
    let project = Project::new();
    project
        .write("schemas/history/orders-a.Placed/1.avsc", record("a.Placed", &[ID]))
        .write(
            "schemas/history/orders-a.Placed/2.avsc",
            record("a.Placed", &[ID, CHANNEL_WITH_DEFAULT]),
        )
        .write("schemas/history/other-a.Other/1.avsc", "not looked at")
        .write(PLACED, record("a.Placed", &[ID, CHANNEL_WITHOUT]));
    project
}

#[test]
fn the_latest_version_counts_and_at_transitive_levels_all() {
    let project = project();
    project.run("check --against history").is(
        0,
        "ok: 1 schema against history (schemas/history): 0 unchanged, 1 changed, 0 new\n",
    );
    project.run("check --against history --level BACKWARD_TRANSITIVE").has(
        100,
        &[
            "\n  event     a.Placed (subject orders-a.Placed)\n",
            "\n  earlier   schemas/history/orders-a.Placed/1.avsc:",
            "\n  versions  version 1\n",
            "\n  breaks    readers that are deployed with this schema: they cannot read events that were written with version 1\n",
            "\n  deploy    readers and writers of version 2 may be deployed in either order",
            "\norders-a.Placed: level BACKWARD_TRANSITIVE, dialect confluent; the strongest level that holds is \
             FORWARD_TRANSITIVE and FULL, FULL_TRANSITIVE fails first at version 1\n",
        ],
    );
}

#[test]
fn one_place_that_breaks_with_many_versions_is_one_finding() {
    let project = Project::new();
    let id = |kind: &str| record("a.Placed", &[&format!("{{\"name\": \"id\", \"type\": \"{kind}\"}}")]);
    for version in [1, 2, 10] {
        project.write(
            &format!("schemas/history/orders-a.Placed/{version}.avsc"),
            id("string").replace("\"a.", &format!("\"v{version}.a.")),
        );
    }
    project.write(PLACED, id("int"));
    project.run("check --against history --level BACKWARD_TRANSITIVE").has(
        100,
        &[
            "\n  versions  version 10, version 2, version 1\n",
            "version 10, version 2 and version 1\n",
            "\n1 finding: ",
        ],
    );
}

#[test]
fn a_version_that_was_there_before_is_unchanged() {
    let project = project();
    project.write(PLACED, record("a.Placed", &[ID]).replace(['\n', ' '], ""));
    project
        .run("check --against history --level FULL_TRANSITIVE")
        .has(0, &["1 unchanged"]);
}

#[test]
fn versions_refer_to_versions() {
    let money = |field: &[&str]| record("a.Money", field);
    let amount = r#"{"name": "amount", "type": "long"}"#;
    let placed = record("a.Placed", &[ID, r#"{"name": "total", "type": "a.Money"}"#]);
    let project = Project::new();
    project
        .write("schemas/history/orders-a.Placed/1.avsc", &placed)
        .write(
            "schemas/history/orders-a.Placed/1.references.json",
            r#"[{"name": "a.Money", "subject": "a.Money", "version": 1}]"#,
        )
        .write("schemas/history/a.Money/1.avsc", money(&[]))
        .write("schemas/history/a.Money/2.avsc", money(&[amount]))
        .write("schemas/a.Money.avsc", money(&[amount]))
        .write(PLACED, &placed);
    // The latest Money is as it is here; the one that the order refers to is not.
    project.run("check --against history").has(
        100,
        &[
            "\n  event     a.Placed (subject orders-a.Placed)\n  schema    schemas/a.Money.avsc:5 /fields/0\n",
            "\n1 finding: 2 schemas against history (schemas/history): 1 unchanged, 1 changed, 0 new\n",
        ],
    );
    project.remove("schemas/history/a.Money/1.avsc");
    project
        .run("check --against history")
        .has(101, &["version 1 of a.Money is not there; pull again"]);
}

#[test]
fn without_a_history() {
    let project = Project::new();
    project.write(PLACED, record("a.Placed", &[ID]));
    project.run("check --against history").is(
        101,
        "error: there is no folder schemas/history\nhelp: fill it from the registry: publisher pull --registry URL\n",
    );
    project.write("schemas/history/orders-b.Other/1.avsc", record("b.Other", &[ID]));
    project.run("check --against history").is(
        0,
        "note: schemas/a.Placed.avsc was compared with nothing: its topic is unknown, and no subject in schemas/history is named \
         after it\nok: 1 schema against history (schemas/history): 0 unchanged, 0 changed, 1 new\n",
    );
}
