//! Help, rules, completions, lints, and what the verbs of a registry say without one.

use crate::support::{ID, Project, record};

const VERBS: [&str; 14] = [
    "check",
    "diff",
    "compat",
    "lint",
    "register",
    "pull",
    "lock",
    "explain",
    "dlq",
    "dlq list",
    "dlq show",
    "dlq replay",
    "rules",
    "completions",
];

#[test]
fn every_verb_has_an_example_and_its_exit_status() {
    let project = Project::new();
    for verb in VERBS {
        let ran = project.run(&format!("{verb} --help"));
        ran.has(0, &["Example", &format!("\n  publisher {verb}"), "Exit status: 0 "]);
    }
    project
        .run("--help")
        .has(0, &["Exit status: 0 clean, 100 findings, 101 could not finish"]);
}

#[test]
fn wrong_arguments_are_101() {
    let project = Project::new();
    for (arguments, part) in [
        ("chekc", "a similar subcommand exists: 'check'"),
        (
            "check --against nowhere",
            "is none of git:REF, dir:PATH, history and registry:URL",
        ),
        ("check --format xml", "possible values: text, json, github"),
        ("check --level high", "`high` is no compatibility level"),
        ("explain", "required"),
        ("completions tcsh", "invalid value 'tcsh'"),
        ("lint --against somewhere", "registry:URL, nor none"),
    ] {
        project.run(arguments).has(101, &[part]);
    }
}

#[test]
fn rules_are_listed_and_explained() {
    let project = Project::new();
    let list = project.run("rules");
    list.has(
        0,
        &[
            "\nAvro\n",
            "\nJSON Schema\n",
            "\nLints, which no registry has\n",
            "  schema-drift ",
        ],
    );
    let ids = list
        .out
        .lines()
        .filter(|line| line.starts_with("  "))
        .map(|line| line.split_whitespace().next().unwrap());
    let ids: Vec<&str> = ids.collect();
    assert!(ids.contains(&"avro-field-without-default"), "{ids:?}");
    for id in &ids {
        project.run(&format!("rules {id}")).has(0, &[&format!("{id}: ")]);
    }
    project.run("rules avro-field-without-default").has(
        0,
        &[
            "\nlanguage       Avro\n",
            "\nspecification  ",
            "\nBreaks it: ",
            "\nDoes not: ",
            "\n    writer {",
            "\n    reader {",
        ],
    );
    project.run("rules avro-field-without-defalt").has(
        101,
        &["there is no rule avro-field-without-defalt\nhelp: did you mean avro-field-without-default?\n"],
    );
    project.run("rules without-default").has(
        101,
        &[
            "there is no rule without-default\nhelp: did you mean ",
            "avro-field-without-default",
        ],
    );
    project
        .run("rules nope")
        .is(101, "error: there is no rule nope\nhelp: all rules: publisher rules\n");
}

#[test]
fn completions_for_shells() {
    let project = Project::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        project
            .run(&format!("completions {shell}"))
            .has(0, &["publisher", "register", "against"]);
    }
}

#[test]
fn lints_of_the_schemas_as_they_are() {
    let project = Project::new();
    project.write("schemas/a.Placed.avsc", record("a.Placed", &[ID]));
    project
        .run("lint --against none")
        .is(0, "ok: 1 schema against nothing: 0 unchanged, 0 changed, 1 new\n");
    project
        .run("lint --against none --reader cobol")
        .has(101, &["`cobol` is no reader: python, node,"]);
    // By default changes of meaning are looked for, and that needs a baseline.
    project
        .run("lint")
        .has(101, &["the schemas are in no git working tree"]);
}

