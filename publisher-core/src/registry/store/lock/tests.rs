//! The text of a lock: one for each, and what is wrong with every other.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use super::super::entry::tests::sample;
use super::*;
use crate::record::{SchemaId, SubjectVersion};
use crate::wire::SchemaGuid;

const HEAD: &str = "[{\"comment\":\"The ids by which schema registries know the schemas \
    beside this file. Written by `publisher lock`, not by hand; commit it.\",\"format\":1}\n";
const PLACED: &str = ",{\"registry\":\"r\",\"subject\":\"orders-a.Placed\",\"asked\":\"fingerprint 000000000000000b\",\"id\":7,\"version\":2}\n";

fn entry(registry: &str, subject: &str, fingerprint: u64, id: u32) -> StoredEntry {
    let asked = Asked::Content(Fingerprint(fingerprint));
    StoredEntry::new(registry, subject, asked, SchemaId(id))
}

/// A lock with these entries, in the order given.
fn lock(entries: &[StoredEntry]) -> SchemaLock {
    let mut lock = SchemaLock::default();
    for entry in entries {
        lock.set(entry.clone()).unwrap();
    }
    lock
}

#[test]
fn there_is_one_text() {
    assert_eq!(SchemaLock::default().text(), format!("{HEAD}]\n"));
    let mut placed = entry("r", "orders-a.Placed", 11, 7);
    placed.version = Some(SubjectVersion(2));
    let mut money = entry("r", "a.Money", u64::MAX, 8);
    money.guid = Some(SchemaGuid(*b"0123456789abcdef"));
    let of_another = entry("q", "z", 1, 9);
    let older = entry("r", "orders-a.Placed", 10, 6);
    let expected = format!(
        "{HEAD}\
         ,{{\"registry\":\"q\",\"subject\":\"z\",\"asked\":\"fingerprint 0000000000000001\",\"id\":9}}\n\
         ,{{\"registry\":\"r\",\"subject\":\"a.Money\",\"asked\":\"fingerprint ffffffffffffffff\",\"id\":8,\
         \"guid\":\"30313233-3435-3637-3839-616263646566\"}}\n\
         ,{{\"registry\":\"r\",\"subject\":\"orders-a.Placed\",\"asked\":\"fingerprint 000000000000000a\",\"id\":6}}\n\
         {PLACED}]\n"
    );
    let one = lock(&[placed.clone(), older.clone(), money.clone(), of_another.clone()]);
    let other = lock(&[of_another, money, older, placed]);
    assert_eq!(one.text(), expected);
    assert_eq!(one, other);
    assert_eq!(SchemaLock::parse(&expected).unwrap(), one);
    // In any order of lines, with the ends of lines that git may write, and with lines between.
    let mut lines: Vec<&str> = expected.lines().collect();
    lines[1..5].reverse();
    lines.insert(3, "");
    assert_eq!(SchemaLock::parse(&lines.join("\r\n")).unwrap(), one);
    let value: serde_json::Value = serde_json::from_str(&expected).unwrap();
    assert_eq!(value.as_array().map(Vec::len), Some(5));
}

