//! `publisher diff`: what changed, in words.

use crate::support::{CHANNEL, CHANNEL_WITH_DEFAULT, ID, Project, record};

fn project(fields: &[&str]) -> Project {
    let project = Project::new();
    project
        .write(
            "before/a.Placed.avsc",
            record("a.Placed", &[ID, r#"{"name": "note", "type": "string"}"#]),
        )
        .write("schemas/a.Placed.avsc", record("a.Placed", fields))
        .write("schemas/a.New.avsc", record("a.New", &[ID]));
    project
}

#[test]
fn a_change_that_holds_its_level() {
    let project = project(&[ID, CHANNEL_WITH_DEFAULT]);
    project.run("diff --against dir:before").is(
        0,
        "a.New (schemas/a.New.avsc): new\n\
         a.Placed (schemas/a.Placed.avsc): BACKWARD holds; the strongest level that holds is BACKWARD_TRANSITIVE\n  \
         + field channel: string, default \"web\"\n  - field note: string\n",
    );
    project.run("diff --against dir:before --format markdown").is(
        0,
        "### Event schemas, against `dir:before`\n\n\
         #### `a.New`: new\n\n\
         #### `a.Placed`: ✅ BACKWARD holds\n\n\
         | | change |\n|---|---|\n| + | `field channel: string, default \"web\"` |\n| - | `field note: string` |\n\n\n\
         the strongest level that holds is BACKWARD\\_TRANSITIVE\n\n",
    );
}

#[test]
fn a_change_that_breaks() {
    let project = project(&[ID, CHANNEL]);
    project.run("diff --against dir:before").has(
        100,
        &[
            "a.Placed (schemas/a.Placed.avsc): BACKWARD broken; ",
            "\n  + field channel: string\n",
            "\n  error[avro-field-without-default]: ",
        ],
    );
    project.run("diff --against dir:before --format markdown").has(
        100,
        &[
            "#### `a.Placed`: ❌ BACKWARD broken by 1 finding\n",
            "\n- **avro-field-without-default** ",
            "\n  - readers that are deployed",
        ],
    );
}

#[test]
fn no_change() {
    let project = Project::new();
    project
        .write("before/a.Placed.avsc", record("a.Placed", &[ID]))
        .write("schemas/a.Placed.avsc", record("a.Placed", &[ID]));
    project
        .run("diff --against dir:before")
        .is(0, "no schema has changed against dir:before\n");
    project
        .run("diff --against dir:before --format markdown")
        .is(0, "### Event schemas, against `dir:before`\n\nNo schema has changed.\n");
}
