//! `publisher lock`: what the registry has, as a file with which a publisher finds the id of its type.

use std::fs;

use publisher_core::differences::same;
use publisher_core::registry::SchemaLock;
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{Event, EventData, SchemaId, SubjectNameStrategy, events};

use crate::support::{Project, record};
use crate::{AMOUNT, CHANNEL_WITH_DEFAULT, ID, MONEY, PLACED, orders, registered_orders};

const LOCK: &str = "schemas/schemas.lock";

fn text(project: &Project) -> String {
    fs::read_to_string(project.folder.join(LOCK)).unwrap()
}

fn lock(project: &Project) -> SchemaLock {
    SchemaLock::read(project.folder.join(LOCK)).unwrap()
}

/// `<registry> <subject> <id>` of all entries.
fn entries(project: &Project) -> Vec<String> {
    let lock = lock(project);
    let entries = lock.entries().iter();
    entries
        .map(|entry| format!("{} {} {}", entry.registry, entry.subject, entry.id))
        .collect()
}

#[test]
fn it_is_written_once_and_held_by_check() {
    let (registry, project) = registered_orders();
    let url = registry.url();
    let outdated = format!(
        "  + a.Money: id 1, version 1\n  + orders-a.Placed: id 2, version 1\n\
         error[lock-outdated]: schemas/schemas.lock is not what the committed schemas and the registry make of it: 2 to add, 0 to \
         change, 0 to remove\n  \
         why       A schema that the lock lacks keeps a service from starting while the registry is down; a wrong id would be \
         written into every record.\n  \
         repair    publisher lock --registry {url}\n"
    );
    project.run("lock --check").is(100, &outdated);
    assert!(!project.folder.join(LOCK).exists());
    project.run("lock").is(
        0,
        &format!(
            "  + a.Money: id 1, version 1\n  + orders-a.Placed: id 2, version 1\n\
             ok: 2 schemas of {url} in schemas/schemas.lock: 2 added, 0 changed, 0 removed\n"
        ),
    );
    let written = text(&project);
    assert_eq!(
        entries(&project),
        [format!("{url} a.Money 1"), format!("{url} orders-a.Placed 2")]
    );
    for arguments in ["lock", "lock --check"] {
        project.run(arguments).is(
            0,
            &format!("ok: schemas/schemas.lock has 2 schemas of {url} as committed\n"),
        );
    }
    assert_eq!(text(&project), written);
    // The file is one of the folder, and no schema.
    project.run("check --against registry").has(0, &["2 unchanged"]);
    // As git may leave it in a working tree, it is the same; with other lines it is not.
    project.write(LOCK, written.replace('\n', "\r\n"));
    project.run("lock --check").has(0, &["ok: "]);
    project.write(LOCK, written.replace('\n', "\n\n"));
    project.run("lock --check").has(
        100,
        &["error[lock-outdated]: schemas/schemas.lock has the right entries and another layout"],
    );
    project.run("lock").has(0, &["0 added, 0 changed, 0 removed\n"]);
    assert_eq!(text(&project), written);
}

