//! `publisher explain`: bytes from anywhere, their schema from a file.

use crate::support::{ID, Project, record};

/// An order of 3 things.
fn project() -> Project {
    let project = Project::new();
    project.write(
        "schemas/a.Placed.avsc",
        record(
            "a.Placed",
            &[ID, r#"{"name": "lines", "type": {"type": "array", "items": "a.Line"}}"#],
        ),
    );
    project.write(
        "schemas/a.Line.avsc",
        record("a.Line", &[r#"{"name": "quantity", "type": "long"}"#]),
    );
    project.write("schemas/a.Note.json", r#"{"title": "a.Note", "type": "object"}"#);
    project
}

#[test]
fn every_field_with_its_bytes() {
    let project = project();
    let expected = &[
        "frame    000000002a: version 0, schema id 42\nschema   Avro, schemas/a.Placed.avsc\npayload  6 bytes\n\n",
        "\n5+3   046162",
        "  /id ",
        "  string ",
        "  \"ab\"\n",
        "  /lines/0/quantity ",
        "  3\n",
    ];
    for bytes in [
        "000000002a 046162 020600",
        "0x000000002A046162020600",
        "AAAAACoEYWICBgA=",
    ] {
        project
            .run_with(&["explain", bytes, "--schema", "schemas/a.Placed.avsc"])
            .has(0, expected);
    }
    project.write("value.bin", [0, 0, 0, 0, 0x2a, 4, b'a', b'b', 2, 6, 0]);
    project
        .run("explain --file value.bin --schema schemas/a.Placed.avsc")
        .has(0, expected);
}

#[test]
fn frames_of_other_forms() {
    let project = project();
    project
        .run("explain 046162020600 --bare --schema schemas/a.Placed.avsc")
        .has(
            0,
            &[
                "schema   Avro, schemas/a.Placed.avsc\npayload  6 bytes\n",
                "0+3  046162",
            ],
        );
    let guid = "0189791762233641869674299b90a802e2";
    project
        .run(&format!(
            "explain 046162020600 --header {guid} --schema schemas/a.Placed.avsc"
        ))
        .has(
            0,
            &[
                "(in the header): version 1, schema GUID 89791762-2336-4186-9674-299b90a802e2\n",
                "0+3  046162",
            ],
        );
    project.run(&format!("explain {guid}046162020600")).has(
        101,
        &["error: schema GUID 89791762-2336-4186-9674-299b90a802e2 is not asked of registries here\nhelp: name the schema's file"],
    );
}

#[test]
fn json_says_its_fields_itself() {
    // {"id":"a","lines":[3]}
    let hex = "00000000017b226964223a2261222c226c696e6573223a5b335d7d";
    project().run(&format!("explain {hex} --schema schemas/a.Note.json")).is(
        0,
        "frame    0000000001: version 0, schema id 1\nschema   JSON Schema, schemas/a.Note.json\npayload  22 bytes\n\n\
         11+3  226122  /id       string  \"a\"\n24+1  33      /lines/0  number  3\n",
    );
}

#[test]
fn bytes_that_do_not_fit() {
    let project = project();
    project
        .run("explain 000000002a0461 --schema schemas/a.Placed.avsc")
        .has(100, &["\nthe bytes do not fit the schema: byte "]);
    project
        .run("explain 000000002a04616202060000 --schema schemas/a.Placed.avsc")
        .has(100, &["the bytes do not fit the schema: byte 11"]);
    project
        .run("explain 00000000017b --schema schemas/a.Note.json")
        .has(100, &["the bytes do not fit the schema: is no JSON: EOF"]);
    project
        .run("explain 0000000001ff --schema schemas/a.Note.json")
        .has(100, &["is no UTF-8 from byte 0 on"]);
}

#[test]
fn bytes_alone_have_no_length_in_a_frame() {
    let project = project();
    project.write("schemas/bytes.avsc", r#""bytes""#);
    let note = "note: bytes that are the whole value are without Avro's length, as Confluent's Java client writes and reads \
                them\n";
    project.run("explain 0000000007cafe --schema schemas/bytes.avsc").is(
        0,
        &format!(
            "frame    0000000007: version 0, schema id 7\nschema   Avro, schemas/bytes.avsc\npayload  2 bytes\n\n\
             5+2  cafe  /  bytes  cafe\n{note}"
        ),
    );
    project.run("explain 000000000704cafe --schema schemas/bytes.avsc").has(
        0,
        &[
            "\n5+3  04cafe  /  bytes  04cafe\n",
            note,
            "note: if they were written with a length they are cafe\n",
        ],
    );
    project
        .run("explain 0000000007 --schema schemas/bytes.avsc")
        .has(0, &["payload  0 bytes\n", note]);
    // Without a frame they are plain Avro.
    project
        .run("explain 04cafe --bare --schema schemas/bytes.avsc")
        .has(0, &["\n0+3  04cafe  /  bytes  cafe\n"]);
    project
        .run("explain cafe --bare --schema schemas/bytes.avsc")
        .has(100, &["the bytes do not fit the schema: byte "]);
    // Within a record they are too.
    project.write(
        "schemas/a.Blob.avsc",
        record("a.Blob", &[r#"{"name": "it", "type": "bytes"}"#]),
    );
    project
        .run("explain 000000000704cafe --schema schemas/a.Blob.avsc")
        .has(0, &["  /it ", "  cafe\n"]);
}

#[test]
fn what_cannot_be_explained() {
    let project = project();
    for (arguments, part) in [
        (
            "explain 7b7d --schema schemas/a.Note.json",
            "error: the bytes are no frame\n  because unknown magic byte 0x7b",
        ),
        (
            "explain 7b7d --bare",
            "error: bytes without a frame do not say their schema\nhelp: name its file: --schema FILE\n",
        ),
        ("explain xyz!", "the bytes are neither hex nor base64"),
        ("explain --file nowhere.bin", "nowhere.bin cannot be read"),
        (
            "explain 000000000100 --schema nowhere.avsc",
            "nowhere.avsc cannot be read",
        ),
        (
            "explain 000000000100",
            "error: the schema is known by its id alone\n  because no registry is named\n",
        ),
        (
            "explain 000000000100 --registry http://127.0.0.1:1",
            "schema registry unreachable",
        ),
    ] {
        project.run(arguments).has(101, &[part]);
    }
}
