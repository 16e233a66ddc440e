//! Each way in which a registry fails gives its own error, whose text names the address and the reason and never the
//! credentials.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use publisher_core::registry::{RegistryClient, RegistryError, RegistryErrorCode, SchemaRegistry};
use publisher_core::testing::EmbeddedRegistry;

use crate::raw::Once;
use crate::{avro, client, record};

/// The variant's name and whether the error is retriable.
pub(crate) fn kind(error: &RegistryError) -> (&'static str, bool) {
    let name = match error {
        RegistryError::Unreachable(_) => "unreachable",
        RegistryError::Unauthorised(_) => "unauthorised",
        RegistryError::Incompatible(_) => "incompatible",
        RegistryError::InvalidSchema(_) => "invalid schema",
        RegistryError::ReadOnly(_) => "read only",
        RegistryError::NotFound(_) => "not found",
        RegistryError::BadAnswer(_) => "bad answer",
        _ => "unknown",
    };
    (name, error.is_retriable())
}

/// What register, look-up and by-id make of the same answer.
async fn check(status: u16, body: &str, expected: (&str, bool), words: &[&str]) {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    let schema = avro("\"string\"");
    let known = registry.register("s", &schema).await.unwrap();
    let before = server.requests();

    server.fail_next(3, status, body);
    let errors = [
        registry.register("s", &schema).await.unwrap_err(),
        registry.look_up("s", &schema).await.unwrap_err(),
        registry.schema_by_id(known.id).await.unwrap_err(),
    ];
    assert_eq!(server.requests() - before, 3, "each call asks once");
    for (index, error) in errors.iter().enumerate() {
        let text = error.to_string();
        assert_eq!(kind(error), expected, "{text}");
        assert_eq!(
            error.failure().http_status(),
            (status != 200 || error.failure().http_status().is_some()).then_some(status),
            "{text}"
        );
        assert_eq!(error.failure().subject_name(), (index < 2).then_some("s"), "{text}");
        for word in words.iter().chain([&server.url()]) {
            assert!(text.contains(word), "{word:?} is missing in: {text}");
        }
        assert!(!text.contains('\n') && !text.ends_with('.'), "{text}");
    }
    // The registry has healed, and nothing of the failure stuck.
    assert_eq!(registry.register("s", &schema).await.unwrap(), known);
}

#[tokio::test]
async fn the_status_decides() {
    check(
        401,
        "",
        ("unauthorised", false),
        &["HTTP 401", "no credentials are set"],
    )
    .await;
    check(
        401,
        "<html>Sign in</html>",
        ("unauthorised", false),
        &["HTTP 401", "Sign in"],
    )
    .await;
    check(
        403,
        r#"{"error_code":40301,"message":"User is denied Write"}"#,
        ("unauthorised", false),
        &["code 40301", "User is denied Write"],
    )
    .await;
    check(
        409,
        r#"{"error_code":40901,"message":"field n has no default"}"#,
        ("incompatible", false),
        &["field n has no default"],
    )
    .await;
    check(
        409,
        r#"{"error_code":409,"message":"n at /fields/1"}"#,
        ("incompatible", false),
        &["n at /fields/1"],
    )
    .await;
    check(
        422,
        r#"{"error_code":42201,"message":"bad type"}"#,
        ("invalid schema", false),
        &["code 42201", "bad type"],
    )
    .await;
    check(
        422,
        r#"{"error_code":42205,"message":"read-only mode"}"#,
        ("read only", false),
        &["read-only mode", "look the schema up"],
    )
    .await;
    check(
        400,
        "no json here",
        ("invalid schema", false),
        &["HTTP 400", "no json here"],
    )
    .await;
    check(
        404,
        r#"{"error_code":40401,"message":"no such subject"}"#,
        ("not found", false),
        &["no such subject"],
    )
    .await;
    check(
        404,
        "<html><h1>nginx</h1>",
        ("not found", false),
        &["HTTP 404", "nginx", "path in its address may be wrong"],
    )
    .await;
    check(
        404,
        "",
        ("not found", false),
        &["answer is empty", "path in its address may be wrong"],
    )
    .await;
    check(405, "", ("not found", false), &["path in its address may be wrong"]).await;
}