#[test]
fn an_entry_is_for_one_registry_subject_and_schema() {
    let mut lock = lock(&[entry("r", "s", 1, 7), entry("r", "t", 1, 8), entry("q", "s", 1, 9)]);
    let id = |lock: &SchemaLock, registry: &str, subject: &str, fingerprint: u64| {
        let found = lock.find(registry, subject, Fingerprint(fingerprint));
        found.map(|entry| entry.id.0)
    };
    assert_eq!(id(&lock, "r", "s", 1), Some(7));
    assert_eq!(id(&lock, "r", "t", 1), Some(8));
    assert_eq!(id(&lock, "q", "s", 1), Some(9));
    assert_eq!(id(&lock, "q", "t", 1), None);
    assert_eq!(id(&lock, "r", "s", 2), None);
    let before = lock.set(entry("r", "s", 1, 70)).unwrap();
    assert_eq!(
        (before, id(&lock, "r", "s", 1)),
        (Some(entry("r", "s", 1, 7)), Some(70))
    );
    lock.retain(|entry| entry.registry == "q");
    assert_eq!(lock.entries(), [entry("q", "s", 1, 9)]);

    // The schema is that of the folder.
    let of_ours = StoredEntry {
        schema: sample().schema,
        ..entry("r", "s", 1, 7)
    };
    lock.set(of_ours).unwrap();
    assert_eq!(lock.find("r", "s", Fingerprint(1)), Some(&entry("r", "s", 1, 7)));
    for asked in [Asked::Latest, Asked::Id(SchemaId(7))] {
        let error = lock.set(StoredEntry::new("r", "s", asked, SchemaId(7))).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the entry for the subject s is none for a lock: it does not answer to the fingerprint of a schema"
        );
    }
    assert_eq!(
        lock.set(entry("r", "s", 1, 0)).unwrap_err().to_string(),
        "the entry for the subject s is none for a lock: its id or its version is 0, which no registry gives"
    );
    assert_eq!(lock.entries().len(), 2);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let check = |text: &str, expected: &str| {
        let error = SchemaLock::parse(text).unwrap_err().to_string();
        let rest = "; take the file from the last commit, or remove the line, then run `publisher lock`";
        assert_eq!(error.strip_suffix(rest).unwrap_or(&error), expected, "{text}");
    };
    let with = |line: &str| format!("{HEAD}{PLACED}{line}\n]\n");
    check("", "line 1 is empty");
    check("{}", "line 1 begins with no `[`, as the first line of a lock does");
    check(
        &format!("\u{feff}{HEAD}]\n"),
        "line 1 begins with no `[`, as the first line of a lock does",
    );
    check("[{\n", "line 1 is no JSON: EOF while parsing an object (column 1)");
    check("[]\n", "line 1 is no JSON: expected value (column 1)");
    check("[{}\n]\n", "line 1 has no \"format\"");
    check("[{\"format\":1}\n]\n", "line 1 has no \"comment\"");
    check(
        "[{\"comment\":\"\",\"format\":1,\"x\":1}\n]\n",
        "line 1 has the member \"x\", which is unknown",
    );
    check(
        "[{\"format\":2,\"new\":true}\n]\n",
        "line 1 names the format 2, and this version reads the format 1: use the version that wrote it, or remove the \
         file and run `publisher lock`",
    );
    check(HEAD, "line 1 is the last line and no `]`: the file is cut");
    check(
        &format!("{HEAD}{PLACED}"),
        "line 2 is the last line and no `]`: the file is cut",
    );
    check(&with("]\n,{}"), "line 4 stands behind the `]` that ends the file");
    check(
        &with("{}"),
        "line 3 begins with no comma, as a line with an entry does, and is no `]`",
    );
    check(&with(",{}"), "line 3 has no \"asked\"");
    check(
        &with(&format!("{},", PLACED.trim_end())),
        "line 3 is no JSON: trailing characters (column 103)",
    );
    check(
        &with(",{\"registry\":\"r\",\"subject\":\"s\",\"asked\":\"latest\",\"id\":1}"),
        "line 3 does not answer to the fingerprint of a schema",
    );
    let schema = ",\"schema\":{\"type\":\"AVRO\",\"text\":\"\"}}";
    check(
        &with(&format!("{}{schema}", PLACED.trim_end().trim_end_matches('}'))),
        "line 3 has a schema, which stands beside the lock",
    );
    check(
        &with(&PLACED.trim_end().replace("\"id\"", "\"idd\":1,\"id\"")),
        "line 3 has the member \"idd\", which is unknown",
    );
    check(
        &with(&PLACED.trim_end().replace("\"id\"", "\"id\":8,\"id\"")),
        "line 3 has a member twice, or another layout than it is written with",
    );
    check(
        &with(&PLACED.trim_end().replace(":7", ":8")),
        "line 3 speaks of the schema under orders-a.Placed of which line 2 speaks: remove one of the two, then run \
         `publisher lock`",
    );
}

#[test]
fn a_merge_conflict_is_named() {
    let ours = PLACED.replace(":7", ":8");
    for style in ["", "||||||| 1a2b3c4\n"] {
        let text = format!("{HEAD}<<<<<<< HEAD\n{PLACED}{style}=======\n{ours}>>>>>>> branch\n]\n");
        let error = SchemaLock::parse(&text).unwrap_err();
        assert!(matches!(&error, LockError::Conflict(place) if place.line() == 2 && place.path().is_none()));
        assert_eq!(
            error.to_string(),
            "line 2 is part of a merge conflict: leave the entries of both sides, then run `publisher lock`"
        );
    }
    // What was forgotten of one.
    let text = format!("{HEAD}{PLACED}>>>>>>> branch\n]\n");
    assert!(
        SchemaLock::parse(&text)
            .unwrap_err()
            .to_string()
            .starts_with("line 3 is part of a merge conflict")
    );
}
