//! The calls of the client that publishing does not need: subjects, versions and their schemas, what goes over the wire,
//! and what each makes of answers that are none.

use publisher_core::compatibility::Level;
use publisher_core::registry::{RegistryClient, RegistryError, SchemaReference, SchemaRegistry, SchemaText};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{SchemaId, SubjectVersion};
use serde_json::json as value;

use crate::raw::{self, Once};
use crate::{avro, client, json, normal};

const SIGN_IN: &str = "<html><body>Sign in</body></html>";

/// An answer with this body.
fn answer(status: &str, body: &str) -> Once {
    Once::answer(format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    ))
}

#[tokio::test]
async fn subjects_versions_and_their_schemas() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    assert_eq!(registry.subjects().await.unwrap(), Vec::<String>::new());

    server.set_global_level(Level::None);
    let (string, long, json) = (avro("\"string\""), avro("\"long\""), json("true"));
    for (subject, schema) in [("b/c", &string), ("b/c", &long), ("b/c", &string), ("a", &json)] {
        registry.register(subject, schema).await.unwrap();
    }
    assert_eq!(registry.subjects().await.unwrap(), ["a", "b/c"]);
    assert_eq!(
        registry.versions("b/c").await.unwrap(),
        [SubjectVersion(1), SubjectVersion(2)]
    );

    let latest = registry.schema_of("b/c", None).await.unwrap();
    assert_eq!(
        (latest.id, latest.version, &latest.schema),
        (SchemaId(2), SubjectVersion(2), &long)
    );
    let first = registry.schema_of("b/c", Some(SubjectVersion(1))).await.unwrap();
    assert_eq!(
        (first.id, first.version, &first.schema),
        (SchemaId(1), SubjectVersion(1), &string)
    );
    assert_eq!(registry.schema_of("a", None).await.unwrap().schema, json);

    // What is deleted is not told of.
    raw::call(server.url(), "DELETE", "/subjects/b%2Fc/versions/1", "");
    assert_eq!(registry.versions("b/c").await.unwrap(), [SubjectVersion(2)]);
    for (subject, version, code) in [
        ("b/c", Some(SubjectVersion(1)), 40402),
        ("c", None, 40401),
        ("c", Some(SubjectVersion(1)), 40401),
    ] {
        let error = registry.schema_of(subject, version).await.unwrap_err();
        assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
        assert_eq!(
            (error.failure().code(), error.failure().subject_name()),
            (Some(code), Some(subject))
        );
    }
    let error = registry.versions("c").await.unwrap_err();
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
}

