//! Every rule shows itself on its own breach and is silent on its near-misses, in every dialect that has it.

use publisher_core::compatibility::{Case, Dialect, Finding, Rule, SchemaDocument, compare, rules};
use publisher_core::registry::{SchemaText, SchemaType};
use serde_json::Value;

/// A case's schema; the pair of two languages has the one that its text is in.
fn document(rule: &Rule, text: &str) -> SchemaDocument {
    let schema_type = rule.schema_type.unwrap_or(if text.contains("$schema") {
        SchemaType::Json
    } else {
        SchemaType::Avro
    });
    SchemaDocument::parse(&SchemaText::new(schema_type, text))
        .unwrap_or_else(|error| panic!("{}: {error}: {text}", rule.id))
}

fn findings(rule: &Rule, case: &Case, dialect: Dialect) -> Vec<Finding> {
    let (reader, writer) = (document(rule, case.reader), document(rule, case.writer));
    let findings = compare(&reader, &writer, dialect).unwrap();
    for finding in &findings {
        for (place, text) in [(&finding.reader, case.reader), (&finding.writer, case.writer)] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert!(
                value.pointer(&place.pointer).is_some(),
                "{}: {} names nothing in {text}",
                rule.id,
                place.pointer
            );
        }
    }
    findings
}

#[test]
fn a_rule_finds_its_breach_and_nothing_else() {
    for rule in rules() {
        for dialect in rule.dialects {
            let found = findings(rule, &rule.breach, *dialect);
            let ids: Vec<&str> = found.iter().map(|finding| finding.rule.id).collect();
            assert_eq!(ids, [rule.id], "{dialect}: {}", rule.breach.about);
        }
    }
}

#[test]
fn near_misses_are_silent() {
    for rule in rules() {
        assert!(
            !rule.near_misses.is_empty() || rule.schema_type.is_none(),
            "{} has no near-misses",
            rule.id
        );
        for case in rule.near_misses {
            for dialect in rule.dialects {
                let found = findings(rule, case, *dialect);
                assert!(found.is_empty(), "{}, {dialect}: {}: {found:?}", rule.id, case.about);
            }
        }
    }
}

#[test]
fn rules_say_what_a_reader_needs() {
    let mut ids: Vec<&str> = Vec::new();
    for rule in rules() {
        assert!(!ids.contains(&rule.id), "{} stands twice", rule.id);
        ids.push(rule.id);
        assert!(
            rule.title.chars().next().is_some_and(char::is_lowercase),
            "{}: one clause",
            rule.id
        );
        assert!(!rule.title.ends_with('.'), "{}: one clause", rule.id);
        assert!(rule.explanation.ends_with('.'), "{}: sentences", rule.id);
        assert!(
            !rule.specification.is_empty() && !rule.dialects.is_empty(),
            "{}",
            rule.id
        );
    }
}