#[tokio::test]
async fn a_code_has_a_name() {
    let server = EmbeddedRegistry::start().unwrap();
    for (status, body, expected) in [
        (404, r#"{"error_code":40403}"#, Some(RegistryErrorCode::SchemaNotFound)),
        (403, r#"{"error_code":40301}"#, Some(RegistryErrorCode::Other(40_301))),
        (409, r#"{"error_code":409}"#, Some(RegistryErrorCode::Other(409))),
        (404, r#"{"error_code":-1}"#, None),
        (404, "", None),
    ] {
        server.fail_next(1, status, body);
        let error = client(server.url())
            .look_up("s", &avro("\"string\""))
            .await
            .unwrap_err();
        assert_eq!(error.failure().named_code(), expected, "{error}");
    }
}

#[tokio::test]
async fn what_may_heal_is_unreachable() {
    check(408, "", ("unreachable", true), &["HTTP 408"]).await;
    check(
        429,
        r#"{"error_code":42901,"message":"slow down"}"#,
        ("unreachable", true),
        &["slow down"],
    )
    .await;
    check(
        500,
        r#"{"error_code":50001,"message":"store"}"#,
        ("unreachable", true),
        &["HTTP 500", "code 50001", "store"],
    )
    .await;
    check(500, "", ("unreachable", true), &["HTTP 500"]).await;
    check(
        502,
        "<html>bad gateway</html>",
        ("unreachable", true),
        &["HTTP 502", "bad gateway"],
    )
    .await;
    check(503, "not json", ("unreachable", true), &["HTTP 503", "not json"]).await;
}

#[tokio::test]
async fn a_success_that_is_none_is_a_bad_answer() {
    check(
        200,
        "<html><body>Sign in</body></html>",
        ("bad answer", true),
        &["HTML", "Sign in", "proxy"],
    )
    .await;
    check(
        200,
        r#"{"id":1,"schema":"#,
        ("bad answer", true),
        &["cut or broken JSON", "line 1"],
    )
    .await;
    check(200, "[]", ("bad answer", true), &["not an object"]).await;
    check(200, "", ("bad answer", true), &["empty"]).await;
    check(204, "", ("bad answer", true), &["empty"]).await;
    check(302, "", ("bad answer", true), &["redirects", "not followed"]).await;
}

#[tokio::test]
async fn an_id_that_is_none_is_a_bad_answer() {
    for (body, words) in [
        (r#"{"id":0}"#, "id 0"),
        (r#"{"id":-1}"#, "-1"),
        (r#"{"id":4294967295}"#, "id 4294967295"),
        (r#"{"id":"one"}"#, "one"),
        (r#"{"version":1}"#, "no id"),
    ] {
        let server = EmbeddedRegistry::start().unwrap();
        server.fail_next(2, 200, body);
        let registry = client(server.url());
        for error in [
            registry.register("s", &avro("\"string\"")).await.unwrap_err(),
            registry.look_up("s", &avro("\"string\"")).await.unwrap_err(),
        ] {
            assert_eq!(kind(&error), ("bad answer", true), "{error}");
            assert!(
                error.to_string().contains(words) && error.to_string().contains(server.url()),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn a_registration_stands_without_its_version() {
    // As older registries answer, and Apicurio: the id alone. The version is then asked for, but not at any price.
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    let schema = avro("\"string\"");
    registry.register("s", &schema).await.unwrap();

    server.fail_next(1, 200, r#"{"id":1}"#);
    let registered = registry.register("s", &schema).await.unwrap();
    assert_eq!(
        (registered.id.0, registered.version.map(|version| version.0)),
        (1, Some(1))
    );

    server.fail_next(1, 200, r#"{"id":1}"#);
    server.fail_next(1, 500, "");
    let registered = registry.register("s", &schema).await.unwrap();
    assert_eq!((registered.id.0, registered.version), (1, None));
}

#[tokio::test]
async fn a_refused_connection_names_address_and_reason() {
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
    let error = client(&format!("http://{free}"))
        .register("orders-value", &record("R", &[]))
        .await
        .unwrap_err();
    assert_eq!(kind(&error), ("unreachable", true));
    assert_eq!(error.failure().http_status(), None);
    let text = error.to_string();
    for word in [
        format!("http://{free}"),
        "subject orders-value".into(),
        "Connection refused".into(),
        "check host, port".into(),
    ] {
        assert!(text.contains(&word), "{word:?} is missing in: {text}");
    }
}

#[tokio::test]
async fn an_unknown_host_names_address_and_reason() {
    let error = client("http://registry.invalid:8081")
        .register("s", &record("R", &[]))
        .await
        .unwrap_err();
    assert_eq!(kind(&error), ("unreachable", true));
    assert!(
        error
            .to_string()
            .contains("http://registry.invalid:8081, subject s: cannot connect: "),
        "{error}"
    );
}

#[tokio::test]
async fn plain_http_behind_https_is_told() {
    let server = EmbeddedRegistry::start().unwrap();
    let url = server.url().replace("http://", "https://");
    let error = client(&url).register("s", &record("R", &[])).await.unwrap_err();
    assert_eq!(kind(&error), ("unreachable", true));
    assert!(
        error
            .to_string()
            .contains(&format!("{url}, subject s: cannot connect: ")),
        "{error}"
    );
    assert!(error.to_string().contains("does not speak TLS"), "{error}");
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn a_registry_that_never_answers_ends_within_the_limit() {
    // The system accepts the connection into its queue; nobody takes it out.
    let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let registry = RegistryClient::builder(&url)
        .request_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = registry.register("s", &record("R", &[])).await.unwrap_err();
    // Wide, for a machine under load; without a limit this would never end.
    assert!(
        (300..5_000).contains(&start.elapsed().as_millis()),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(kind(&error), ("unreachable", true));
    assert!(
        error
            .to_string()
            .contains(&format!("{url}, subject s: no answer within 300ms")),
        "{error}"
    );
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_unreachable() {
    let server = Once::answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":");
    let error = client(&server.url).register("s", &record("R", &[])).await.unwrap_err();
    assert_eq!(kind(&error), ("unreachable", true));
    assert!(error.to_string().contains("no complete answer: "), "{error}");

    // The status of a refusal is enough.
    let server = Once::answer("HTTP/1.1 409 Conflict\r\nContent-Length: 100\r\n\r\n{\"error");
    let error = client(&server.url).register("s", &record("R", &[])).await.unwrap_err();
    assert_eq!(kind(&error), ("incompatible", false));
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let mut answer = b"HTTP/1.1 200 OK\r\n\r\n{\"id\":1,\"x\":\"".to_vec();
    answer.resize(answer.len() + 5 * 1024 * 1024, b'x');
    let server = Once::answer(answer);
    let error = client(&server.url).register("s", &record("R", &[])).await.unwrap_err();
    assert_eq!(kind(&error), ("bad answer", true));
    assert!(error.to_string().contains("larger than 4194304 bytes"), "{error}");
}

#[tokio::test]
async fn a_subject_that_no_url_can_hold_is_refused_unsent() {
    let server = EmbeddedRegistry::start().unwrap();
    for subject in ["", ".", ".."] {
        let error = client(server.url())
            .register(subject, &avro("\"string\""))
            .await
            .unwrap_err();
        assert_eq!(kind(&error), ("invalid schema", false), "{error}");
    }
    assert_eq!(server.requests(), 0);
}
