//! What cannot be read ends the command with 101 and its place: no panic, no hang, and never a verdict.

use crate::support::{ID, Project, record};

const PLACED: &str = "schemas/a.Placed.avsc";

#[track_caller]
fn refused(text: impl AsRef<[u8]>, parts: &[&str]) {
    let project = Project::new();
    project
        .write(PLACED, text.as_ref())
        .write("before/a.Placed.avsc", record("a.Placed", &[ID]));
    let ran = project.run("check --against dir:before");
    ran.has(101, parts);
    assert_eq!(ran.out, "");
    // The same where the baseline is the bad one.
    project
        .write(PLACED, record("a.Placed", &[ID]))
        .write("before/a.Placed.avsc", text.as_ref());
    project
        .run("check --against dir:before")
        .has(101, &["before/a.Placed.avsc"]);
    project
        .run("compat --type avro --older before/a.Placed.avsc --newer schemas/a.Placed.avsc --level FULL")
        .has(101, &[]);
}

#[test]
fn texts_that_are_no_schemas() {
    refused(
        "",
        &["error: the schemas in schemas cannot be read\n  - schemas/a.Placed.avsc: is no JSON: EOF"],
    );
    refused(
        "{\"type\": \"record\"",
        &["schemas/a.Placed.avsc: is no JSON: EOF while parsing an object at line 1"],
    );
    refused(
        format!("\u{feff}{}", record("a.Placed", &[ID])),
        &["schemas/a.Placed.avsc: begins with a byte order mark (UTF-8 BOM), "],
    );
    refused(b"\xff\xfe", &["schemas/a.Placed.avsc: is no UTF-8 from byte 0 on"]);
    refused(
        "{\n\"type\": \"record\",\n\"name\": \"a.Placed\"}",
        &["schemas/a.Placed.avsc:1: no AVRO schema: "],
    );
    refused(
        record("a.Placed", &[ID, r#"{"name": "x", "type": "a.Nowhere"}"#]),
        &["some schemas cannot be judged\n  - schemas/a.Placed.avsc:6: no AVRO schema: /fields/1/type: "],
    );
}

#[test]
fn texts_that_are_too_much() {
    refused("[".repeat(10_000), &["is no JSON: recursion limit exceeded"]);
    let deep = format!(
        "{}\"int\"{}",
        "{\"type\":\"array\",\"items\":".repeat(10_000),
        "}".repeat(10_000)
    );
    refused(deep, &["is no JSON: recursion limit exceeded"]);
    refused(
        vec![b' '; 4 * 1024 * 1024 + 1],
        &["schemas/a.Placed.avsc: has more than 4194304 bytes"],
    );
}

#[test]
fn all_that_cannot_be_read_is_named() {
    let project = Project::new();
    project
        .write(PLACED, "{")
        .write("schemas/b.json", "[")
        .write("schemas/sub/a.Placed.avsc", "{}");
    project.run("check --against history").has(
        101,
        &[
            "error: the schemas in schemas cannot be read\n",
            "schemas of one type; keep one of them",
        ],
    );
    project.remove("schemas/sub/a.Placed.avsc");
    project.write("schemas/history/x/1.avsc", "{}");
    project.run("check --against history").has(
        101,
        &[
            "cannot be read (2 problems)\n",
            "\n  - schemas/a.Placed.avsc: is no JSON",
            "\n  - schemas/b.json: is no JSON",
        ],
    );
}

#[test]
fn schemas_that_need_each_other() {
    let project = Project::new();
    let one = |name: &str, other: &str| record(name, &[&format!("{{\"name\": \"x\", \"type\": \"{other}\"}}")]);
    project
        .write("schemas/a.Ping.avsc", one("a.Ping", "a.Pong"))
        .write("schemas/a.Pong.avsc", one("a.Pong", "a.Ping"));
    project.write("before/none.avsc", "\"int\"");
    project.run("check --against dir:before").has(
        101,
        &["schemas/a.Ping.avsc: a.Pong: a.Ping: refers to itself: a.Pong -> a.Ping -> a.Pong; a registry takes"],
    );
    // So many levels of one type in two others: each is looked at once.
    let project = Project::new();
    for level in 0..60 {
        let next = format!("a.T{}", level + 1);
        let fields = [
            format!("{{\"name\": \"x\", \"type\": \"{next}\"}}"),
            format!("{{\"name\": \"y\", \"type\": \"{next}\"}}"),
        ];
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        project.write(
            &format!("schemas/a.T{level}.avsc"),
            record(&format!("a.T{level}"), &fields),
        );
    }
    project
        .write("schemas/a.T60.avsc", record("a.T60", &[ID]))
        .write("before/a.T60.avsc", record("a.T60", &[]));
    project
        .run("check --against dir:before --level FORWARD")
        .has(0, &["1 changed, 60 new"]);
    for level in 0..60 {
        let name = format!("a.T{level}.avsc");
        std::fs::copy(
            project.folder.join("schemas").join(&name),
            project.folder.join("before").join(&name),
        )
        .unwrap();
    }
    project
        .run("check --against dir:before --level FORWARD")
        .has(0, &["61 changed"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file() {
    let project = Project::new();
    project.write(PLACED, record("a.Placed", &[ID]));
    let device = project.folder.join("schemas/a.Device.avsc");
    std::os::unix::fs::symlink("/dev/zero", device).unwrap();
    std::os::unix::fs::symlink("..", project.folder.join("schemas/around")).unwrap();
    project
        .run("check --against dir:schemas")
        .has(101, &["schemas/a.Device.avsc: is no file"]);
}

#[test]
fn settings_for_nobody() {
    let project = Project::new();
    project
        .write(PLACED, record("a.Placed", &[ID]))
        .write("schemas/publisher.toml", "[types.'a.Palced']\nlevel = 'FULL'\n");
    project.run("check --against dir:schemas").is(
        101,
        "error: schemas/publisher.toml speaks of types that have no schema here\n  - [types.\"a.Palced\"]\n\
         help: a level that is set for nobody protects nobody: correct the name, or remove the entry\n",
    );
    project.write("schemas/publisher.toml", "level = 7");
    project.run("check --against dir:schemas").has(
        101,
        &["error: schemas/publisher.toml cannot be read\n  because TOML parse error at line 1"],
    );
}

#[test]
fn no_schemas_at_all() {
    let project = Project::new();
    project.run("check").has(
        101,
        &["error: there is no folder schemas\nhelp: run the command where the project's schemas are"],
    );
    project
        .run("check --schemas nowhere")
        .has(101, &["there is no folder nowhere"]);
}

#[test]
fn a_baseline_whose_variable_was_not_set() {
    let project = Project::new();
    for (against, part) in [
        ("git:", "git: needs a revision, such as git:origin/main; or plain git"),
        (
            "registry:",
            "registry: needs an address, such as registry:http://localhost:8081; or plain registry",
        ),
        ("dir:", "dir: needs a folder"),
    ] {
        project.run(&format!("check --against {against}")).has(101, &[part]);
    }
}

/// Elsewhere the file system refuses such a name.
#[cfg(target_os = "linux")]
#[test]
fn a_schema_whose_name_is_no_utf_8_is_not_left_aside() {
    use std::os::unix::ffi::OsStrExt as _;

    let project = Project::new();
    project.write(PLACED, record("a.Placed", &[ID]));
    let name = std::ffi::OsStr::from_bytes(b"a.\xff.avsc");
    std::fs::write(project.folder.join("schemas").join(name), "\"int\"").unwrap();
    project.run("check --against dir:schemas").has(
        101,
        &["the schemas in schemas cannot be read\n  - schemas/a.\u{fffd}.avsc: its name is no UTF-8\n"],
    );
}

#[test]
fn credentials_in_the_wrong_place_are_not_repeated() {
    let project = Project::new();
    project
        .write(PLACED, record("a.Placed", &[ID]))
        .write("schemas/publisher.toml", "registry = \"https://u:secret@h\n");
    for arguments in ["check --against regstry:https://u:secret@h", "check --against history"] {
        let ran = project.run(arguments);
        ran.has(101, &["https://***@h"]);
        assert!(!ran.err.contains("secret"), "{ran:?}");
    }
}
