//! Levels over a history: which versions count, in which direction, and the strongest level that holds.

use publisher_core::compatibility::{Dialect, Direction, EarlierVersion, History, Level, SchemaDocument, Verdict};
use publisher_core::registry::{SchemaText, SchemaType};

use crate::public::cases;

fn document(text: &str) -> SchemaDocument {
    SchemaDocument::parse(&SchemaText::new(SchemaType::Avro, text)).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn history<'a>(texts: impl IntoIterator<Item = &'a str>) -> History {
    let versions = texts.into_iter().enumerate().map(|(index, text)| EarlierVersion {
        name: format!("version {}", index + 1),
        schema: document(text),
    });
    History::new(versions.collect())
}

/// A record with these fields: `a`, `b=` with a default.
fn record(fields: &str) -> String {
    let fields: Vec<String> = fields
        .split_whitespace()
        .map(|field| match field.strip_suffix('=') {
            Some(name) => format!(r#"{{"name":"{name}","type":"string","default":""}}"#),
            None => format!(r#"{{"name":"{field}","type":"string"}}"#),
        })
        .collect();
    format!(r#"{{"type":"record","name":"R","fields":[{}]}}"#, fields.join(","))
}

fn judge(earlier: &[&str], candidate: &str) -> Verdict {
    let texts: Vec<String> = earlier.iter().map(|fields| record(fields)).collect();
    let history = history(texts.iter().map(String::as_str));
    history
        .judge_all(&document(&record(candidate)), Level::Backward, Dialect::Confluent)
        .unwrap()
}

fn check(earlier: &[&str], candidate: &str, strongest: &str, breaks: &[(usize, Direction)]) {
    let verdict = judge(earlier, candidate);
    let names: Vec<&str> = verdict.strongest().iter().map(|level| level.name()).collect();
    assert_eq!(names.join(" "), strongest, "{earlier:?} {candidate}");
    let found: Vec<(usize, Direction)> = verdict
        .all_breaks()
        .iter()
        .map(|found| (found.version + 1, found.direction))
        .collect();
    assert_eq!(found, breaks, "{earlier:?} {candidate}");
}

#[test]
fn the_strongest_levels_are_told() {
    use Direction::{Backward, Forward};
    check(&[], "a", "FULL_TRANSITIVE", &[]);
    check(&["a"], "a b=", "FULL_TRANSITIVE", &[]);
    check(&["a"], "a b", "FORWARD_TRANSITIVE", &[(1, Backward)]);
    check(&["a b"], "a", "BACKWARD_TRANSITIVE", &[(1, Forward)]);
    check(&["a"], "b", "NONE", &[(1, Forward), (1, Backward)]);
    // The classic one: the default is gone two versions later.
    check(&["a", "a b="], "a b", "FORWARD_TRANSITIVE FULL", &[(1, Backward)]);
    check(&["a b", "a b="], "a", "BACKWARD_TRANSITIVE FULL", &[(1, Forward)]);
    check(
        &["a", "a b", "a b c="],
        "a b c",
        "FORWARD_TRANSITIVE FULL",
        &[(2, Backward), (1, Backward)],
    );
}

#[test]
fn a_level_looks_at_what_it_names() {
    let earlier = [record("a"), record("a b=")];
    let history = history(earlier.iter().map(String::as_str));
    let candidate = document(&record("a b"));
    for (level, compatible) in [
        (Level::None, true),
        (Level::Backward, true),
        (Level::BackwardTransitive, false),
        (Level::Forward, true),
        (Level::ForwardTransitive, true),
        (Level::Full, true),
        (Level::FullTransitive, false),
    ] {
        let verdict = history.judge(&candidate, level, Dialect::Confluent).unwrap();
        assert_eq!(verdict.is_compatible(), compatible, "{level}");
        let all = history.judge_all(&candidate, level, Dialect::Confluent).unwrap();
        assert_eq!(all.is_compatible(), compatible, "{level}");
        assert_eq!(all.holds(level), compatible, "{level}");
    }
}

#[test]
fn another_language_breaks_every_level_but_none() {
    let history = history([record("a").as_str()]);
    let json = SchemaDocument::parse(&SchemaText::new(SchemaType::Json, r#"{"type":"object"}"#)).unwrap();
    for level in Level::ALL {
        let verdict = history.judge(&json, level, Dialect::Confluent).unwrap();
        assert_eq!(verdict.is_compatible(), level == Level::None, "{level}");
    }
    let all = history.judge_all(&json, Level::Full, Dialect::Confluent).unwrap();
    assert_eq!(all.strongest(), [Level::None]);
}

#[test]
fn public_histories_are_judged_alike() {
    for case in cases("histories.json") {
        let texts: Vec<String> = case["history"]
            .as_array()
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect();
        let history = history(texts.iter().map(String::as_str));
        let level: Level = case["level"].as_str().unwrap().parse().unwrap();
        let text = case["candidate"].to_string();
        let candidate = match case.get("candidate_type") {
            None => document(&text),
            Some(_) => SchemaDocument::parse(&SchemaText::new(SchemaType::Json, &*text)).unwrap(),
        };
        let verdict = history.judge(&candidate, level, Dialect::Confluent).unwrap();
        assert_eq!(
            Some(verdict.is_compatible()),
            case["compatible"].as_bool(),
            "{}",
            case["id"]
        );
    }
}
