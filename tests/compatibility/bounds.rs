//! Schemas that no one writes by hand end in a verdict or a clear error, soon.

use publisher_core::compatibility::{Dialect, SchemaDocument, compare};
use publisher_core::registry::{SchemaText, SchemaType};

fn avro(text: &str) -> SchemaDocument {
    SchemaDocument::parse(&SchemaText::new(SchemaType::Avro, text)).unwrap()
}

/// A union of records, each of which holds the next; the innermost has this field.
fn chain(length: usize, innermost: &str) -> SchemaDocument {
    let mut records = vec![format!(r#"{{"type":"record","name":"R0","fields":[{innermost}]}}"#)];
    for index in 1..length {
        let field = format!(
            r#"{{"name":"next","type":["null",{{"type":"array","items":"R{}"}}]}}"#,
            index - 1
        );
        records.push(format!(r#"{{"type":"record","name":"R{index}","fields":[{field}]}}"#));
    }
    // The longest chain first: nothing is known yet when it is walked.
    let names: Vec<String> = (0..length).rev().map(|index| format!("\"R{index}\"")).collect();
    let held = format!(
        r#"{{"type":"record","name":"Root","fields":[{{"name":"all","type":[{}]}},{{"name":"first","type":[{}]}}]}}"#,
        records.join(","),
        names.join(",")
    );
    avro(&held)
}

#[test]
fn a_long_chain_of_records_is_followed_to_its_end() {
    let older = chain(1_000, r#"{"name":"x","type":"int"}"#);
    let newer = chain(1_000, r#"{"name":"x","type":"string"}"#);
    let findings = compare(&newer, &older, Dialect::Confluent).unwrap();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(compare(&older, &older, Dialect::Confluent).unwrap().is_empty());
}

/// Each type has two fields of the next one: as many ways to the innermost as 2 to the power of 60.
#[test]
fn what_many_fields_share_is_told_once() {
    let ladder = |innermost: &str| {
        let mut text = format!(r#"{{"type":"record","name":"R0","fields":[{innermost}]}}"#);
        for index in 1..20 {
            text = format!(
                r#"{{"type":"record","name":"R{index}","fields":[{{"name":"a","type":{text}}},{{"name":"b","type":"R{}"}}]}}"#,
                index - 1
            );
        }
        avro(&text)
    };
    let older = ladder(r#"{"name":"x","type":"int"},{"name":"y","type":"int"}"#);
    let newer = ladder(r#"{"name":"x","type":"string"},{"name":"y","type":"string"}"#);
    assert_eq!(compare(&newer, &older, Dialect::Confluent).unwrap().len(), 2);
}

#[test]
fn unions_of_many_branches_end_in_an_error() {
    let wide = |prefix: &str| {
        let branches: Vec<String> = (0..5_000)
            .map(|index| format!(r#"{{"type":"record","name":"{prefix}{index}","fields":[]}}"#))
            .collect();
        avro(&format!("[{}]", branches.join(",")))
    };
    let error = compare(&wide("A"), &wide("B"), Dialect::Confluent).map_err(|error| error.to_string());
    assert_eq!(
        error,
        Err("the two schemas have too many parts to be compared: more than 20000000 pairs of them".to_owned())
    );
}
