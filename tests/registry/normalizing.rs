//! What `normalize` changes on the embedded registry: which texts are one schema, and how it is stored.

use serde_json::{Value, json};

use crate::api::check;

const VERSIONS: &str = "/subjects/s/versions";
const NORMALIZED: &str = "/subjects/s/versions?normalize=true";

const SENT: &str = r#"{"type":"record","name":"A","namespace":"n","doc":"d","fields":[]}"#;
const SPACED: &str =
    "{ \"type\": \"record\", \"name\": \"A\",\n\t\"namespace\": \"n\", \"doc\": \"d\", \"fields\": [ ] }";
const ORDERED: &str = r#"{"fields":[],"doc":"d","namespace":"n","name":"A","type":"record"}"#;
const QUALIFIED: &str = r#"{"type":"record","name":"n.A","doc":"d","fields":[]}"#;
const DOCUMENTED: &str = r#"{"type":"record","name":"A","namespace":"n","doc":"e","fields":[]}"#;
const NORMAL: &str = r#"{"name":"n.A","type":"record","fields":[],"doc":"d"}"#;
const NORMAL_DOCUMENTED: &str = r#"{"name":"n.A","type":"record","fields":[],"doc":"e"}"#;

fn sent(text: &str) -> Value {
    json!({ "schema": text })
}

fn told(text: &str, number: u32) -> Value {
    json!({"schema": text, "id": number, "version": number})
}

#[test]
fn without_it_only_white_space_does_not_count() {
    check(&[
        ("POST", VERSIONS, sent(SENT), 200, told(SENT, 1)),
        ("POST", VERSIONS, sent(SPACED), 200, told(SENT, 1)),
        ("POST", VERSIONS, sent(ORDERED), 200, told(ORDERED, 2)),
        ("POST", VERSIONS, sent(QUALIFIED), 200, told(QUALIFIED, 3)),
        ("POST", VERSIONS, sent(DOCUMENTED), 200, told(DOCUMENTED, 4)),
    ]);
}

#[test]
fn with_it_layout_does_not_count_but_documentation_does() {
    check(&[
        ("POST", NORMALIZED, sent(SENT), 200, told(NORMAL, 1)),
        ("POST", NORMALIZED, sent(SPACED), 200, told(NORMAL, 1)),
        ("POST", NORMALIZED, sent(ORDERED), 200, told(NORMAL, 1)),
        ("POST", NORMALIZED, sent(QUALIFIED), 200, told(NORMAL, 1)),
        ("POST", NORMALIZED, sent(DOCUMENTED), 200, told(NORMAL_DOCUMENTED, 2)),
    ]);
}

/// The two ways to register do not find each other's texts, as users of Confluent's registry learn.
#[test]
fn a_text_is_found_in_the_form_in_which_it_was_stored() {
    let mut found = told(SENT, 1);
    found["subject"] = json!("s");
    let mut normal = told(NORMAL, 2);
    normal["subject"] = json!("s");
    check(&[
        ("POST", VERSIONS, sent(SENT), 200, told(SENT, 1)),
        ("POST", "/subjects/s", sent(SPACED), 200, found),
        ("POST", "/subjects/s?normalize=true", sent(SENT), 404, json!(40403)),
        ("POST", NORMALIZED, sent(SENT), 200, told(NORMAL, 2)),
        ("POST", "/subjects/s?normalize=true", sent(ORDERED), 200, normal),
        ("POST", "/subjects/s", sent(ORDERED), 404, json!(40403)),
    ]);
}

#[test]
fn a_subject_may_be_set_to_normalize() {
    let set = json!({"normalize": true});
    check(&[
        ("PUT", "/config/s", set.clone(), 200, set),
        ("POST", VERSIONS, sent(SENT), 200, told(NORMAL, 1)),
        ("POST", VERSIONS, sent(ORDERED), 200, told(NORMAL, 1)),
        (
            "GET",
            "/config/s?defaultToGlobal=true",
            Value::Null,
            200,
            json!({"compatibilityLevel": "BACKWARD", "normalize": true}),
        ),
    ]);
}

#[test]
fn a_json_schema_has_its_members_sorted() {
    let schema = |text: &str| json!({"schemaType": "JSON", "schema": text});
    let told = |text: &str, number: u32| json!({"schemaType": "JSON", "schema": text, "id": number, "version": number});
    let (one, other) = (
        r#"{"type":"object","title":"T","maximum":1.50}"#,
        r#"{"title":"T","maximum":1.50,"type":"object"}"#,
    );
    let normal = r#"{"maximum":1.5,"title":"T","type":"object"}"#;
    check(&[
        ("POST", VERSIONS, schema(one), 200, told(one, 1)),
        ("POST", VERSIONS, schema(other), 200, told(other, 2)),
        ("POST", NORMALIZED, schema(one), 200, told(normal, 3)),
        ("POST", NORMALIZED, schema(other), 200, told(normal, 3)),
    ]);
}

#[test]
fn references_are_sorted_and_named_once() {
    let text = r#"["a.A","a.B"]"#;
    let reference = |name: &str| json!({"name": format!("a.{name}"), "subject": name, "version": 1});
    let (a, b) = (reference("A"), reference("B"));
    let order = |references: Value| json!({"schema": text, "references": references});
    let told = |references: Value, number: u32| {
        let mut told = order(references);
        told["id"] = number.into();
        told["version"] = (number - 2).into();
        told
    };
    let of = |name: &str| sent(&format!(r#"{{"name":"a.{name}","type":"record","fields":[]}}"#));
    let first = |sent: Value, id: u32| {
        let mut told = sent;
        told["id"] = id.into();
        told["version"] = 1.into();
        told
    };
    check(&[
        ("POST", "/subjects/A/versions", of("A"), 200, first(of("A"), 1)),
        ("POST", "/subjects/B/versions", of("B"), 200, first(of("B"), 2)),
        ("POST", VERSIONS, order(json!([b, a])), 200, told(json!([b, a]), 3)),
        ("POST", VERSIONS, order(json!([a, b])), 200, told(json!([a, b]), 4)),
        ("POST", NORMALIZED, order(json!([b, a])), 200, told(json!([a, b]), 4)),
    ]);
}
