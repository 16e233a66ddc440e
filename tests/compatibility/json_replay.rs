//! What the registry approves and readers refuse is a lint: pairs of schemas are replayed with documents.

use std::collections::BTreeMap;

use jsonschema::Validator;
use publisher_core::compatibility::{Dialect, SchemaDocument, compare};
use publisher_core::lint;
use publisher_core::registry::{SchemaText, SchemaType};
use serde_json::Value;

use crate::json_documents::{document, edit, event};
use crate::numbers::Numbers;

const PAIRS: u64 = 6_000;
const DOCUMENTS: usize = 24;

/// A lint that warns of documents that a validator refuses; the others warn of something else.
fn explains(id: &str) -> bool {
    (id.starts_with("unchecked-") || id.starts_with("undecodable-")) && id != "undecodable-json-added-property"
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft7::options()
        .should_validate_formats(true)
        .build(schema)
        .unwrap_or_else(|error| panic!("{error}: {schema}"))
}

fn read(schema: &Value) -> Option<SchemaDocument> {
    SchemaDocument::parse(&SchemaText::new(SchemaType::Json, schema.to_string())).ok()
}

/// A document that the older schema accepts and the newer one refuses, if one is found; and how many were accepted.
fn refused(numbers: &mut Numbers, older: &Value, newer: &Value) -> (Option<Value>, usize) {
    let (before, now) = (validator(older), validator(newer));
    let mut accepted = 0;
    for _ in 0..DOCUMENTS {
        let document = document(numbers, older, older);
        if before.is_valid(&document) {
            accepted += 1;
            if !now.is_valid(&document) {
                return (Some(document), accepted);
            }
        }
    }
    (None, accepted)
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts of the classes are for who reads the run")]
fn what_is_approved_and_refused_is_a_lint() {
    let (mut approved, mut documents, mut failed) = (0, 0, 0);
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unlisted = Vec::new();
    for seed in 0..PAIRS {
        let mut numbers = Numbers(seed);
        let older = event(&mut numbers);
        let mut newer = older.clone();
        for _ in 0..numbers.below(4) {
            edit(&mut numbers, &mut newer);
        }
        let (Some(one), Some(other)) = (read(&older), read(&newer)) else {
            continue;
        };
        if compare(&other, &one, Dialect::Confluent).is_ok_and(|found| !found.is_empty()) {
            continue;
        }
        approved += 1;
        let (found, accepted) = refused(&mut numbers, &older, &newer);
        documents += accepted;
        let Some(found) = found else { continue };
        failed += 1;
        let mut lints: Vec<&str> = lint::meaning(&one, &other)
            .iter()
            .map(|finding| finding.lint.id)
            .collect();
        lints.retain(|id| explains(id));
        lints.sort_unstable();
        lints.dedup();
        if lints.is_empty() {
            unlisted.push(format!("seed {seed}:\n  {older}\n  {newer}\n  {found}"));
        }
        for id in lints {
            *classes.entry(id).or_default() += 1;
        }
    }
    println!("{PAIRS} pairs, {approved} approved, {documents} documents, {failed} pairs with one that is refused");
    for (id, pairs) in &classes {
        println!("{pairs:6} {id}");
    }
    unlisted.sort_by_key(String::len);
    let shown = unlisted
        .iter()
        .take(10)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n");
    assert!(unlisted.is_empty(), "{} without a lint:\n{shown}", unlisted.len());
    // A search that finds nothing proves nothing.
    assert!(
        approved > PAIRS / 4 && documents > 10_000 && failed > 20,
        "{approved} {documents} {failed}"
    );
}
