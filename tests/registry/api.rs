//! The embedded registry's API, asked by hand: what our client does not use, users' own clients and tools do.

use publisher_core::testing::EmbeddedRegistry;
use serde_json::{Value, json};

use crate::raw;

/// A call to make, and what comes of it: method, path, body, and the answer's status and JSON.
pub(crate) type Step<'a> = (&'a str, &'a str, Value, u16, Value);

/// Each step, of a registry that tells no GUIDs.
pub(crate) fn check(steps: &[Step<'_>]) {
    check_on(&EmbeddedRegistry::start().unwrap().without_guids(), steps);
}

pub(crate) fn check_on(server: &EmbeddedRegistry, steps: &[Step<'_>]) {
    let before = server.requests();
    for (method, path, body, status, answer) in steps {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let (actual_status, actual) = raw::call(server.url(), method, path, &body);
        let actual: Value =
            serde_json::from_str(&actual).unwrap_or_else(|_| panic!("{method} {path} answers {actual:?}"));
        // Of a refusal only the code counts here; its words are for people.
        let code = actual.get("error_code").cloned();
        assert_eq!(
            (actual_status, code.as_ref().unwrap_or(&actual)),
            (*status, answer),
            "{method} {path}: {actual}"
        );
        assert_eq!(code.is_some(), *status != 200);
    }
    assert_eq!(server.requests() - before, steps.len());
}

#[test]
fn versions_ids_and_deletion() {
    let string = json!({"schema": "\"string\""});
    let long = json!({"schema": "\"long\"", "schemaType": "AVRO"});
    let none = Value::Null;
    check(&[
        ("GET", "/", none.clone(), 200, json!({})),
        ("GET", "/schemas/types", none.clone(), 200, json!(["JSON", "AVRO"])),
        ("GET", "/subjects", none.clone(), 200, json!([])),
        (
            "PUT",
            "/config",
            json!({"compatibility": "NONE"}),
            200,
            json!({"compatibility": "NONE"}),
        ),
        (
            "POST",
            "/subjects/s/versions",
            string.clone(),
            200,
            json!({"id": 1, "version": 1, "schema": "\"string\""}),
        ),
        (
            "POST",
            "/subjects/s/versions?normalize=true",
            string.clone(),
            200,
            json!({"id": 1, "version": 1, "schema": "\"string\""}),
        ),
        (
            "POST",
            "/subjects/s/versions",
            long.clone(),
            200,
            json!({"id": 2, "version": 2, "schema": "\"long\""}),
        ),
        (
            "POST",
            "/subjects/t/versions",
            string.clone(),
            200,
            json!({"id": 1, "version": 1, "schema": "\"string\""}),
        ),
        ("GET", "/subjects", none.clone(), 200, json!(["s", "t"])),
        ("GET", "/subjects/s/versions", none.clone(), 200, json!([1, 2])),
        (
            "GET",
            "/subjects/s/versions/latest",
            none.clone(),
            200,
            json!({"subject": "s", "id": 2, "version": 2, "schema": "\"long\""}),
        ),
        (
            "GET",
            "/subjects/s/versions/1/schema",
            none.clone(),
            200,
            json!("string"),
        ),
        (
            "GET",
            "/schemas/ids/1",
            none.clone(),
            200,
            json!({"schema": "\"string\""}),
        ),
        ("GET", "/schemas/ids/1/subjects", none.clone(), 200, json!(["s", "t"])),
        (
            "GET",
            "/schemas/ids/1/versions",
            none.clone(),
            200,
            json!([{"subject": "s", "version": 1}, {"subject": "t", "version": 1}]),
        ),
        // What is not there.
        ("GET", "/subjects/x/versions", none.clone(), 404, json!(40401)),
        ("GET", "/subjects/s/versions/9", none.clone(), 404, json!(40402)),
        ("GET", "/subjects/s/versions/zero", none.clone(), 422, json!(42202)),
        ("GET", "/schemas/ids/9", none.clone(), 404, json!(40403)),
        ("POST", "/subjects/t", long, 404, json!(40403)),
        ("GET", "/schemas/guids", none.clone(), 404, json!(404)),
        ("POST", "/mode", none.clone(), 404, json!(404)),
        // What is not a schema.
        ("POST", "/subjects/s/versions", json!({"schema": ""}), 422, json!(42201)),
        (
            "POST",
            "/subjects/s/versions",
            json!({"schema": "{}", "schemaType": "PROTOBUF"}),
            422,
            json!(42201),
        ),
        (
            "POST",
            "/subjects/s/versions",
            json!({"schema": "[1]", "schemaType": "JSON"}),
            422,
            json!(42201),
        ),
        ("POST", "/subjects/s/versions", json!("no object"), 400, json!(400)),
        ("POST", "/subjects/a%0Ab/versions", string.clone(), 422, json!(42208)),
        // Deletion is soft first; numbers are not given again, ids stay.
        ("DELETE", "/subjects/s?permanent=true", none.clone(), 404, json!(40405)),
        ("DELETE", "/subjects/s/versions/1", none.clone(), 200, json!(1)),
        ("DELETE", "/subjects/s/versions/1", none.clone(), 404, json!(40406)),
        (
            "DELETE",
            "/subjects/s/versions/2?permanent=true",
            none.clone(),
            404,
            json!(40407),
        ),
        ("GET", "/subjects/s/versions", none.clone(), 200, json!([2])),
        (
            "GET",
            "/subjects/s/versions?deleted=true",
            none.clone(),
            200,
            json!([1, 2]),
        ),
        ("POST", "/subjects/s", string.clone(), 404, json!(40403)),
        (
            "POST",
            "/subjects/s/versions",
            string,
            200,
            json!({"id": 1, "version": 3, "schema": "\"string\""}),
        ),
        ("DELETE", "/subjects/s", none.clone(), 200, json!([2, 3])),
        ("DELETE", "/subjects/s", none.clone(), 404, json!(40404)),
        ("GET", "/subjects", none.clone(), 200, json!(["t"])),
        (
            "DELETE",
            "/subjects/s?permanent=true",
            none.clone(),
            200,
            json!([1, 2, 3]),
        ),
        ("GET", "/schemas/ids/2", none.clone(), 404, json!(40403)),
        ("GET", "/schemas/ids/1", none, 200, json!({"schema": "\"string\""})),
    ]);
}

#[test]
fn references_must_stand_and_hold_what_they_reference() {
    let money = json!({"schema": r#"{"type":"record","name":"Money","namespace":"a.m","fields":[]}"#});
    let refers = json!([{"name": "a.m.Money", "subject": "money", "version": 1}]);
    let text = r#"{"type":"record","name":"Order","namespace":"b","fields":[{"name":"total","type":"a.m.Money"}]}"#;
    let order = json!({"schema": text, "references": refers});
    let none = Value::Null;
    check(&[
        ("POST", "/subjects/order/versions", order.clone(), 422, json!(42201)),
        (
            "POST",
            "/subjects/money/versions",
            money.clone(),
            200,
            json!({"id": 1, "version": 1, "schema": money["schema"]}),
        ),
        (
            "POST",
            "/subjects/order/versions",
            order,
            200,
            json!({"id": 2, "version": 1, "schema": text, "references": refers}),
        ),
        (
            "GET",
            "/schemas/ids/2",
            none.clone(),
            200,
            json!({"schema": text, "references": refers}),
        ),
        (
            "GET",
            "/subjects/money/versions/1/referencedby",
            none.clone(),
            200,
            json!([2]),
        ),
        ("DELETE", "/subjects/money", none.clone(), 422, json!(42206)),
        ("DELETE", "/subjects/money/versions/1", none, 422, json!(42206)),
    ]);
}

#[test]
fn the_owner_sees_what_was_registered() {
    let server = EmbeddedRegistry::start().unwrap();
    assert_eq!((server.subjects(), server.schema("s")), (vec![], None));
    raw::call(
        server.url(),
        "POST",
        "/subjects/s/versions",
        r#"{"schema":" \"string\" "}"#,
    );
    assert_eq!(server.subjects(), ["s"]);
    assert_eq!(&*server.schema("s").unwrap().text, "\"string\"", "as it is stored");
    assert_eq!(
        (server.requests(), server.calls()),
        (1, vec!["POST /subjects/s/versions".to_owned()])
    );
    assert!(format!("{server:?}").contains(server.url()));
}
