//! `publisher check --against registry`: its levels, its versions, and its verdict beside ours.

use publisher_core::compatibility::Level;

use crate::support::record;
use crate::{CHANNEL, CHANNEL_WITH_DEFAULT, ID, PLACED, TOTAL, orders, registered_orders};

#[test]
fn new_unchanged_and_changed() {
    let (registry, project) = orders();
    let check = "check --against registry";
    project.run(check).is(
        0,
        &format!(
            "ok: 2 schemas against registry:{}: 0 unchanged, 0 changed, 2 new\n",
            registry.url()
        ),
    );
    project.run("register --yes").has(0, &[]);
    project.run(check).has(0, &["2 unchanged, 0 changed, 0 new\n"]);
    project.write(PLACED, record("a.Placed", &[ID, TOTAL, CHANNEL_WITH_DEFAULT]));
    project.run(check).has(0, &["1 unchanged, 1 changed, 0 new\n"]);
    let json = project.run(&format!("{check} --format json"));
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        report["schemas"][1]["registry"],
        serde_json::json!({ "compatible": true, "messages": [] })
    );
}

#[test]
fn both_verdicts_are_told() {
    let (registry, project) = registered_orders();
    project.write(PLACED, record("a.Placed", &[ID, TOTAL, CHANNEL]));
    project.run("check --against registry").has(
        100,
        &[
            "error[avro-field-without-default]: ",
            "\n  event     a.Placed (subject orders-a.Placed)\n  schema    schemas/a.Placed.avsc:7 /fields/2\n  earlier   version 1:1",
            "\n  versions  version 1\n",
            "error[registry-refuses]: the registry refuses the schema under orders-a.Placed at its level BACKWARD\n",
            "\n2 findings: ",
        ],
    );
    // The registry's level counts, not that of the file.
    registry.set_level("orders-a.Placed", Level::Forward);
    project.run("check --against registry").has(0, &["1 changed"]);
}

#[test]
fn where_the_verdicts_part_both_are_shown() {
    let (registry, project) = registered_orders();
    project.write(PLACED, record("a.Placed", &[ID, TOTAL, CHANNEL]));
    project.run("check --against registry --level NONE").has(
        100,
        &[
            "error[registry-refuses]: ",
            "error[registry-disagrees]: the registry says incompatible at its level BACKWARD, dialect confluent says compatible at \
             level NONE\n",
            "name its dialect: --dialect confluent-lenient or --dialect apicurio\n",
        ],
    );
    registry.set_level("orders-a.Placed", Level::None);
    project.run("check --against registry --level BACKWARD").has(
        100,
        &[
            "error[avro-field-without-default]: ",
            "error[registry-disagrees]: the registry says compatible at its level NONE, dialect confluent says incompatible at level \
             BACKWARD\n",
        ],
    );
}

#[test]
fn a_registry_in_trouble_is_no_verdict() {
    let (registry, project) = registered_orders();
    project.write(PLACED, record("a.Placed", &[ID, TOTAL, CHANNEL]));
    for (status, body, part) in [
        (503, "{}", "schema registry unreachable: "),
        (200, "<html>", "answer"),
        (
            401,
            "",
            "help: set SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD, or SCHEMA_REGISTRY_TOKEN\n",
        ),
        (404, "<html>", "help: does the address have the registry's whole path"),
    ] {
        // What may heal is asked for four times.
        let times = if matches!(status, 200 | 503) { 4 } else { 1 };
        registry.fail_next(times, status, body);
        let ran = project.run("check --against registry");
        ran.has(101, &["error: the registry does not state the subject's level\n", part]);
        assert_eq!(ran.out, "");
    }
}

#[test]
fn credentials_are_never_shown() {
    let (registry, project) = registered_orders();
    let project = project
        .variable("SCHEMA_REGISTRY_USER", "alice")
        .variable("SCHEMA_REGISTRY_PASSWORD", "secret");
    project.run("check --against registry").has(0, &["2 unchanged"]);
    registry.fail_next(1, 401, "");
    let ran = project.run("check --against registry");
    ran.has(101, &["refused the credentials"]);
    assert!(!ran.err.contains("alice") && !ran.err.contains("secret"), "{ran:?}");
    let project = project.variable("SCHEMA_REGISTRY_TOKEN", "secret");
    let ran = project.run("check --against registry");
    ran.has(101, &["more than one of"]);
    assert!(!ran.err.contains("secret"), "{ran:?}");
}
