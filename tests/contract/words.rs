//! The words in which a type and its committed file differ, one field a difference.

use crate::blessed;
use crate::project::Project;

const SOURCE: &str = r#"
use std::collections::BTreeMap;
use publisher_core::{Event, EventData};

#[derive(EventData)]
pub struct Short { pub code: String }

#[derive(EventData)]
pub struct Long { pub code: String, pub count: i32 }

#[derive(EventData)]
pub enum Status { New, #[event(default)] Other }

#[derive(EventData)]
#[event(union)]
pub enum Source { Web { page: String }, Shop { number: i32 } }

#[derive(Event)]
#[event(topic = "words", namespace = "com.acme.words", schema = "schemas/words.FILE", encoding = ENCODING, unkeyed)]
pub struct Said {
    pub added: Vec<Short>,
    pub removed: Vec<Long>,
    pub bytes: [u8; 4],
    pub any_bytes: [u8; 4],
    #[event(fixed = "Hash")]
    pub fixed: [u8; 4],
    pub map: BTreeMap<String, i32>,
    pub list: Vec<i32>,
    pub status: Status,
    pub source: Source,
    pub other: Short,
    pub required: Held,
    pub optional: Loose,
    pub bound: String,
}

#[derive(EventData)]
pub struct Held { pub number: i32 }

#[derive(EventData)]
pub struct Loose { #[event(default = 1)] pub number: i32 }
"#;

/// A build says all of it at once.
const CHANGES: [(&str, &str); 10] = [
    (
        "pub struct Short { pub code: String",
        "pub struct Short { pub code: String, pub extra: bool",
    ),
    ("pub code: String, pub count: i32", "pub code: String"),
    ("pub bytes: [u8; 4]", "pub bytes: [u8; 5]"),
    ("pub any_bytes: [u8; 4]", "pub any_bytes: Vec<u8>"),
    ("pub fixed: [u8; 4]", "pub fixed: [u8; 6]"),
    ("pub map: BTreeMap<String, i32>", "pub map: i64"),
    ("pub list: Vec<i32>", "pub list: i64"),
    ("New, #[event(default)] Other", "#[event(default)] New, Other"),
    ("pub source: Source", "pub source: bool"),
    ("pub other: Short", "pub other: bool"),
];

fn changed(source: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(source.to_owned(), |source, (from, to)| {
        assert!(source.contains(from), "{from}");
        source.replace(from, to)
    })
}

#[test]
fn an_avro_schema_differs_in_words() {
    let source = changed(SOURCE, &[("FILE", "avsc"), ("ENCODING", "avro")]);
    let project = blessed("words-avro", &source);
    project.write("service/src/lib.rs", &changed(&source, &CHANGES));
    project.check(None).fails([
        "added[]: the struct has the field `extra`, the file has not",
        "removed[]: the file has the field `count`, the struct has not",
        "fixed: the struct has fixed com.acme.words.Hash of 6, the file has fixed com.acme.words.Hash of 4",
        "map: the struct has long, the file has a map of int",
        "list: the struct has long, the file has an array of int",
        "status: the default symbol of the struct's enum is New, that of the file's is Other",
        "source: the struct has boolean, the file has [the record com.acme.words.SourceWeb, ",
        "other: the struct has boolean, the file has the record com.acme.words.Short",
        "; change either side, or write the file anew with `PUBLISHER_SCHEMAS=bless cargo test`",
    ]);
}

#[test]
fn a_json_schema_differs_in_words() {
    let source = changed(SOURCE, &[("FILE", "json"), ("ENCODING", "json")]);
    let project = blessed("words-json", &source);
    let committed = project.read("schemas/words.json");
    project.write("service/src/lib.rs", &changed(&source, &CHANGES));
    project.check(None).fails([
        "added[]: the struct has the field `extra`, the file has not",
        "removed[]: the file has the field `count`, the struct has not",
        // Four bytes and five have texts of the same length.
        "bytes: the struct has `pattern` `",
        "any_bytes: the file has constraints that the struct's field has not: minLength, maxLength, pattern, contentEncoding",
        "fixed: the struct has `pattern` `",
        "map: the struct has integer, the file has a map of integer",
        "list: the struct has integer, the file has an array of integer",
        "source: the struct has boolean, the file has a union of Web, Shop",
        "other: the struct has boolean, the file has the object com.acme.words.Short",
    ]);

    let bound = ("pub bound: String", "#[event(max_length = 3)] pub bound: String");
    let held = ("pub struct Held { pub", "pub struct Held { #[event(default = 1)] pub");
    project.write("service/src/lib.rs", &changed(&source, &[bound]));
    project
        .check(None)
        .fails(["bound: the struct has `maxLength` 3, the file has none"]);
    project.write("service/src/lib.rs", &changed(&source, &[held]));
    project
        .check(None)
        .fails(["required.number: the default of the struct's field is 1, that of the file's is none"]);

    // Whether a property must be there is part of the contract, with or without a default.
    project.write("service/src/lib.rs", &source);
    let definition = "\"com.acme.words.Held\": {\n";
    let (before, rest) = committed.split_once(definition).expect("a definition");
    let loosened = rest.replacen("\"required\": [\n        \"number\"\n      ],\n", "", 1);
    assert_ne!(loosened, rest);
    project.write("schemas/words.json", &format!("{before}{definition}{loosened}"));
    project
        .check(None)
        .fails(["required.number: the struct's field is required, the file's property is not"]);
    let definition = "\"com.acme.words.Loose\": {\n";
    let tightened = committed.replace(definition, &format!("{definition}      \"required\": [\"number\"],\n"));
    assert_ne!(tightened, committed);
    project.write("schemas/words.json", &tightened);
    project
        .check(None)
        .fails(["optional.number: the file's property is required, the struct's field is not"]);
}

/// The derive does not see the names within a flattened record: the compiler compares them.
#[test]
fn the_names_of_flattened_fields_differ_in_words() {
    const FLATTENED: &str = r#"
use publisher_core::{Event, EventData};

#[derive(EventData)]
pub struct Inner { pub by: String, pub at: i64, pub note: String }

#[derive(Event)]
#[event(topic = "flat", namespace = "com.acme.flat", schema = "schemas/flat.FILE", encoding = ENCODING, unkeyed)]
pub struct Flat {
    pub id: i32,
    #[event(flatten)]
    pub inner: Inner,
    pub held: Inner,
}
"#;
    const FIELDS: &str = "pub by: String, pub at: i64, pub note: String";
    let other_order = "pub at: i64, pub by: String, pub note: String";
    for (extension, encoding) in [("avsc", "avro"), ("json", "json")] {
        let source = changed(FLATTENED, &[("FILE", extension), ("ENCODING", encoding)]);
        let project = blessed(&format!("words-flat-{encoding}"), &source);
        let file = format!("schemas/flat.{extension}");
        for (fields, said) in [
            (
                "pub at: i64, pub note: String",
                "the file has the field `by`, the struct has not",
            ),
            (
                "pub one: i32, pub by: String, pub two: i32, pub note: String",
                "the struct has the fields `one`, `two`, the file has not; the file has the field `at`, the struct has not",
            ),
            (
                "pub note: String",
                "the file has the fields `by`, `at`, the struct has not",
            ),
        ] {
            project.write("service/src/lib.rs", &source.replace(FIELDS, fields));
            // The properties of a JSON object are written down in the order of their names.
            let said = match encoding {
                "json" => said.replace("`by`, `at`", "`at`, `by`"),
                _ => said.to_owned(),
            };
            project
                .check(None)
                .fails(&[format!("{file}: {said}"), format!("{file}: held: {said}")]);
        }
        project.write("service/src/lib.rs", &source.replace(FIELDS, other_order));
        if encoding == "json" {
            project.check(None).succeeds();
            continue;
        }
        let said = "the order differs: the struct has the field `at` where the file has `by`";
        project
            .check(None)
            .fails(&[format!("{file}: {said}"), format!("{file}: held: {said}")]);
    }
}

/// What a JSON Schema's keywords say, with the values of both sides, and the forms that have only a pattern there.
#[test]
fn the_values_of_keywords_differ_in_words() {
    const BOUNDED: &str = r#"
use std::time::SystemTime;
use publisher_core::Event;
use rust_decimal::Decimal;

#[derive(Event)]
#[event(topic = "bounded", namespace = "com.acme.bounded", schema = "schemas/bounded.json", encoding = json, unkeyed)]
pub struct Bounded {
    #[event(min = 1)]
    pub no: u32,
    #[event(min = 0.5)]
    pub rate: f64,
    #[event(max_length = 4, pattern = "^[a-z]+$")]
    pub code: String,
    #[event(decimal(12, 2))]
    pub total: Decimal,
    #[event(decimal(12, 2, number))]
    pub tax: Decimal,
    pub at: SystemTime,
    pub when: Option<SystemTime>,
}
"#;
    let project = Project::new("words-keywords");
    let manifest = project.read("service/Cargo.toml").replace(
        "default-features = false }",
        "default-features = false, features = [\"decimal\"] }\nrust_decimal = { version = \"1\", default-features = false }",
    );
    project.write("service/Cargo.toml", &manifest);
    project.write("service/src/lib.rs", BOUNDED);
    project.test(Some("bless")).succeeds();
    project.check(None).succeeds();
    let changes = [
        ("#[event(min = 1)]\n", ""),
        ("min = 0.5", "min = 0.25"),
        (
            "max_length = 4, pattern = \"^[a-z]+$\"",
            "max_length = 5, pattern = \"^[A-Z]+$\"",
        ),
    ];
    project.write("service/src/lib.rs", &changed(BOUNDED, &changes));
    project.check(None).fails([
        "no: the struct has `minimum` 0, the file 1;",
        "rate: the struct has `minimum` 0.25, the file 0.5;",
    ]);
    project.write(
        "service/src/lib.rs",
        &changed(
            BOUNDED,
            &[
                ("^[a-z]+$", "^[A-Z]+$"),
                ("decimal(12, 2))", "decimal(12, 3))"),
                ("decimal(12, 2, number)", "decimal(12, 3, number)"),
            ],
        ),
    );
    project.check(None).fails([
        "code: the struct has `pattern` `^[A-Z]+$`, the file `^[a-z]+$`;",
        r"total: the struct has `pattern` `^-?(?:[0-9]\.[0-9]{3}|[1-9][0-9]{1,8}\.[0-9]{3})$`, the file `^-?(?:[0-9]\.[0-9]{2}|[1-9][0-9]{1,9}\.[0-9]{2})$`;",
        "tax: the struct has `minimum` -999999999.999, the file -9999999999.99;",
    ]);
    let file = "schemas/bounded.json";
    let committed = project.read(file);
    project.write(
        "service/src/lib.rs",
        &changed(
            BOUNDED,
            &[
                ("pub at: SystemTime", "pub at: i64"),
                ("Option<SystemTime>", "SystemTime"),
            ],
        ),
    );
    project.check(None).fails([
        "at: the struct has integer, the file has string;",
        "when: the struct has string (date-time in milliseconds), the file has [null, string];",
    ]);
    assert_eq!(project.read(file), committed);
}
