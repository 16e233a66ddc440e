//! The JSON of an entry: there and back, and every text that is none.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use super::*;

/// An entry with every member, references within references included.
pub(in crate::registry::store) fn sample() -> StoredEntry {
    let avro = |text: &str| SchemaText::new(SchemaType::Avro, text);
    let reference = |name: &str, version: Option<u32>, schema: SchemaText| SchemaReference {
        name: name.into(),
        subject: format!("{name} of \"a\"").into(),
        version: version.map(SubjectVersion),
        schema,
    };
    let currency = reference("a.Currency", Some(3), avro("{\n \"type\": \"enum\"}"));
    let money = reference(
        "a.Money",
        None,
        avro("\"ä\u{1}\u{2028}\"").with_references([currency.clone()]),
    );
    StoredEntry {
        version: Some(SubjectVersion(4)),
        guid: Some(SchemaGuid(*b"0123456789abcdef")),
        schema: Some(avro("\"long\"").with_references([money, currency])),
        ..StoredEntry::new(
            "https://r.example",
            "orders-a.Placed",
            Asked::Latest,
            SchemaId(u32::MAX),
        )
    }
}

#[test]
fn there_and_back() {
    let mut least = StoredEntry::new("r", "", Asked::Content(Fingerprint(0x1f)), SchemaId(1));
    let text = least.text().unwrap();
    assert_eq!(
        text,
        r#"{"registry":"r","subject":"","asked":"fingerprint 000000000000001f","id":1}"#
    );
    assert_eq!(StoredEntry::parse(&text), Ok(least.clone()));
    least.asked = Asked::Id(SchemaId(1));
    for entry in [least, sample()] {
        assert_eq!(StoredEntry::parse(&entry.text().unwrap()), Ok(entry));
    }
}

#[test]
fn the_text_does_not_depend_on_features_of_other_crates() {
    let text = sample().text().unwrap();
    assert!(
        text.starts_with(
            r#"{"registry":"https://r.example","subject":"orders-a.Placed","asked":"latest","id":4294967295,"version":4,"guid":"30313233-3435-3637-3839-616263646566","schema":{"type":"AVRO","text":"\"long\"","references":[{"name":"a.Money","#
        ),
        "{text}"
    );
    assert!(!text.contains('\n'), "{text}");
}

#[test]
fn what_is_no_entry() {
    let check = |text: &str, part: &str| {
        let reason = StoredEntry::parse(text).unwrap_err();
        assert!(reason.contains(part), "{text}: {reason}");
    };
    let with = |members: &str| format!(r#"{{"registry":"r","subject":"s",{members}}}"#);
    check("", "is no JSON: EOF while parsing a value (column 0)");
    check(&"[".repeat(1000), "is no JSON: recursion limit exceeded (column ");
    check("[]", "is no JSON object");
    check("{}", "has no \"asked\"");
    check(
        r#"{"registry":7,"asked":"latest","id":1}"#,
        "has a \"registry\" that is no text",
    );
    check(&with(r#""asked":"latest""#), "has no \"id\"");
    for id in ["4294967296", "-1", "1.0", "\"1\"", "null"] {
        check(
            &with(&format!(r#""asked":"latest","id":{id}"#)),
            "has a \"id\" that is no number of 32 bits",
        );
    }
    check(&with(r#""asked":"latest","id":0"#), "is 0, which no registry gives");
    check(&with(r#""asked":"latest","id":1,"version":0"#), "version is 0");
    check(
        &with(r#""asked":"id 2","id":1"#),
        "its id is not the one that was asked for",
    );
    for asked in ["", "latest ", "id", "id x", "fingerprint 1g", "content 1", "id -1"] {
        check(
            &with(&format!(r#""asked":"{asked}","id":1"#)),
            "has an \"asked\" that is no",
        );
    }
    // Numbers that Rust reads and nobody writes.
    for asked in [
        "id +1",
        "id 01",
        "fingerprint 1",
        "fingerprint +00000000000001f",
        "fingerprint 00000000000000AB",
    ] {
        check(&with(&format!(r#""asked":"{asked}","id":1"#)), "another layout");
    }
    check(
        &with(r#""asked":"latest","id":1,"guid":"x""#),
        "has a \"guid\" that is none",
    );
    check(
        &with(r#""asked":"latest","id":1,"guid":"3031323334353637-3839-616263646566""#),
        "another layout",
    );
    check(
        &with(r#""asked":"latest","id":1,"idd":2"#),
        "has the member \"idd\", which is unknown",
    );
    check(&with(r#""asked":"latest","id":1,"id":2"#), "has a member twice");
    check(&with(r#""asked":"latest", "id":1"#), "another layout");
    for (schema, part) in [
        ("7", "has a schema that is no JSON object"),
        (r#"{"type":"PROTOBUF","text":""}"#, "neither AVRO nor JSON"),
        (r#"{"type":"AVRO"}"#, "has no \"text\""),
        (
            r#"{"type":"AVRO","text":"","references":[7]}"#,
            "has a reference that is no",
        ),
        (r#"{"type":"AVRO","text":"","references":7}"#, "another layout"),
        (
            r#"{"type":"AVRO","text":"","references":[{"name":"n","subject":"s"}]}"#,
            "has a reference without a schema",
        ),
    ] {
        check(&with(&format!(r#""asked":"latest","id":1,"schema":{schema}"#)), part);
    }
}

/// A schema that refers to another so many times in a row.
fn deep(levels: usize) -> SchemaText {
    let mut schema = SchemaText::new(SchemaType::Avro, "\"int\"");
    for _ in 1..levels {
        let reference = SchemaReference {
            name: "n".into(),
            subject: "s".into(),
            version: None,
            schema: schema.clone(),
        };
        // Two of each, so that a walk without a bound would not come to an end.
        schema = schema.with_references([reference.clone(), reference]);
    }
    schema
}

#[test]
fn what_is_too_much_is_refused() {
    let mut entry = sample();
    let check = |entry: &StoredEntry, part: &str| {
        let reason = entry.text().unwrap_err();
        assert!(reason.contains(part), "{reason}");
    };
    entry.schema = Some(SchemaText::new(SchemaType::Avro, "x".repeat(MAX_SCHEMA_BYTES)));
    assert_eq!(StoredEntry::parse(&entry.text().unwrap()).as_ref(), Ok(&entry));
    entry.schema = Some(SchemaText::new(SchemaType::Avro, "x".repeat(MAX_SCHEMA_BYTES + 1)));
    check(&entry, "more than 1 MiB");
    entry.schema = Some(deep(12));
    assert_eq!(StoredEntry::parse(&entry.text().unwrap()).as_ref(), Ok(&entry));
    entry.schema = Some(deep(16));
    check(&entry, "more than 1 MiB");
    entry.schema = Some(deep(64));
    check(&entry, "more than 16 levels deep");
    // Deeper than is written, but not so deep that JSON itself refuses it.
    let mut schema = r#"{"type":"AVRO","text":""}"#.to_owned();
    for _ in 0..MAX_LEVELS {
        schema = format!(r#"{{"type":"AVRO","text":"","references":[{{"name":"","subject":"","schema":{schema}}}]}}"#);
    }
    let text = format!(r#"{{"registry":"r","subject":"s","asked":"latest","id":1,"schema":{schema}}}"#);
    let reason = StoredEntry::parse(&text).unwrap_err();
    assert!(reason.contains("more than 16 levels deep"), "{reason}");
}
