//! `publisher register`: shows, then writes, all or nothing.

use crate::support::record;
use crate::{AMOUNT, CHANNEL, CHANNEL_WITH_DEFAULT, ID, MONEY, PLACED, TOTAL, orders, registered_orders};

#[test]
fn it_shows_before_it_writes() {
    let (registry, project) = orders();
    project.run("register").is(
        0,
        &format!(
            "  + a.Money: a new subject, level BACKWARD\n  + orders-a.Placed: a new subject, level BACKWARD\n\
             2 schemas to register at {}; nothing was written, do it with --yes\n",
            registry.url()
        ),
    );
    assert!(registry.subjects().is_empty());
    project.run("register --yes").is(
        0,
        &format!(
            "registered a.Money: id 1, version 1\nregistered orders-a.Placed: id 2, version 1\nok: 2 schemas at {}\n",
            registry.url()
        ),
    );
    // As a publisher registers it, so that it finds it there: in the registry's normal form.
    let text = registry.schema("orders-a.Placed").unwrap();
    assert_eq!(
        &*text.text,
        concat!(
            r#"{"name":"a.Placed","type":"record","fields":[{"name":"id","type":"string","order":"ascending"},"#,
            r#"{"name":"total","type":"a.Money","order":"ascending"}]}"#
        )
    );
    assert_eq!(&*text.references[0].subject, "a.Money");
    for arguments in ["register", "register --yes"] {
        project
            .run(arguments)
            .is(0, &format!("ok: {} has 2 subjects as committed\n", registry.url()));
    }
}

#[test]
fn a_new_version_of_what_others_refer_to() {
    let (registry, project) = registered_orders();
    project
        .write(MONEY, record("a.Money", &[AMOUNT, CHANNEL_WITH_DEFAULT]))
        .write(PLACED, record("a.Placed", &[ID, TOTAL, CHANNEL_WITH_DEFAULT]));
    project.run("register").is(
        0,
        &format!(
            "  + a.Money: a new version after version 1, level BACKWARD\n  \
             + orders-a.Placed: a new version after version 1, level BACKWARD; the registry has given no verdict: it does not \
             hold a.Money as it is here yet\n2 schemas to register at {}; nothing was written, do it with --yes\n",
            registry.url()
        ),
    );
    project.run("register --yes").has(
        0,
        &[
            "registered a.Money: id 3, version 2\n",
            "registered orders-a.Placed: id 4, version 2\n",
        ],
    );
}

#[test]
fn a_finding_keeps_all_from_being_written() {
    let (registry, project) = registered_orders();
    project
        .write(PLACED, record("a.Placed", &[ID, TOTAL, CHANNEL]))
        .write("schemas/a.New.avsc", record("a.New", &[ID]))
        .write(
            "schemas/publisher.toml",
            "[types.'a.Placed']\ntopics = ['orders']\n[types.'a.New']\ntopics = ['orders']\n",
        );
    project.run("register --yes").has(
        100,
        &[
            "error[avro-field-without-default]: ",
            "error[registry-refuses]: the registry refuses the schema under orders-a.Placed at its level BACKWARD\n",
            "\nnothing was registered: repair the findings first\n",
        ],
    );
    assert_eq!(registry.subjects(), ["a.Money", "orders-a.Placed"]);
}

#[test]
fn a_registry_in_trouble_is_no_success() {
    let (registry, project) = orders();
    registry.fail_next(4, 503, "{}");
    project
        .run("register --yes")
        .has(101, &["schema registry unreachable: "]);
    assert!(registry.subjects().is_empty());
}

#[test]
fn what_was_registered_explains_bytes() {
    let (registry, project) = registered_orders();
    // The order refers to money, which the registry gives with it.
    project.run("explain 0000000002046162c801").has(
        0,
        &[
            &format!("\nschema   Avro, id 2 at {}\n", registry.url()),
            "  /id ",
            "  /total/amount ",
            "  100\n",
        ],
    );
    project
        .run("explain 0000000063046162")
        .has(101, &["error: the registry does not give the schema 99\n"]);
}

#[test]
fn the_command_of_the_workflow_registers() {
    let (registry, project) = orders();
    let steps = crate::workflow::steps("register");
    let run = steps.last().and_then(|step| step.run.clone()).unwrap();
    let arguments = run.strip_prefix("publisher ").unwrap();
    project.run(arguments).has(0, &["ok: 2 schemas at "]);
    assert_eq!(registry.subjects(), ["a.Money", "orders-a.Placed"]);
}
