//! `publisher check` against another folder: findings, notes, formats.

use crate::support::{CHANNEL, CHANNEL_WITH_DEFAULT, ID, Project, record};

const PLACED: &str = "schemas/a.Placed.avsc";

/// A project whose one event got a field, beside what it was before.
fn added(field: &str) -> Project {
    let project = Project::new();
    project
        .write("before/a.Placed.avsc", record("a.Placed", &[ID]))
        .write(PLACED, record("a.Placed", &[ID, field]));
    project
}

#[test]
fn quiet_success() {
    let project = added(CHANNEL_WITH_DEFAULT);
    project.write("before/a.Kept.avsc", record("a.Kept", &[ID]));
    project.write("schemas/a.Kept.avsc", record("a.Kept", &[ID]).replace('\n', "\r\n"));
    project.write("schemas/a.New.avsc", record("a.New", &[ID]));
    project.write("schemas/README.md", "no schema");
    project
        .run("check --against dir:before")
        .is(0, "ok: 3 schemas against dir:before: 1 unchanged, 1 changed, 1 new\n");
}

#[test]
fn a_finding_says_what_where_why_and_who() {
    added(CHANNEL).run("check --against dir:before").has(
        100,
        &[
            "error[avro-field-without-default]: ",
            "\n  event     a.Placed\n",
            "\n  schema    schemas/a.Placed.avsc:6 /fields/1\n",
            "\n  earlier   before/a.Placed.avsc:",
            "\n  versions  dir:before\n",
            "\n  breaks    readers that are deployed with this schema: they cannot read events that were written with dir:before\n",
            "\n  deploy    writers first: readers of dir:before read the new events; deploy a reader once no event of dir:before is left for it\n",
            "\n  why       ",
            "\n  repair    give the field `channel` the default \"\" (/fields/1/default: \"\"); in Rust: #[event(default = \"\")]\n",
            "\na.Placed: level BACKWARD, dialect confluent; the strongest level that holds is FORWARD_TRANSITIVE\n",
            "\n1 finding: 1 schema against dir:before: 0 unchanged, 1 changed, 0 new\n",
        ],
    );
}

#[test]
fn the_level_is_that_of_the_settings_or_of_the_command() {
    let project = added(CHANNEL);
    project.write(
        "schemas/publisher.toml",
        "level = 'FULL'\n[types.'a.Placed']\nlevel = 'FORWARD'\n",
    );
    project.run("check --against dir:before").has(0, &["ok: 1 schema"]);
    project
        .run("check --against dir:before --level full")
        .has(100, &["level FULL, dialect confluent"]);
    project
        .run("check --against dir:before --level NONE")
        .has(0, &["ok: 1 schema"]);
}

#[test]
fn a_forward_break_names_the_old_readers() {
    let project = Project::new();
    project
        .write("before/a.Placed.avsc", record("a.Placed", &[ID, CHANNEL]))
        .write(PLACED, record("a.Placed", &[ID]));
    project.run("check --against dir:before --level FORWARD").has(
        100,
        &[
            "\n  breaks    readers that still have dir:before: they cannot read events that are written with this schema\n",
            "\n  deploy    readers first: on this schema they read the events of dir:before; deploy writers once no reader of dir:before is left\n",
        ],
    );
}