#[test]
fn what_changed_is_shown() {
    let (registry, project) = registered_orders();
    project.run("lock").has(0, &["2 added"]);
    let before = text(&project);
    project.write(MONEY, record("a.Money", &[AMOUNT, CHANNEL_WITH_DEFAULT]));
    let requests = registry.requests();
    project.run("lock").is(
        100,
        &format!(
            "error[schema-not-registered]: the registry at {url} does not hold schemas/a.Money.avsc under a.Money\n  \
             event     a.Money\n  \
             schema    schemas/a.Money.avsc:1\n  \
             why       Nobody but the registry can say the id of a schema, and without its id no event of the type can be \
             published.\n  \
             repair    publisher register --registry {url} --yes\n\
             error[schema-not-registered]: the registry at {url} does not hold schemas/a.Placed.avsc under orders-a.Placed\n  \
             event     a.Placed (subject orders-a.Placed)\n  \
             schema    schemas/a.Placed.avsc:1\n  \
             why       Nobody but the registry can say the id of a schema, and without its id no event of the type can be \
             published.\n  \
             repair    publisher register --registry {url} --yes\n\
             nothing was written: register what is missing first\n",
            url = registry.url()
        ),
    );
    assert!(registry.requests() > requests);
    assert_eq!(text(&project), before);
    project.run("register --yes").has(0, &["ok: 2 schemas at "]);
    // What refers to another text is another schema, though its own text is the same.
    project.run("lock").is(
        0,
        &format!(
            "  + a.Money: id 3, version 2\n  + orders-a.Placed: id 4, version 2\n  \
             - a.Money: id 1, version 1\n  - orders-a.Placed: id 2, version 1\n\
             ok: 2 schemas of {} in schemas/schemas.lock: 2 added, 0 changed, 2 removed\n",
            registry.url()
        ),
    );
    // Somebody wrote another id.
    let right = text(&project);
    project.write(LOCK, right.replace("\"id\":3", "\"id\":33"));
    project.run("lock --check").has(
        100,
        &[
            "  ~ a.Money: id 33, version 2 becomes id 3, version 2\n    warning: a registry never gives one schema another id: is http://",
            "0 to add, 1 to change, 0 to remove\n",
        ],
    );
    project.run("lock").has(0, &["0 added, 1 changed, 0 removed\n"]);
    assert_eq!(text(&project), right);
    // A type that is gone.
    project
        .remove(PLACED)
        .write("schemas/publisher.toml", "[subjects.'a.Money']\n");
    project
        .run("lock")
        .has(0, &["  - orders-a.Placed: id 4, version 2\nok: 1 schema of "]);
}

#[test]
fn nothing_is_written_into_the_registry() {
    let (registry, project) = orders();
    project
        .run("lock")
        .has(100, &["schema-not-registered", "nothing was written"]);
    assert!(registry.subjects().is_empty());
    assert!(!project.folder.join(LOCK).exists());
}

#[test]
fn every_registry_has_entries_of_its_own() {
    let (_staging, project) = registered_orders();
    project.run("lock --name staging").has(0, &["2 schemas of staging in "]);
    // The other one has given its first id to another schema.
    let live = EmbeddedRegistry::start().unwrap();
    let url = live.url();
    let other = Project::new();
    other
        .write("schemas/a.First.avsc", record("a.First", &[ID]))
        .write("schemas/publisher.toml", "[subjects.'a.First']\n");
    for project in [&other, &project] {
        project
            .run(&format!("register --yes --registry {url}"))
            .has(0, &["ok: "]);
    }
    project
        .run(&format!("lock --name live --registry {url}"))
        .has(0, &["2 added, 0 changed, 0 removed"]);
    assert_eq!(
        entries(&project),
        [
            "live a.Money 2",
            "live orders-a.Placed 3",
            "staging a.Money 1",
            "staging orders-a.Placed 2"
        ]
    );
    let lock = lock(&project);
    let fingerprint = lock.entries()[0].asked;
    assert_eq!(
        fingerprint,
        lock.entries()[2].asked,
        "one schema, two registries, two ids"
    );
    project.run("lock --name staging --check").has(0, &["ok: "]);
}

#[test]
fn credentials_stay_out_of_it() {
    let (registry, project) = registered_orders();
    let url = registry.url().replace("http://", "http://alice:s3cr3t@");
    let ran = project.run(&format!("lock --registry {url}"));
    ran.has(0, &[&format!("2 schemas of {} in ", registry.url())]);
    for text in [&text(&project), &ran.out] {
        assert!(!text.contains("s3cr3t") && !text.contains("alice"), "{text}");
    }
    let ran = project.run(&format!("lock --name {url}"));
    ran.has(
        101,
        &["the --name of the registry has credentials, which do not belong into a committed file"],
    );
    assert!(!ran.err.contains("s3cr3t"), "{}", ran.err);
    project
        .run("lock --name  --check")
        .has(101, &["--name of the registry is empty"]);
}

