//! Modes on the embedded registry: what each of them refuses, and ids that come from elsewhere.

use publisher_core::registry::{RegistryError, SchemaRegistry};
use publisher_core::testing::EmbeddedRegistry;
use serde_json::{Value, json};

use crate::api::{Step, check, check_on};
use crate::{avro, client, raw};

const VERSIONS: &str = "/subjects/s/versions";

fn mode(name: &str) -> Value {
    json!({ "mode": name })
}

#[test]
fn a_mode_is_the_subjects_or_its_contexts_or_the_one_for_all() {
    let none = Value::Null;
    let (writes, reads) = (mode("READWRITE"), mode("READONLY"));
    check(&[
        ("GET", "/mode", none.clone(), 200, writes.clone()),
        ("GET", "/mode/s", none.clone(), 404, json!(40409)),
        ("GET", "/mode/s?defaultToGlobal=true", none.clone(), 200, writes.clone()),
        ("PUT", "/mode", reads.clone(), 200, reads.clone()),
        ("GET", "/mode/s?defaultToGlobal=true", none.clone(), 200, reads.clone()),
        ("PUT", "/mode/s", writes.clone(), 200, writes.clone()),
        ("GET", "/mode/s", none.clone(), 200, writes.clone()),
        ("GET", "/mode/:.:s", none.clone(), 200, writes.clone()),
        ("PUT", "/mode/:.c:", mode("import"), 200, mode("IMPORT")),
        (
            "GET",
            "/mode/:.c:s?defaultToGlobal=true",
            none.clone(),
            200,
            mode("IMPORT"),
        ),
        ("PUT", "/mode/s", mode("SLEEP"), 422, json!(42204)),
        ("PUT", "/mode/s", json!({}), 422, json!(42204)),
        ("DELETE", "/mode/s", none.clone(), 200, writes),
        ("DELETE", "/mode/s", none.clone(), 404, json!(40401)),
        ("GET", "/mode/s?defaultToGlobal=true", none, 200, reads),
    ]);
}

#[test]
fn a_subject_that_is_read_only_stays_as_it_is() {
    let (string, long) = (json!({"schema": "\"string\""}), json!({"schema": "\"long\""}));
    let told = json!({"id": 1, "version": 1, "schema": "\"string\""});
    let none = Value::Null;
    let config = json!({"compatibility": "NONE"});
    check(&[
        ("POST", VERSIONS, string.clone(), 200, told.clone()),
        ("PUT", "/mode/s", mode("READONLY"), 200, mode("READONLY")),
        ("POST", VERSIONS, long.clone(), 422, json!(42205)),
        // Even what stands already.
        ("POST", VERSIONS, string.clone(), 422, json!(42205)),
        ("DELETE", VERSIONS, none.clone(), 404, json!(404)),
        ("DELETE", "/subjects/s", none.clone(), 422, json!(42205)),
        ("DELETE", "/subjects/s/versions/1", none.clone(), 422, json!(42205)),
        ("PUT", "/config/s", config.clone(), 422, json!(42205)),
        ("GET", "/subjects/s/versions", none.clone(), 200, json!([1])),
        ("POST", "/subjects/t/versions", string.clone(), 200, told.clone()),
        // A mode of the subject's own goes before the one for all, but for one.
        ("PUT", "/mode", mode("READONLY"), 200, mode("READONLY")),
        ("PUT", "/mode/s", mode("READWRITE"), 200, mode("READWRITE")),
        ("POST", VERSIONS, string.clone(), 200, told),
        ("POST", "/subjects/t/versions", string.clone(), 422, json!(42205)),
        ("PUT", "/config", config, 422, json!(42205)),
        (
            "PUT",
            "/mode",
            mode("READONLY_OVERRIDE"),
            200,
            mode("READONLY_OVERRIDE"),
        ),
        ("POST", VERSIONS, string, 422, json!(42205)),
    ]);
}

#[test]
fn schemas_are_imported_under_their_ids_and_versions() {
    let sent = |text: &str, id: i64, version: i64| json!({"schema": text, "id": id, "version": version});
    let told = |text: &str, id: u32, version: u32| json!({"schema": text, "id": id, "version": version});
    let (string, long) = ("\"string\"", "\"long\"");
    let none = Value::Null;
    let steps: [Step<'_>; 14] = [
        ("POST", VERSIONS, sent(string, 40, 3), 422, json!(42205)),
        ("PUT", "/mode/s", mode("IMPORT"), 200, mode("IMPORT")),
        ("POST", VERSIONS, json!({"schema": string}), 422, json!(42205)),
        ("POST", VERSIONS, sent(string, 40, 3), 200, told(string, 40, 3)),
        ("POST", VERSIONS, sent(string, 40, 3), 200, told(string, 40, 3)),
        // Levels are not asked: the other registry has done so.
        ("POST", VERSIONS, sent(long, 7, 2), 200, told(long, 7, 2)),
        ("GET", VERSIONS, none.clone(), 200, json!([2, 3])),
        // An id means one schema.
        ("POST", VERSIONS, sent("\"int\"", 7, 4), 422, json!(42205)),
        // One schema may have two ids.
        ("POST", VERSIONS, sent(string, 41, 4), 200, told(string, 41, 4)),
        ("GET", "/schemas/ids/41", none.clone(), 200, json!({"schema": string})),
        ("PUT", "/mode/s", mode("READWRITE"), 200, mode("READWRITE")),
        // New ids follow the highest, and -1 and 0 are no wish for one.
        (
            "POST",
            "/subjects/t/versions",
            sent("\"int\"", -1, 0),
            200,
            told("\"int\"", 42, 1),
        ),
        // Ids that were given here would meet those that come.
        ("PUT", "/mode/t", mode("IMPORT"), 422, json!(42205)),
        ("PUT", "/mode/t?force=true", mode("IMPORT"), 200, mode("IMPORT")),
    ];
    check(&steps);
    let server = EmbeddedRegistry::start().unwrap().without_guids();
    check_on(
        &server,
        &[
            ("PUT", "/mode", mode("IMPORT"), 200, mode("IMPORT")),
            ("POST", VERSIONS, sent(string, 5, 1), 200, told(string, 5, 1)),
            ("PUT", "/mode", mode("READWRITE"), 200, mode("READWRITE")),
            ("PUT", "/mode", mode("IMPORT"), 422, json!(42205)),
        ],
    );
}

#[tokio::test]
async fn the_client_is_told_that_a_subject_is_read_only() {
    let server = EmbeddedRegistry::start().unwrap();
    raw::call(server.url(), "PUT", "/mode/s", r#"{"mode":"READONLY"}"#);
    let registry = client(server.url());
    let error = registry.register("s", &avro("\"string\"")).await.unwrap_err();
    assert_eq!(error.failure().code(), Some(42205), "{error}");
    assert!(!error.is_retriable());
    assert!(!matches!(error, RegistryError::NotFound(_)), "{error}");
    assert!(error.failure().reason().contains("read-only mode"), "{error}");
}
