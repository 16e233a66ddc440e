//! The embedded registry's level and verdict by hand: bodies and reasons as Confluent's registry has them.

use publisher_core::compatibility::Level;
use publisher_core::testing::EmbeddedRegistry;
use serde_json::{Value, json};

use crate::api::check;
use crate::{raw, record};

const ID: &str = r#"{"name":"id","type":"string"}"#;
const NOTE: &str = r#"{"name":"note","type":"string"}"#;
const NOTE_WITH_DEFAULT: &str = r#"{"name":"note","type":"string","default":""}"#;

fn post(server: &EmbeddedRegistry, path: &str, body: &Value) -> (u16, Value) {
    let (status, answer) = raw::call(server.url(), "POST", path, &body.to_string());
    (status, serde_json::from_str(&answer).unwrap())
}

fn body(fields: &[&str]) -> Value {
    json!({ "schema": &*record("Order", fields).text })
}

/// The reasons of a verbose check.
fn messages(server: &EmbeddedRegistry, path: &str, body: &Value) -> Vec<String> {
    let (status, answer) = post(server, &format!("/compatibility/subjects/{path}?verbose=true"), body);
    assert_eq!(status, 200, "{answer}");
    let messages: Vec<String> = serde_json::from_value(answer["messages"].clone()).unwrap();
    assert_eq!(answer["is_compatible"], json!(messages.is_empty()), "{answer}");
    messages
}

/// Whether the reasons have these parts, each in the reason of its number.
#[track_caller]
fn check_parts(messages: &[String], parts: &[&[&str]]) {
    assert_eq!(messages.len(), parts.len(), "{messages:#?}");
    for (message, parts) in messages.iter().zip(parts) {
        for part in *parts {
            assert!(message.contains(part), "{part:?} is missing in: {message}");
        }
    }
}

#[test]
fn levels_and_policies_are_kept() {
    let none = Value::Null;
    let level = |level: &str| json!({ "compatibilityLevel": level });
    let set = |level: &str| json!({ "compatibility": level });
    check(&[
        ("GET", "/config", none.clone(), 200, level("BACKWARD")),
        ("PUT", "/config", set("FORWARD"), 200, set("FORWARD")),
        ("GET", "/config", none.clone(), 200, level("FORWARD")),
        ("GET", "/config/s", none.clone(), 404, json!(40408)),
        (
            "GET",
            "/config/s?defaultToGlobal=true",
            none.clone(),
            200,
            level("FORWARD"),
        ),
        ("PUT", "/config/s", set("full_transitive"), 200, set("FULL_TRANSITIVE")),
        ("GET", "/config/s", none.clone(), 200, level("FULL_TRANSITIVE")),
        ("PUT", "/config/s", set("SOMETIMES"), 422, json!(42203)),
        ("PUT", "/config/s", set("FULL-TRANSITIVE"), 422, json!(42203)),
        ("PUT", "/config/s", json!({}), 422, json!(42203)),
        ("PUT", "/config/s", json!("FULL"), 400, json!(400)),
        // One part of the settings leaves the other as it is.
        (
            "PUT",
            "/config/s",
            json!({"compatibilityPolicy": "LENIENT"}),
            200,
            json!({"compatibilityPolicy": "LENIENT"}),
        ),
        (
            "GET",
            "/config/s",
            none.clone(),
            200,
            json!({"compatibilityLevel": "FULL_TRANSITIVE", "compatibilityPolicy": "LENIENT"}),
        ),
        (
            "PUT",
            "/config/s",
            json!({"compatibilityPolicy": "LOGICAL"}),
            422,
            json!(42203),
        ),
        (
            "DELETE",
            "/config/s",
            none.clone(),
            200,
            json!({"compatibilityLevel": "FULL_TRANSITIVE", "compatibilityPolicy": "LENIENT"}),
        ),
        ("DELETE", "/config/s", none.clone(), 404, json!(40408)),
        ("DELETE", "/config", none.clone(), 200, level("FORWARD")),
        ("GET", "/config", none.clone(), 200, level("BACKWARD")),
    ]);
}

