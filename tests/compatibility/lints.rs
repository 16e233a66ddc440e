//! Every lint finds its own breaches and is silent on its near-misses; a registry approves the pairs.

use std::collections::HashSet;

use publisher_core::compatibility::{Dialect, Place, SchemaDocument, compare};
use publisher_core::lint::{self, Lint, LintCase, LintFinding, Reader, lints};
use publisher_core::registry::{SchemaText, SchemaType};
use serde_json::Value;

fn document(schema_type: SchemaType, text: &str) -> SchemaDocument {
    SchemaDocument::parse(&SchemaText::new(schema_type, text)).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Everything that is found in a case, by all lints.
fn findings(lint: &Lint, case: &LintCase) -> Vec<LintFinding> {
    let schema_type = lint.schema_type.unwrap_or(SchemaType::Avro);
    let newer = document(schema_type, case.newer);
    let found = match case.older {
        Some(older) => lint::meaning(&document(schema_type, older), &newer),
        None if lint.levels.is_empty() => lint::readers(&newer, &Reader::ALL),
        None => lint
            .levels
            .iter()
            .flat_map(|level| lint::level(&newer, *level))
            .collect(),
    };
    for finding in &found {
        exists(&finding.place, case.newer, finding);
        if let (Some(place), Some(older)) = (&finding.older, case.older) {
            exists(place, older, finding);
        }
        assert_eq!(finding.older.is_some(), case.older.is_some());
    }
    found
}

fn exists(place: &Place, text: &str, finding: &LintFinding) {
    let value: Value = serde_json::from_str(text).unwrap();
    assert!(
        value.pointer(&place.pointer).is_some(),
        "{}: {} names nothing in {text}",
        finding.lint.id,
        place.pointer
    );
}

#[test]
fn a_lint_finds_its_breaches() {
    for lint in lints() {
        for case in lint.breaches {
            let found = findings(lint, case);
            let own: Vec<&LintFinding> = found.iter().filter(|finding| finding.lint == lint).collect();
            let levels = lint.levels.len().max(1);
            assert_eq!(own.len(), levels, "{}: {}: {found:?}", lint.id, case.about);
            assert!(own.iter().all(|finding| finding.readers == lint.readers), "{}", lint.id);
        }
    }
}

#[test]
fn near_misses_are_silent() {
    for lint in lints() {
        assert!(!lint.near_misses.is_empty(), "{} has no near-misses", lint.id);
        for case in lint.near_misses {
            let found = findings(lint, case);
            let own: Vec<&LintFinding> = found.iter().filter(|finding| finding.lint == lint).collect();
            assert!(own.is_empty(), "{}: {}: {own:?}", lint.id, case.about);
        }
    }
}

#[test]
fn a_registry_approves_the_pairs() {
    for lint in lints() {
        for case in lint.breaches {
            let (Some(older), Some(schema_type)) = (case.older, lint.schema_type) else {
                continue;
            };
            let (older, newer) = (document(schema_type, older), document(schema_type, case.newer));
            let refused = compare(&newer, &older, Dialect::Confluent).unwrap();
            assert!(refused.is_empty(), "{}: {}: {refused:?}", lint.id, case.about);
        }
    }
}

#[test]
fn a_lint_speaks_of_its_readers_only() {
    for lint in lints().filter(|lint| lint.id.starts_with("reader-")) {
        let others: Vec<Reader> = Reader::ALL
            .into_iter()
            .filter(|reader| !lint.readers.contains(reader))
            .collect();
        for case in lint.breaches {
            let schema = document(lint.schema_type.unwrap(), case.newer);
            let found = lint::readers(&schema, &others);
            assert!(found.iter().all(|finding| finding.lint != lint), "{}", lint.id);
            assert!(found.iter().all(|finding| !finding.readers.is_empty()), "{}", lint.id);
            for reader in lint.readers {
                let found = lint::readers(&schema, &[*reader]);
                assert!(
                    found.iter().any(|finding| finding.lint == lint),
                    "{}: {reader}",
                    lint.id
                );
            }
        }
    }
}

#[test]
fn lints_say_what_a_reader_needs() {
    let mut ids = HashSet::new();
    for lint in lints() {
        assert!(ids.insert(lint.id), "{} stands twice", lint.id);
        assert_eq!(lint::lint(lint.id), Some(lint));
        let prefixes = ["reader-", "level-", "meaning-", "undecodable-", "unchecked-"];
        let prefix = prefixes.iter().find(|prefix| lint.id.starts_with(**prefix));
        assert!(prefix.is_some(), "{}", lint.id);
        assert_eq!(prefix == Some(&"level-"), !lint.levels.is_empty(), "{}", lint.id);
        assert!(prefix != Some(&"reader-") || !lint.readers.is_empty(), "{}", lint.id);
        assert!(
            !lint.title.is_empty() && !lint.title.ends_with('.'),
            "{}: one clause",
            lint.id
        );
        assert!(lint.explanation.ends_with('.'), "{}: sentences", lint.id);
        assert!(!lint.explanation.contains("  "), "{}: one space", lint.id);
        assert!(!lint.source.is_empty(), "{}", lint.id);
        // What one text cannot show has a test of its own.
        assert!(
            !lint.breaches.is_empty() || lint.id == "unchecked-too-large",
            "{}",
            lint.id
        );
    }
    assert_eq!(lint::lint("reader-of-tea-leaves"), None);
}

#[test]
fn a_schema_is_no_change_of_itself() {
    for lint in lints() {
        for case in lint.breaches.iter().chain(lint.near_misses) {
            let schema = document(lint.schema_type.unwrap_or(SchemaType::Avro), case.newer);
            let found = lint::meaning(&schema, &schema);
            assert!(found.is_empty(), "{}: {}: {found:?}", lint.id, case.about);
        }
    }
}