#[test]
fn what_cannot_be_done_leaves_the_file_alone() {
    let (registry, project) = registered_orders();
    project.run("lock").has(0, &[]);
    let right = text(&project);
    // The first try and three more.
    registry.fail_next(4, 503, "{}");
    project.run("lock").has(101, &["schema registry unreachable: "]);
    assert_eq!(text(&project), right);
    let conflict = right.replacen("\n,", "\n<<<<<<< HEAD\n,", 1);
    project.write(LOCK, &conflict);
    project.run("lock").is(
        101,
        "error: schemas/schemas.lock cannot be read\n  because line 2 is part of a merge conflict: leave the entries of both \
         sides, then run `publisher lock`\n",
    );
    assert_eq!(text(&project), conflict);
    project.write(LOCK, "");
    project
        .run("lock --check")
        .has(101, &["because line 1 is empty; take the file from the last commit"]);
}

#[test]
fn the_repair_is_for_the_same_folder_and_name() {
    let (registry, project) = registered_orders();
    fs::rename(project.folder.join("schemas"), project.folder.join("my events")).unwrap();
    let run = |arguments: &[&str]| project.run_with(&[&["lock", "--schemas", "my events"], arguments].concat());
    let repair = format!(
        "repair    publisher lock --registry {} --name 'it'\\''s' --schemas 'my events'\n",
        registry.url()
    );
    run(&["--check", "--name", "it's"]).has(100, &[&repair]);
    run(&["--name", "it's"]).has(0, &["2 schemas of it's in my events/schemas.lock"]);
    run(&["--check", "--name", "it's"]).has(0, &["ok: "]);
}

/// A sum.
#[derive(EventData)]
#[event(shared, namespace = "com.acme.lock")]
struct Sum {
    /// In cents; "all" of them.
    cents: i64,
    currency: Currency,
}

#[derive(EventData)]
#[event(shared, namespace = "com.acme.lock")]
#[allow(dead_code, reason = "only the schema is looked at")]
enum Currency {
    Eur,
    Usd,
}

/// An order, with \ and " in its words: ä.
#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.lock")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    total: Sum,
    paid_in: Option<Currency>,
}

#[derive(Event)]
#[event(topic = "parcels", namespace = "com.acme.lock", encoding = "json")]
struct ParcelSent {
    #[event(key)]
    parcel_id: String,
    worth: Sum,
}

/// What the command writes is what a publisher looks for: the fingerprint of the derived type.
#[test]
fn a_derived_type_finds_its_id() {
    let registry = EmbeddedRegistry::start().unwrap();
    let project = Project::new().variable("SCHEMA_REGISTRY_URL", registry.url());
    let types = events![OrderPlaced, ParcelSent];
    let mut settings = String::new();
    for event_type in &types {
        project.write(
            &format!("schemas/{}", event_type.file_name()),
            event_type.pretty_schema(),
        );
        for (name, text) in event_type.shared_files() {
            project.write(&format!("schemas/{name}"), text);
        }
        settings.push_str(&format!(
            "[types.'{}']\ntopics = ['{}']\n",
            event_type.name(),
            event_type.topic()
        ));
    }
    project.write("schemas/publisher.toml", settings);
    project.run("register --yes").has(0, &["ok: 6 schemas at "]);
    project.run("lock").has(0, &["6 added"]);
    let lock = lock(&project);
    for event_type in types {
        let subject = SubjectNameStrategy::default().subject(event_type.topic(), event_type.name());
        let found = lock.find(registry.url(), &subject, event_type.fingerprint()).unwrap();
        assert_eq!(
            found.asked.to_string(),
            format!("fingerprint {}", event_type.fingerprint())
        );
        assert!(same(&registry.schema(&subject).unwrap(), event_type.schema()));
        assert!(found.id > SchemaId(2), "what it refers to comes first");
        // A type that several share is locked by itself as well.
        for reference in &*event_type.schema().references {
            let shared = lock.find(registry.url(), &reference.subject, reference.schema.fingerprint());
            assert!(
                shared.is_some_and(|shared| shared.id < found.id),
                "{}",
                reference.subject
            );
        }
    }
}