#[test]
fn lints_of_changes_that_every_registry_takes() {
    let decimal = |scale: u8| {
        let field = format!(
            "{{\"name\": \"total\", \"type\": {{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9, \"scale\": {scale}}}}}"
        );
        record("a.Placed", &[ID, &field])
    };
    let project = Project::new().variable("SOURCE_DATE_EPOCH", "1700000000");
    project
        .write("before/a.Placed.avsc", decimal(2))
        .write("schemas/a.Placed.avsc", decimal(3));
    project.run("check --against dir:before").has(0, &["1 changed"]);
    let ran = project.run("lint --against dir:before --reader python");
    ran.has(
        100,
        &[
            "[meaning-",
            "schemas/a.Placed.avsc:6 /fields/1/type",
            "\n  earlier   before/a.Placed.avsc:6 ",
        ],
    );
    // Somebody may answer for a lint, and the check does not ask for it.
    let id = ran.out.split(['[', ']']).nth(1).unwrap();
    project.write(
        "schemas/acknowledged.toml",
        format!("[[break]]\nrule = '{id}'\nname = 'a.Placed'\nreason = 'r'\nowner = 'o'\nexpires = 2030-01-01\n"),
    );
    project
        .run("lint --against dir:before --reader python")
        .has(0, &[&format!("waived: a.Placed {id} at schemas/a.Placed.avsc:6")]);
    project.run("check --against dir:before").has(0, &["ok: 1 schema"]);
    project
        .run("lint --against none --reader python")
        .has(0, &["ok: 1 schema"]);
}

#[test]
fn no_registry_is_no_verdict() {
    let project = Project::new();
    project
        .write("schemas/a.Placed.avsc", record("a.Placed", &[ID]))
        .write("schemas/publisher.toml", "[types.'a.Placed']\ntopics = ['orders']\n");
    for verb in ["check --against registry", "register", "pull", "lock"] {
        project.run(verb).has(101, &["error: no registry is named\nhelp: name one: --registry URL, `registry` in publisher.toml, or the variable SCHEMA_REGISTRY_URL\n"]);
    }
    // Nobody listens on port 1.
    for verb in [
        "check --against registry:http://127.0.0.1:1",
        "register --registry http://127.0.0.1:1",
        "pull --registry http://127.0.0.1:1",
        "lock --registry http://127.0.0.1:1",
    ] {
        project.run(verb).has(
            101,
            &[
                "schema registry unreachable: http://127.0.0.1:1",
                "help: is the address right",
            ],
        );
    }
    let secret = project.run("check --against registry:http://alice:secret@127.0.0.1:1");
    secret.has(101, &["http://127.0.0.1:1"]);
    assert!(
        !secret.err.contains("secret") && !secret.err.contains("alice"),
        "{secret:?}"
    );
    project.run("check --against registry:localhost:1").has(
        101,
        &["error: the registry's settings cannot be used\n  because registry: localhost:1 has neither http"],
    );
}

#[test]
fn a_subject_that_nobody_knows_is_not_skipped() {
    let project = Project::new();
    project.write("schemas/a.Placed.avsc", record("a.Placed", &[ID]));
    for verb in [
        "check --against registry:http://127.0.0.1:1",
        "register --registry http://127.0.0.1:1",
        "pull --registry http://127.0.0.1:1",
        "lock --registry http://127.0.0.1:1",
    ] {
        project.run(verb).has(
            101,
            &[
                "error: the subject of some schemas is unknown",
                "\n  - schemas/a.Placed.avsc\n",
                "help: run `cargo test`",
                "schemas/publisher.toml: [types.",
            ],
        );
    }
}

#[test]
fn an_empty_folder_needs_the_registry_that_was_named() {
    let project = Project::new();
    project.write("schemas/README.md", "none yet");
    // Nobody listens on port 1.
    for verb in [
        "check --against registry:http://127.0.0.1:1",
        "lint --against registry:http://127.0.0.1:1",
        "diff --against registry:http://127.0.0.1:1",
        "register --registry http://127.0.0.1:1",
        "pull --registry http://127.0.0.1:1",
        "pull --all --registry http://127.0.0.1:1",
        "lock --registry http://127.0.0.1:1",
    ] {
        project
            .run(verb)
            .has(101, &["schema registry unreachable: http://127.0.0.1:1"]);
    }
    project.run("lint --against none").has(
        0,
        &["note: schemas holds no schema (.avsc or .json), so nothing was checked\n"],
    );
}
