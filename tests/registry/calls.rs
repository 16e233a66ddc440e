//! The calls of the client that publishing does not need: subjects, versions, levels, verdicts; what they make of each
//! registry's answers, and of answers that are none.

use publisher_core::compatibility::Level;
use publisher_core::registry::{
    CompatibilityPolicy, LevelOrigin, RegistryClient, RegistryError, SchemaReference, SchemaRegistry, SchemaText,
};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{SchemaId, SubjectVersion};
use serde_json::json as value;

use crate::raw::{self, Once};
use crate::{avro, client, json};

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
    assert_eq!(found.schema.text, order.text);
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

/// Which level and which policy a client makes of these answers, one after the other.
async fn level(answers: &[(u16, &str)]) -> Result<(Level, LevelOrigin, Option<CompatibilityPolicy>), RegistryError> {
    let server = EmbeddedRegistry::start().unwrap();
    for (status, body) in answers {
        server.fail_next(1, *status, *body);
    }
    let told = client(server.url()).level("s").await;
    assert_eq!(server.requests(), answers.len());
    told.map(|told| (told.level, told.origin, told.policy))
}

#[tokio::test]
async fn a_level_is_read_as_each_registry_tells_it() {
    use LevelOrigin::{Global, Subject};
    let (no_level, no_subject) = (
        (404, r#"{"error_code":40408,"message":"no level"}"#),
        (404, r#"{"error_code":40401,"message":"no subject"}"#),
    );
    let full = (200, r#"{"compatibilityLevel":"FULL"}"#);
    for (answers, expected) in [
        (&[full][..], (Level::Full, Subject, None)),
        (
            &[(200, r#"{"compatibility":"forward_transitive"}"#)],
            (Level::ForwardTransitive, Subject, None),
        ),
        (
            &[(
                200,
                r#"{"compatibilityLevel":"NONE","compatibilityPolicy":"LENIENT","alias":null}"#,
            )],
            (Level::None, Subject, Some(CompatibilityPolicy::Lenient)),
        ),
        (&[no_level, full], (Level::Full, Global, None)),
        (&[no_subject, no_subject, full], (Level::Full, Global, None)),
        // A subject may have other settings than a level.
        (
            &[(200, r#"{"normalize":true,"compatibilityLevel":null}"#), full],
            (Level::Full, Global, None),
        ),
        (
            &[
                (200, r#"{"compatibilityPolicy":"STRICT"}"#),
                (200, r#"{"compatibilityLevel":"FULL","compatibilityPolicy":"LENIENT"}"#),
            ],
            (Level::Full, Global, Some(CompatibilityPolicy::Strict)),
        ),
    ] {
        assert_eq!(level(answers).await.unwrap(), expected, "{answers:?}");
    }
}

#[tokio::test]
async fn an_unknown_level_is_not_taken_for_another() {
    for (answers, words) in [
        (
            &[(200, r#"{"compatibilityLevel":"SIDEWAYS"}"#)][..],
            "compatibility level \"SIDEWAYS\"",
        ),
        (&[(200, r#"{"compatibilityLevel":7}"#)], "compatibility level 7"),
        (
            &[(200, r#"{"compatibilityLevel":"FULL","compatibilityPolicy":"ODD"}"#)],
            "compatibility policy \"ODD\"",
        ),
        (&[(200, "{}"), (200, "{}"), (200, "{}")], "states no level"),
    ] {
        let error = level(answers).await.unwrap_err();
        assert!(matches!(error, RegistryError::BadAnswer(_)), "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(error.failure().subject_name(), Some("s"));
    }
    // Not the registry's own no: nothing is known about the level then.
    let error = level(&[(404, SIGN_IN)]).await.unwrap_err();
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
}

/// What a client makes of these answers to a check, at this level of the subject's own.
async fn verdict(level: Level, answers: &[(u16, &str)]) -> Result<(bool, Vec<String>), RegistryError> {
    let server = EmbeddedRegistry::start().unwrap();
    server.fail_next(1, 200, format!(r#"{{"compatibilityLevel":"{level}"}}"#));
    for (status, body) in answers {
        server.fail_next(1, *status, *body);
    }
    let told = client(server.url()).check_compatibility("s", &avro("\"string\"")).await;
    assert_eq!(server.requests(), 1 + answers.len());
    told.map(|told| (told.compatible, told.messages))
}

#[tokio::test]
async fn a_verdict_comes_with_the_registrys_reasons() {
    let reasons = r#"{"is_compatible":false,"messages":["one",{"two":2}]}"#;
    let told = verdict(Level::Full, &[(200, reasons)]).await.unwrap();
    assert_eq!(told, (false, vec!["one".to_owned(), r#"{"two":2}"#.to_owned()]));
    // Apicurio tells no reasons.
    let told = verdict(Level::FullTransitive, &[(200, r#"{"is_compatible":false}"#)]).await;
    assert_eq!(told.unwrap(), (false, vec![]));

    // Some registries do not have a check with all versions, and some do not answer for a subject that they do not have.
    let bare = (404, r#"{"error_code":404,"message":"HTTP 404 Not Found"}"#);
    let told = verdict(Level::FullTransitive, &[bare, (200, r#"{"is_compatible":false}"#)]).await;
    assert_eq!(told.unwrap(), (false, vec![]));
    for (level, answers) in [
        (
            Level::Full,
            &[(404, r#"{"error_code":40401,"message":"no subject"}"#)][..],
        ),
        (
            Level::FullTransitive,
            &[(404, r#"{"error_code":40401,"message":"no subject"}"#)],
        ),
        (Level::Full, &[(404, r#"{"error_code":40402,"message":"no version"}"#)]),
        (
            Level::FullTransitive,
            &[(405, ""), (404, r#"{"error_code":40401,"message":"no subject"}"#)],
        ),
    ] {
        assert_eq!(verdict(level, answers).await.unwrap(), (true, vec![]), "{answers:?}");
    }

    // Where neither call is known there is no registry.
    let error = verdict(Level::FullTransitive, &[(404, SIGN_IN), (404, SIGN_IN)])
        .await
        .unwrap_err();
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
    assert!(
        error.to_string().contains("path in its address may be wrong"),
        "{error}"
    );

    for answer in [
        r#"{"is_compatible":"yes"}"#,
        "{}",
        "[]",
        r#"{"is_compatible":"#,
        SIGN_IN,
    ] {
        let error = verdict(Level::Full, &[(200, answer)]).await.unwrap_err();
        assert!(matches!(error, RegistryError::BadAnswer(_)), "{error}");
    }
}

#[tokio::test]
async fn a_verdict_is_asked_for_at_the_subjects_level() {
    for (level, place) in [
        (Level::None, "/latest"),
        (Level::Backward, "/latest"),
        (Level::BackwardTransitive, ""),
    ] {
        let config = format!(r#"{{"compatibilityLevel":"{level}"}}"#);
        let (url, requests) = raw::answer_in_turn([config, r#"{"is_compatible":true}"#.to_owned()]);
        let schema = avro("\"string\"");
        client(&url).check_compatibility("a/b", &schema).await.unwrap();
        let requests = requests.join().unwrap();
        assert!(
            requests[0].starts_with("GET /config/a%2Fb HTTP/1.1\r\n"),
            "{requests:?}"
        );
        let first =
            format!("POST /compatibility/subjects/a%2Fb/versions{place}?normalize=true&verbose=true HTTP/1.1\r\n");
        assert!(requests[1].starts_with(&first), "{requests:?}");
        assert!(
            requests[1].ends_with(r#"{"schema":"\"string\"","schemaType":"AVRO"}"#),
            "{requests:?}"
        );
    }
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
        assert_eq!(server.requests() - before, errors.len(), "a failure is not tried again");
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
