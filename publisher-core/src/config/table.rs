//! The tables of keys as Markdown, for users.
//!
//! `KEYS.md` is this text; the test here holds it.

use std::fmt::Write as _;

use super::key::{Key, Treatment};
use super::{java_keys, kafka_keys, registry_keys};

const INTRODUCTION: &str = "\
# Keys

Every key of Confluent's serializers and registry clients and of Java's producer, and what becomes of it. A name in code
font on the right is a method of `PublisherBuilder`, or what stands before it. *Only* means that the key is accepted if it
says what is done anyway and refused if it says something else; *no effect*, that it is accepted and logged at `debug`.
Several names in one line mean the same, and the one that is given last counts. White space around a value counts for
nothing, but in passwords. An empty value of a key that is refused asks for nothing.

All other names of librdkafka (its `CONFIGURATION.md`) go to librdkafka as they are, Java's where both have the name
included: `batch.size`, `request.timeout.ms`, `metadata.max.age.ms`, `reconnect.backoff.ms`, `security.protocol`, …
Whatever is in no table and unknown to librdkafka is refused.
";

/// The whole text of `KEYS.md`.
fn markdown() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (title, keys) in [
        ("Schema registry", registry_keys::KEYS),
        (
            "librdkafka's names that have one meaning or a setting of their own",
            kafka_keys::KEYS,
        ),
        ("Java's names that librdkafka lacks", java_keys::KEYS),
    ] {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n## {title}\n\n| key | what becomes of it |\n|---|---|\n");
        for Key { names, treatment } in keys {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let _ = writeln!(text, "| {} | {} |", names.join(", "), told(treatment));
        }
    }
    text
}

fn told(treatment: &Treatment) -> String {
    match treatment {
        Treatment::Sets(_, what) => (*what).to_owned(),
        Treatment::Property(name, "") => format!("librdkafka's `{name}`"),
        Treatment::Property(name, note) => format!("librdkafka's `{name}`; {note}"),
        Treatment::Fixed(accepted, why) => format!("*only* {accepted}: {why}"),
        Treatment::NoEffect(why) => format!("*no effect*: {why}"),
        Treatment::Refused(why) => format!("*refused*: {why}"),
    }
}

#[test]
fn the_committed_table_is_that_of_the_code() {
    crate::golden::assert_committed("src/config/KEYS.md", &markdown());
}

#[test]
fn no_name_is_in_two_lines() {
    let mut names: Vec<&str> = super::resolve::keys()
        .flat_map(|key| key.names.iter().copied())
        .collect();
    names.sort_unstable();
    let twice: Vec<&str> = names
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
        .collect();
    assert!(twice.is_empty(), "{twice:?}");
}