#[tokio::test]
async fn a_schema_comes_with_its_references_and_is_checked_with_them() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    let reference = |name: &str, schema: SchemaText| SchemaReference {
        name: name.into(),
        subject: format!("shared/{name}").into(),
        version: None,
        schema,
    };
    let unit = reference(
        "a.Unit",
        avro(r#"{"type":"enum","name":"Unit","namespace":"a","symbols":["CENT"]}"#),
    );
    let money = avro(r#"{"type":"record","name":"Money","namespace":"a","fields":[{"name":"unit","type":"Unit"}]}"#);
    let money = reference("a.Money", money.with_references([unit]));
    let order =
        avro(r#"{"type":"record","name":"Order","namespace":"b","fields":[{"name":"total","type":"a.Money"}]}"#);
    let order = order.with_references([money]);

    // Whoever asks for a verdict writes nothing, so the reference must stand.
    let error = registry.check_compatibility("order", &order).await.unwrap_err();
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
    assert_eq!(error.failure().subject_name(), Some("shared/a.Unit"));

    registry.register("order", &order).await.unwrap();
    assert!(registry.check_compatibility("order", &order).await.unwrap().compatible);
    let before = server.requests();
    let found = registry.schema_of("order", None).await.unwrap();
    assert_eq!(server.requests() - before, 3);
    assert_eq!(normal(&found.schema), normal(&order));
    let money = &found.schema.references[0];
    assert_eq!(
        (&*money.name, &*money.subject, money.version),
        ("a.Money", "shared/a.Money", Some(SubjectVersion(1)))
    );
    let unit = &money.schema.references[0];
    assert_eq!(
        (&*unit.name, &*unit.subject, unit.version),
        ("a.Unit", "shared/a.Unit", Some(SubjectVersion(1)))
    );
}

#[tokio::test]
async fn a_subject_is_one_segment_of_the_path() {
    let subject = "a/b c%?#";
    let path = "a%2Fb%20c%25%3F%23";
    let server = answer("200 OK", "[1]");
    client(&server.url).versions(subject).await.unwrap();
    check_request(server, &format!("GET /subjects/{path}/versions HTTP/1.1"), "");

    let server = answer("200 OK", r#"{"id":1,"version":1,"schema":"\"string\""}"#);
    client(&server.url).schema_of(subject, None).await.unwrap();
    check_request(server, &format!("GET /subjects/{path}/versions/latest HTTP/1.1"), "");

    let server = answer("200 OK", r#"{"compatibilityLevel":"FULL"}"#);
    client(&server.url).level(subject).await.unwrap();
    check_request(server, &format!("GET /config/{path} HTTP/1.1"), "");

    let server = answer("200 OK", r#"{"compatibility":"FULL"}"#);
    client(&format!("{}/apis/ccompat/v7", server.url))
        .set_level(subject, Level::Full)
        .await
        .unwrap();
    let request = format!("PUT /apis/ccompat/v7/config/{path} HTTP/1.1");
    check_request(server, &request, r#"{"compatibility":"FULL"}"#);
}

#[track_caller]
fn check_request(server: Once, first_line: &str, body: &str) {
    let request = server.request();
    let (head, sent) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!((head.lines().next().unwrap(), sent), (first_line, body));
    let head = head.to_ascii_lowercase();
    assert!(
        head.contains("\r\naccept: application/vnd.schemaregistry.v1+json\r\n"),
        "{head}"
    );
    let typed = head.contains("\r\ncontent-type: application/vnd.schemaregistry.v1+json\r\n");
    assert_eq!(typed, !body.is_empty(), "{head}");
}

/// What every call makes of the same answer; each is asked as often as it asks.
async fn errors(registry: &RegistryClient, server: &EmbeddedRegistry, status: u16, body: &str) -> Vec<RegistryError> {
    let schema = avro("\"string\"");
    let mut errors = Vec::new();
    server.fail_next(1, status, body);
    errors.push(registry.subjects().await.unwrap_err());
    server.fail_next(1, status, body);
    errors.push(registry.versions("s").await.unwrap_err());
    server.fail_next(1, status, body);
    errors.push(registry.schema_of("s", None).await.unwrap_err());
    server.fail_next(1, status, body);
    errors.push(registry.level("s").await.unwrap_err());
    server.fail_next(1, status, body);
    errors.push(registry.set_level("s", Level::Full).await.unwrap_err());
    server.fail_next(1, status, body);
    errors.push(registry.check_compatibility("s", &schema).await.unwrap_err());
    errors
}

#[tokio::test]
async fn each_call_fails_as_publishing_does() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    for (status, body, kind, words) in [
        (200, SIGN_IN, "BadAnswer", "Sign in"),
        (200, "", "BadAnswer", "answer is empty"),
        (200, "[1,", "BadAnswer", "cut or broken JSON"),
        (200, "\"yes\"", "BadAnswer", "answer is JSON but not an"),
        (401, "", "Unauthorised", "no credentials are set"),
        (
            403,
            r#"{"error_code":40301,"message":"User is denied"}"#,
            "Unauthorised",
            "User is denied",
        ),
        (
            422,
            r#"{"error_code":42203,"message":"wrong"}"#,
            "InvalidSchema",
            "code 42203: wrong",
        ),
        (
            500,
            r#"{"error_code":50001,"message":"store"}"#,
            "Unreachable",
            "code 50001: store",
        ),
        (302, "", "BadAnswer", "redirects"),
    ] {
        let before = server.requests();
        let errors = errors(&registry, &server, status, body).await;
        assert_eq!(server.requests() - before, errors.len(), "each call asks once");
        for (index, error) in errors.iter().enumerate() {
            assert!(format!("{error:?}").starts_with(kind), "{error:?}");
            let text = error.to_string();
            assert!(text.contains(words) && text.contains(server.url()), "{text}");
            assert_eq!(error.failure().subject_name(), (index > 0).then_some("s"), "{text}");
        }
    }
}

#[tokio::test]
async fn lists_hold_what_they_promise() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    for body in [r#"{"subjects":[]}"#, r#"["a",1]"#, "[[]]"] {
        server.fail_next(1, 200, body);
        let error = registry.subjects().await.unwrap_err();
        assert!(matches!(error, RegistryError::BadAnswer(_)), "{error}");
    }
    for body in ["{}", r#"["1"]"#, "[-1]", "[1,0]", "[4294967296]"] {
        server.fail_next(1, 200, body);
        let error = registry.versions("s").await.unwrap_err();
        assert!(matches!(error, RegistryError::BadAnswer(_)), "{body}: {error}");
    }
    server.fail_next(1, 200, "[3,1]");
    assert_eq!(
        registry.versions("s").await.unwrap(),
        [SubjectVersion(1), SubjectVersion(3)]
    );

    let schema = "\"string\"";
    for body in [
        value!({"id": 0, "version": 1, "schema": schema}),
        value!({"version": 1, "schema": schema}),
        value!({"id": 1, "schema": schema}),
        value!({"id": 1, "version": 1}),
    ] {
        server.fail_next(1, 200, body.to_string());
        let error = registry.schema_of("s", None).await.unwrap_err();
        assert!(matches!(error, RegistryError::BadAnswer(_)), "{body}: {error}");
    }
    server.fail_next(
        1,
        200,
        value!({"id": 1, "version": 1, "schema": "x", "schemaType": "PROTOBUF"}).to_string(),
    );
    let error = registry.schema_of("s", None).await.unwrap_err();
    assert!(matches!(error, RegistryError::InvalidSchema(_)), "{error}");
}
