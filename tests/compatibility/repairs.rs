//! Every breach of a rule has a repair, and every repair that is told repairs.

use publisher_core::compatibility::{
    Dialect, EarlierVersion, History, Level, Repair, Rule, SchemaDocument, repairs, rules,
};
use publisher_core::registry::{SchemaText, SchemaType};

fn document(schema_type: SchemaType, text: &str) -> SchemaDocument {
    SchemaDocument::parse(&SchemaText::new(schema_type, text)).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The repairs of all that breaks with the one earlier version, by finding.
fn repaired(schema_type: SchemaType, older: &str, newer: &str, level: Level, dialect: Dialect) -> Vec<Vec<Repair>> {
    let history = History::new(vec![EarlierVersion {
        name: "version 1".to_owned(),
        schema: document(schema_type, older),
    }]);
    let candidate = document(schema_type, newer);
    let verdict = history.judge(&candidate, level, dialect).unwrap();
    let mut all = Vec::new();
    for broken in verdict.breaks() {
        for finding in &broken.findings {
            let found = repairs(&history, &candidate, (level, dialect), broken, finding);
            for repair in &found {
                // Of one finding: others may be left.
                let after = history
                    .judge(&document(schema_type, &repair.text), level, dialect)
                    .unwrap();
                let left = after.breaks().flat_map(|broken| &broken.findings).count();
                let before = verdict.breaks().flat_map(|broken| &broken.findings).count();
                assert!(left < before, "{}: {newer} becomes {}", repair.title, repair.text);
            }
            all.push(found);
        }
    }
    all
}

/// Breaches that no edit of the newer schema repairs, each with the reason.
const WITHOUT: [(&str, Level); 1] = [
    // The earlier version is the one that the registry cannot compare.
    ("json-draft-unknown", Level::Forward),
];

/// What is left without a repair, or has one against the list.
fn check(rule: &Rule, level: Level, wrong: &mut Vec<String>) {
    let Some(schema_type) = rule.schema_type else { return };
    let (older, newer) = match level {
        // The breach is told from the reader's side, who is the older one here.
        Level::Forward => (rule.breach.reader, rule.breach.writer),
        _ => (rule.breach.writer, rule.breach.reader),
    };
    for dialect in rule.dialects {
        for found in repaired(schema_type, older, newer, level, *dialect) {
            let listed = WITHOUT.contains(&(rule.id, level));
            if found.is_empty() != listed {
                wrong.push(format!("{} at {level} in {dialect}: {older} -> {newer}", rule.id));
            }
        }
    }
}

#[test]
fn every_breach_has_a_repair_backward() {
    let mut wrong = Vec::new();
    rules().for_each(|rule| check(rule, Level::Backward, &mut wrong));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_breach_has_a_repair_forward() {
    let mut wrong = Vec::new();
    rules().for_each(|rule| check(rule, Level::Forward, &mut wrong));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_gentlest_repair_comes_first() {
    let record = |fields: &str| format!(r#"{{"type":"record","name":"Placed","fields":[{fields}]}}"#);
    let (id, note) = (r#"{"name":"id","type":"string"}"#, r#"{"name":"note","type":"string"}"#);
    let titles = |older: &str, newer: &str| -> Vec<String> {
        let found = repaired(
            SchemaType::Avro,
            &record(older),
            &record(newer),
            Level::Backward,
            Dialect::Confluent,
        );
        found.into_iter().flatten().map(|repair| repair.title).collect()
    };
    assert_eq!(
        titles(id, &format!("{id},{note}")),
        [
            "give the field `note` the default \"\"",
            "make the field `note` optional, with the default null",
            "leave the field `note` out",
        ]
    );
    // A field that went and one that came, of one type: perhaps it is the same.
    assert_eq!(
        titles(
            &format!("{id},{note}"),
            &format!(r#"{id},{{"name":"remark","type":"string"}}"#)
        )[0],
        "if `remark` is the renamed `note`, say so by an alias"
    );
    // No default is the value of a moment.
    let at = r#"{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}"#;
    assert_eq!(
        titles(id, &format!("{id},{at}"))[0],
        "make the field `at` optional, with the default null"
    );
}
