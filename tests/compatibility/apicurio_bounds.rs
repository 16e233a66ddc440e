//! JSON Schemas that no one writes by hand, in the dialect `apicurio`: a verdict or a clear error, soon.

use publisher_core::compatibility::{CompareError, Dialect, Finding, SchemaDocument, compare};
use publisher_core::registry::{SchemaText, SchemaType};
use serde_json::{Map, Value, json};

fn judged(reader: &Value, writer: &Value) -> Result<Vec<Finding>, CompareError> {
    let document =
        |schema: &Value| SchemaDocument::parse(&SchemaText::new(SchemaType::Json, schema.to_string())).unwrap();
    compare(&document(reader), &document(writer), Dialect::Apicurio)
}

/// Definitions `T0` to the last, the first of which is the schema.
fn definitions(count: usize, definition: impl Fn(usize) -> Value) -> Value {
    let definitions: Map<String, Value> = (0..count)
        .map(|index| (format!("T{index}"), definition(index)))
        .collect();
    json!({"$ref": "#/definitions/T0", "definitions": definitions})
}

fn reference(index: usize) -> Value {
    json!({"$ref": format!("#/definitions/T{index}")})
}

#[test]
fn a_chain_of_definitions_is_followed() {
    let chain = |count: usize, last: &str| {
        definitions(count, |index| {
            if index + 1 == count {
                return json!({"type": last});
            }
            json!({"type": "object", "properties": {"next": reference(index + 1)}})
        })
    };
    let found = judged(&chain(100, "integer"), &chain(100, "string")).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].reader.pointer, "/definitions/T99");
    assert_eq!(judged(&chain(100, "string"), &chain(100, "string")), Ok(Vec::new()));

    let error = judged(&chain(10_000, "integer"), &chain(10_000, "string")).unwrap_err();
    assert!(matches!(error, CompareError::TooDeep { .. }), "{error}");
}

/// As many ways to the last definition as 2 to the power of 40.
#[test]
fn what_many_properties_share_is_told_once() {
    let ladder = |last: &str| {
        definitions(41, |index| {
            if index == 40 {
                return json!({"type": last});
            }
            json!({"type": "object", "properties": {"a": reference(index + 1), "b": reference(index + 1)}})
        })
    };
    let found = judged(&ladder("integer"), &ladder("string")).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(judged(&ladder("number"), &ladder("integer")), Ok(Vec::new()));
}

/// Types each of which holds any of them. The registry refuses two of them although nothing has changed, with both members
/// of the first, and hangs on three.
#[test]
fn types_that_hold_each_other_have_a_verdict() {
    let tangle = |count: usize| {
        definitions(count, |index| {
            let others: Vec<Value> = (0..count).map(reference).collect();
            let kind = json!({"const": format!("T{index}")});
            let held = json!({"type": "array", "items": {"oneOf": others}});
            json!({"type": "object", "properties": {"kind": kind, "held": held}})
        })
    };
    assert_eq!(judged(&tangle(1), &tangle(1)), Ok(Vec::new()));
    let found = judged(&tangle(2), &tangle(2)).unwrap();
    let writers: Vec<&str> = found.iter().map(|finding| &*finding.writer.pointer).collect();
    let members = "/definitions/T0/properties/held/items/oneOf";
    assert_eq!(writers, [format!("{members}/0"), format!("{members}/1")]);
    assert!(!judged(&tangle(12), &tangle(12)).unwrap().is_empty());
}

#[test]
fn combinations_of_many_members_end_in_an_error() {
    let wide = |limit: usize| {
        let members: Vec<Value> = (0..5_000).map(|index| json!({"minLength": index + limit})).collect();
        json!({"oneOf": members})
    };
    let error = judged(&wide(0), &wide(1)).unwrap_err();
    assert!(matches!(error, CompareError::TooManyPairs { .. }), "{error}");
}

#[test]
fn long_lists_of_values_are_compared() {
    let values = |count: usize| json!({"enum": (0..count).collect::<Vec<usize>>()});
    assert_eq!(judged(&values(100_001), &values(100_000)), Ok(Vec::new()));
    assert_eq!(judged(&values(100_000), &values(100_001)).unwrap().len(), 1);
}

#[test]
fn a_reference_is_followed_once_on_the_way() {
    let list = |value: &str| json!({"type": "object", "properties": {"value": {"type": value}, "next": {"$ref": "#"}}});
    assert_eq!(judged(&list("string"), &list("string")), Ok(Vec::new()));
    let found = judged(&list("integer"), &list("string")).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].reader.pointer, "/properties/value");
}
