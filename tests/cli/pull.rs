//! `publisher pull`: the registry's versions as files, with which a check gives the same verdict.

use std::fs;

use crate::support::{Project, record};
use crate::{AMOUNT, CHANNEL_WITH_DEFAULT, ID, MONEY, PLACED, TOTAL, orders, registered_orders};

/// The files of the history.
fn files(project: &Project) -> Vec<String> {
    let root = project.folder.join("schemas/history");
    let mut found = Vec::new();
    for subject in fs::read_dir(&root).unwrap() {
        for file in fs::read_dir(subject.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            found.push(path.strip_prefix(&root).unwrap().to_string_lossy().into_owned());
        }
    }
    found.sort();
    found
}

#[test]
fn all_versions_with_what_they_refer_to() {
    let (registry, project) = registered_orders();
    project
        .write(MONEY, record("a.Money", &[AMOUNT, CHANNEL_WITH_DEFAULT]))
        .write(PLACED, record("a.Placed", &[ID, TOTAL, CHANNEL_WITH_DEFAULT]));
    project.run("register --yes").has(0, &[]);
    project.run("pull").is(
        0,
        &format!(
            "ok: 4 versions of 2 subjects from {}: 6 written, 0 removed\n",
            registry.url()
        ),
    );
    assert_eq!(
        files(&project),
        [
            "a.Money/1.avsc",
            "a.Money/2.avsc",
            "orders-a.Placed/1.avsc",
            "orders-a.Placed/1.references.json",
            "orders-a.Placed/2.avsc",
            "orders-a.Placed/2.references.json",
        ]
    );
    let references =
        fs::read_to_string(project.folder.join("schemas/history/orders-a.Placed/2.references.json")).unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&references).unwrap(),
        serde_json::json!([{ "name": "a.Money", "subject": "a.Money", "version": 2 }])
    );
    // Again: nothing to do. What the registry does not have goes, what is no version stays.
    project.run("pull").has(0, &["0 written, 0 removed\n"]);
    project
        .write("schemas/history/a.Money/9.avsc", "{}")
        .write("schemas/history/a.Money/9.references.json", "[]")
        .write("schemas/history/a.Money/notes.json", "{}");
    project.run("pull").has(0, &["0 written, 2 removed\n"]);
    assert!(files(&project).contains(&"a.Money/notes.json".to_owned()));
    // Without the registry, the same verdict.
    project.write(
        MONEY,
        record("a.Money", &[AMOUNT, r#"{"name": "more", "type": "int"}"#]),
    );
    for against in ["registry", "history"] {
        project
            .run(&format!("check --level BACKWARD_TRANSITIVE --against {against}"))
            .has(
                100,
                &[
                    "\n  schema    schemas/a.Money.avsc:6 /fields/1\n",
                    "\n  versions  version 2, version 1\n",
                ],
            );
    }
}

#[test]
fn subjects_that_are_not_there_yet_and_all_that_are() {
    let (registry, project) = orders();
    project.run("pull").has(
        0,
        &["note: a.Money is not in the registry yet\nnote: orders-a.Placed is not in the registry yet\nok: 0 versions of 0 subjects"],
    );
    project.run("register --yes").has(0, &[]);
    let other = Project::new().variable("SCHEMA_REGISTRY_URL", registry.url());
    fs::create_dir_all(other.folder.join("schemas")).unwrap();
    other
        .run("pull --all")
        .has(0, &["ok: 2 versions of 2 subjects from ", "3 written"]);
}

#[test]
fn a_registry_that_goes_away_leaves_no_half() {
    let (registry, project) = registered_orders();
    // A blip is waited out; what lasts is not.
    registry.fail_next(4, 503, "{}");
    project.run("pull").has(101, &["schema registry unreachable: "]);
    assert!(!project.folder.join("schemas/history").exists());
    project.run("pull").has(0, &["3 written"]);
}