#[test]
fn a_check_answers_for_what_stands() {
    let none = Value::Null;
    let string = json!({"schema": "\"string\""});
    let long = json!({"schema": "\"long\""});
    let yes = json!({"is_compatible": true});
    let no = json!({"is_compatible": false});
    let registered = json!({"id": 1, "version": 1, "schema": "\"string\""});
    check(&[
        (
            "POST",
            "/compatibility/subjects/s/versions",
            string.clone(),
            200,
            yes.clone(),
        ),
        (
            "POST",
            "/compatibility/subjects/s/versions/latest",
            string.clone(),
            200,
            yes.clone(),
        ),
        (
            "POST",
            "/compatibility/subjects/s/versions/1",
            string.clone(),
            404,
            json!(40401),
        ),
        ("POST", "/subjects/s/versions", string.clone(), 200, registered),
        (
            "POST",
            "/compatibility/subjects/s/versions",
            long.clone(),
            200,
            no.clone(),
        ),
        ("POST", "/compatibility/subjects/s/versions/1", long.clone(), 200, no),
        (
            "POST",
            "/compatibility/subjects/s/versions/9",
            long.clone(),
            404,
            json!(40402),
        ),
        (
            "POST",
            "/compatibility/subjects/s/versions/x",
            long.clone(),
            422,
            json!(42202),
        ),
        (
            "POST",
            "/compatibility/subjects/s/versions/1?verbose=true",
            string,
            200,
            json!({"is_compatible": true, "messages": []}),
        ),
        (
            "POST",
            "/compatibility/subjects/s/versions",
            json!({"schema": "{"}),
            422,
            json!(42201),
        ),
        ("POST", "/subjects/s/versions", long.clone(), 409, json!(40901)),
        // What is deleted has no readers left.
        ("DELETE", "/subjects/s/versions/1", none, 200, json!(1)),
        ("POST", "/compatibility/subjects/s/versions", long.clone(), 200, yes),
        (
            "POST",
            "/subjects/s/versions",
            long,
            200,
            json!({"id": 2, "version": 2, "schema": "\"long\""}),
        ),
    ]);
}

#[test]
fn reasons_name_kind_place_version_and_level() {
    let server = EmbeddedRegistry::start().unwrap();
    post(&server, "/subjects/s/versions", &body(&[ID]));
    let broken = body(&[ID, NOTE]);
    let told = messages(&server, "s/versions", &broken);
    check_parts(
        &told,
        &[
            &[
                "{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE', description:'",
                "at path '/fields/1'",
                "read with the new schema, written with the old one",
                "', additionalInfo:'",
                "note",
                "'}",
            ],
            &["{oldSchemaVersion: 1}"],
            &["{oldSchema: '", "\"Order\"", "'}"],
            &["{compatibility: 'BACKWARD'}"],
        ],
    );

    // A registration is refused with the same reasons in one text.
    let (status, answer) = post(&server, "/subjects/s/versions", &broken);
    assert_eq!((status, &answer["error_code"]), (409, &json!(40901)));
    let expected = format!(
        "Schema being registered is incompatible with an earlier schema for subject \"s\", details: [{}]",
        told.join(", ")
    );
    assert_eq!(answer["message"], json!(expected));
}

