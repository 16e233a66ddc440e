//! Our reader of properties against Java's: `java.jsonl` has random texts and what `java.util.Properties.load` of OpenJDK 17
//! made of each, `null` where it threw. Texts from which Java makes half a surrogate pair are left out, because no
//! Rust text can hold one.

use std::collections::BTreeMap;

use publisher_core::config::Settings;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    text: String,
    read: Option<BTreeMap<String, String>>,
}

#[test]
fn texts_are_read_as_java_reads_them() {
    let cases: Vec<Case> = include_str!("java.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(cases.iter().any(|case| case.read.is_none()));
    for Case { text, read: expected } in cases {
        assert_eq!(read(&text), expected, "{text:?}");
    }
}

fn read(text: &str) -> Option<BTreeMap<String, String>> {
    let settings = Settings::from_properties(text).ok()?;
    let value = |key: &str| settings.get(key).unwrap().to_owned();
    Some(settings.keys().map(|key| (key.to_owned(), value(key))).collect())
}
