//! Events written with another schema: by hand, at random, derived, and the public cases. apache-avro reads the result
//! with their schema.

mod datum;
mod derived;
mod public_cases;
mod random;
mod records;
mod types;

use serde_json::{Value as Json, json};

use self::datum::{Datum, plan, read, written};

/// A record with these fields.
fn record(fields: Json) -> String {
    json!({"type": "record", "name": "Order", "namespace": "com.acme", "fields": fields}).to_string()
}

fn one(of: Json) -> String {
    record(json!([{"name": "a", "type": of}]))
}

fn text(value: &str) -> Datum {
    Datum::String(value.to_owned())
}

fn some(branch: usize, value: Datum) -> Datum {
    Datum::Union(branch, Box::new(value))
}

fn check(ours: &str, value: Datum, theirs: &str, expected: Datum) {
    let plan = plan(ours, theirs).unwrap_or_else(|found| panic!("{found:?}\n{ours}\n{theirs}"));
    let value = Datum::Record(vec![value]);
    let read = read(theirs, &written(&plan, &value));
    let expected = Datum::Record(vec![expected]);
    assert!(expected.is(&read), "{expected:?} is not {read:?}\n{ours}\n{theirs}");
    assert!(value == expected || !plan.is_identity(), "{ours}\n{theirs}");
}

/// The type of the only field changes.
fn becomes(ours: Json, value: Datum, theirs: Json, expected: Datum) {
    check(&one(ours), value, &one(theirs), expected);
}

/// The type of the only field changes; the bytes stay.
fn stays(ours: Json, value: Datum, theirs: Json) {
    let plan = plan(&one(ours), &one(theirs.clone())).expect("a plan");
    assert!(plan.is_identity());
    let _ = read(&one(theirs), &written(&plan, &Datum::Record(vec![value])));
}

fn refused(ours: Json, theirs: Json, expected: &[&str]) {
    refused_records(&one(ours), &one(theirs), expected);
}

fn refused_records(ours: &str, theirs: &str, expected: &[&str]) {
    let found = plan(ours, theirs).err().unwrap_or_default();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "{found} lacks {expected}");
    }
}

fn decimal(precision: u32, scale: u32) -> Json {
    json!({"type": "bytes", "logicalType": "decimal", "precision": precision, "scale": scale})
}

fn fixed_decimal(size: u32, precision: u32, scale: u32) -> Json {
    json!({"type": "fixed", "name": "Money", "size": size, "logicalType": "decimal", "precision": precision, "scale": scale})
}

fn logical(form: &str, logical: &str) -> Json {
    json!({"type": form, "logicalType": logical})
}

fn symbols(symbols: &[&str]) -> Json {
    json!({"type": "enum", "name": "Status", "symbols": symbols})
}