#[test]
fn kinds_have_confluents_names() {
    let named = |schema: &str| format!(r#"{{"type":"record","name":"R","fields":[{{"name":"x","type":{schema}}}]}}"#);
    for (older, newer, kind) in [
        (r#""string""#, r#""long""#, "TYPE_MISMATCH"),
        (r#"["null","string"]"#, r#"["null","long"]"#, "MISSING_UNION_BRANCH"),
        (
            r#"{"type":"enum","name":"E","symbols":["A","B"]}"#,
            r#"{"type":"enum","name":"E","symbols":["A"]}"#,
            "MISSING_ENUM_SYMBOLS",
        ),
        (
            r#"{"type":"fixed","name":"F","size":4}"#,
            r#"{"type":"fixed","name":"F","size":8}"#,
            "FIXED_SIZE_MISMATCH",
        ),
        (
            r#"{"type":"fixed","name":"F","size":4}"#,
            r#"{"type":"fixed","name":"G","size":4}"#,
            "NAME_MISMATCH",
        ),
    ] {
        let server = EmbeddedRegistry::start().unwrap();
        post(&server, "/subjects/s/versions", &json!({ "schema": named(older) }));
        let told = messages(&server, "s/versions", &json!({ "schema": named(newer) }));
        assert!(told[0].starts_with(&format!("{{errorType:'{kind}', ")), "{told:?}");
    }
}

#[test]
fn the_newest_version_that_breaks_is_told_and_no_other() {
    let server = EmbeddedRegistry::start().unwrap();
    server.set_level("s", Level::None);
    for fields in [&[ID][..], &[NOTE_WITH_DEFAULT], &[ID, NOTE_WITH_DEFAULT]] {
        post(&server, "/subjects/s/versions", &body(fields));
    }
    let candidate = body(&[ID, NOTE]);
    server.set_level("s", Level::BackwardTransitive);
    // The third version has both fields; the second lacks the one, the first the other.
    let told = messages(&server, "s/versions", &candidate);
    check_parts(
        &told,
        &[
            &["READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/0"],
            &["{oldSchemaVersion: 2}"],
            &["{oldSchema: '"],
            &["{compatibility: 'BACKWARD_TRANSITIVE'}"],
        ],
    );
    assert_eq!(messages(&server, "s/versions/latest", &candidate), Vec::<String>::new());
    assert_eq!(
        messages(&server, "s/versions/1", &candidate)[1],
        "{oldSchemaVersion: 1}"
    );
    server.set_level("s", Level::Backward);
    assert_eq!(messages(&server, "s/versions", &candidate), Vec::<String>::new());
}

#[test]
fn full_tells_of_old_readers_first() {
    let server = EmbeddedRegistry::start().unwrap();
    server.set_level("s", Level::Full);
    post(&server, "/subjects/s/versions", &body(&[ID]));
    check_parts(
        &messages(&server, "s/versions", &body(&[NOTE])),
        &[
            &["read with the old schema, written with the new one", "id"],
            &["read with the new schema, written with the old one", "note"],
            &["{oldSchemaVersion: 1}"],
            &["{oldSchema: '"],
            &["{compatibility: 'FULL'}"],
        ],
    );
}

#[test]
fn another_language_breaks_every_level_but_none() {
    let server = EmbeddedRegistry::start().unwrap();
    post(&server, "/subjects/s/versions", &body(&[ID]));
    let other = json!({"schema": "{\"type\":\"object\"}", "schemaType": "JSON"});
    for level in Level::ALL {
        server.set_level("s", level);
        let told = messages(&server, "s/versions", &other);
        assert_eq!(told.is_empty(), level == Level::None, "{level}: {told:?}");
    }
}

#[test]
fn a_policy_widens_what_an_open_object_takes() {
    let server = EmbeddedRegistry::start().unwrap();
    let schema = |properties: Value| {
        let schema = json!({"type": "object", "properties": properties});
        json!({"schema": schema.to_string(), "schemaType": "JSON"})
    };
    post(
        &server,
        "/subjects/s/versions",
        &schema(json!({"id": {"type": "string"}})),
    );
    let next = schema(json!({"id": {"type": "string"}, "note": {"type": "string"}}));
    let told = messages(&server, "s/versions", &next);
    check_parts(&told[..1], &[&["{errorType:'", "at path '#/properties/note'"]]);
    raw::call(server.url(), "PUT", "/config", r#"{"compatibilityPolicy":"LENIENT"}"#);
    assert_eq!(messages(&server, "s/versions", &next), Vec::<String>::new());
}

#[test]
fn a_new_schema_is_read_strictly() {
    let server = EmbeddedRegistry::start().unwrap();
    let wrong = body(&[r#"{"name":"n","type":"int","default":"one"}"#]);
    let (status, answer) = post(&server, "/subjects/s/versions", &wrong);
    assert_eq!((status, &answer["error_code"]), (422, &json!(42201)), "{answer}");
    // Who asks for reasons gets this as one.
    check_parts(
        &messages(&server, "s/versions", &wrong),
        &[&["/fields/0/default", "is no int"]],
    );
    // A look-up is for schemas of any age.
    assert_eq!(post(&server, "/subjects/s", &wrong).0, 404);
}