#[test]
fn all_findings_of_all_schemas() {
    let project = Project::new();
    project
        .write("before/a.Placed.avsc", record("a.Placed", &[ID]))
        .write("before/a.Shipped.avsc", record("a.Shipped", &[ID]))
        .write(
            PLACED,
            record("a.Placed", &[r#"{"name": "id", "type": "int"}"#, CHANNEL]),
        )
        .write("schemas/a.Shipped.avsc", record("a.Shipped", &[ID, CHANNEL]));
    project.run("check --against dir:before").has(
        100,
        &[
            "schemas/a.Placed.avsc:5",
            "schemas/a.Placed.avsc:6",
            "schemas/a.Shipped.avsc:6",
            "\n3 findings: 2 schemas",
        ],
    );
}

#[test]
fn a_schema_that_is_gone_is_told() {
    let project = added(CHANNEL_WITH_DEFAULT);
    project.write("before/a.Gone.avsc", record("a.Gone", &[ID]));
    project.run("check --against dir:before").is(
        0,
        "note: a.Gone.avsc is in dir:before and not here any more: its events are no longer checked; is nothing published of \
         them?\nok: 1 schema against dir:before: 0 unchanged, 1 changed, 0 new\n",
    );
}

#[test]
fn another_language_under_one_name() {
    let project = Project::new();
    project
        .write("before/a.Placed.avsc", record("a.Placed", &[ID]))
        .write("schemas/a.Placed.json", r#"{"title": "a.Placed", "type": "object"}"#);
    project.run("check --against dir:before").has(
        100,
        &[
            "error[schema-type-changed]: ",
            "the strongest level that holds is NONE\n",
            "no order is safe",
        ],
    );
    // Both at once are two schemas.
    project.write(PLACED, record("a.Placed", &[ID]));
    project
        .run("check --against dir:before")
        .is(0, "ok: 2 schemas against dir:before: 1 unchanged, 0 changed, 1 new\n");
}

#[test]
fn a_break_in_a_shared_type_is_one_of_all_that_refer_to_it() {
    let money = |field: &str| record("a.Money", &[r#"{"name": "amount", "type": "long"}"#, field]);
    let placed = record("a.Placed", &[ID, r#"{"name": "total", "type": "Money"}"#]);
    let project = Project::new();
    project
        .write(
            "before/a.Money.avsc",
            record("a.Money", &[r#"{"name": "amount", "type": "long"}"#]),
        )
        .write("before/a.Placed.avsc", &placed)
        .write(
            "schemas/a.Money.avsc",
            money(r#"{"name": "currency", "type": "string"}"#),
        )
        .write(PLACED, &placed);
    project.run("check --against dir:before").has(
        100,
        &[
            "\n  event     a.Money\n  schema    schemas/a.Money.avsc:6 /fields/1\n",
            "\n  event     a.Placed\n  schema    schemas/a.Money.avsc:6 /fields/1\n",
            "\n  earlier   before/a.Placed.avsc (a.Money):",
            "\n2 findings: 2 schemas",
        ],
    );
    project.write(
        "schemas/a.Money.avsc",
        money(r#"{"name": "currency", "type": "string", "default": "EUR"}"#),
    );
    project
        .run("check --against dir:before")
        .is(0, "ok: 2 schemas against dir:before: 0 unchanged, 2 changed, 0 new\n");
}

#[test]
fn json_for_programs() {
    let ran = added(CHANNEL).run("check --against dir:before --format json");
    assert_eq!(
        (ran.exit, ran.err.as_str(), ran.out.matches('\n').count()),
        (100, "", 1)
    );
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["version"], 1);
    assert_eq!(report["baseline"], "dir:before");
    assert_eq!(report["clean"], false);
    assert_eq!(report["schemas"][0]["state"], "changed");
    assert_eq!(
        report["schemas"][0]["strongest"],
        serde_json::json!(["FORWARD_TRANSITIVE"])
    );
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "avro-field-without-default");
    assert_eq!(finding["direction"], "backward");
    assert_eq!(
        finding["schema"],
        serde_json::json!({ "file": PLACED, "line": 6, "pointer": "/fields/1" })
    );
    assert_eq!(finding["rust"], serde_json::Value::Null);
    let clean = added(CHANNEL_WITH_DEFAULT).run("check --against dir:before --format json");
    let report: serde_json::Value = serde_json::from_str(&clean.out).unwrap();
    assert_eq!((clean.exit, &report["clean"]), (0, &serde_json::Value::Bool(true)));
}

#[test]
fn annotations_for_github() {
    added(CHANNEL).run("check --against dir:before --format github").has(
        100,
        &[
            "::error file=schemas/a.Placed.avsc,line=6,title=avro-field-without-default::a.Placed: ",
            "%0ABreaks: readers that are deployed with this schema",
            "\n1 finding: 1 schema against dir:before",
        ],
    );
}

#[test]
fn a_json_schema_is_checked_too() {
    let schema = |more: &str| {
        format!(
            "{{\n  \"title\": \"a.Placed\",\n  \"type\": \"object\",\n  \"properties\": {{\n    \"id\": {{\n      \"type\": \
             \"string\"{more}\n    }}\n  }},\n  \"additionalProperties\": false\n}}\n"
        )
    };
    let project = Project::new();
    project
        .write("before/a.Placed.json", schema(""))
        .write("schemas/a.Placed.json", schema(",\n      \"maxLength\": 3"));
    project.run("check --against dir:before").has(
        100,
        &[
            "schemas/a.Placed.json:7 /properties/id/maxLength\n",
            "level BACKWARD, dialect confluent",
        ],
    );
}

#[test]
fn a_folder_without_schemas_is_told() {
    let project = Project::new();
    project
        .write("schemas/README.md", "no schema")
        .write("before/README.md", "none");
    project.run("check --against dir:before").is(
        0,
        "note: schemas holds no schema (.avsc or .json), so nothing was checked\n\
         ok: 0 schemas against dir:before: 0 unchanged, 0 changed, 0 new\n",
    );
}
