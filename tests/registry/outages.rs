//! What tests can do to the embedded registry: stop it, start it again, restore it wrongly, script its answers, close its
//! doors.

use publisher_core::SchemaId;
use publisher_core::registry::{RegistryClient, RegistryError, SchemaRegistry};
use publisher_core::testing::EmbeddedRegistry;

use crate::{avro, client, normal, raw};

#[tokio::test]
async fn a_stopped_registry_refuses_and_comes_back_with_what_it_had() {
    let server = EmbeddedRegistry::start().unwrap();
    let (url, registry) = (server.url().to_owned(), client(server.url()));
    let schema = avro("\"string\"");
    let registered = registry.register("s", &schema).await.unwrap();
    for _ in 0..3 {
        server.stop().unwrap();
        server.stop().unwrap();
        // The connection of the pool is cut, and a new one is refused.
        let error = registry.look_up("s", &schema).await.unwrap_err();
        assert!(matches!(error, RegistryError::Unreachable(_)), "{error}");
        assert!(error.is_retriable());
        let address = url.strip_prefix("http://").unwrap();
        let refused = std::net::TcpStream::connect(address).unwrap_err();
        assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
        server.restart().unwrap();
        server.restart().unwrap();
        assert_eq!(server.url(), url);
        assert_eq!(registry.look_up("s", &schema).await.unwrap(), registered);
    }
    assert_eq!(server.calls().len(), 4, "{:?}", server.calls());
}

#[tokio::test]
async fn a_registry_may_be_restored_wrongly() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    let (schema, other) = (avro("\"string\""), avro("\"long\""));
    let registered = registry.register("s", &schema).await.unwrap();
    server.replace(registered.id, other.clone());

    assert_eq!(
        normal(&registry.schema_by_id(registered.id).await.unwrap()),
        normal(&other)
    );
    let latest = registry.latest("s").await.unwrap();
    assert_eq!(latest.id, registered.id);
    assert_ne!(latest.guid, registered.guid);
    let error = registry.look_up("s", &schema).await.unwrap_err();
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
    assert_eq!(registry.look_up("s", &other).await.unwrap().id, registered.id);
}

#[test]
#[should_panic(expected = "schema 7 cannot be replaced: Schema 7 not found")]
fn only_an_id_that_is_known_can_be_replaced() {
    EmbeddedRegistry::start()
        .unwrap()
        .replace(SchemaId(7), avro("\"string\""));
}

#[tokio::test]
async fn a_scripted_answer_has_headers() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    server.fail_next_with(1, 429, &[("Retry-After", "7"), ("X-Request-Id", "a")], "");
    let error = registry.subjects().await.unwrap_err();
    assert_eq!(error.failure().http_status(), Some(429));
    server.fail_next_with(1, 503, &[("Content-Type", "text/plain")], "<no markup>");
    let error = registry.subjects().await.unwrap_err();
    assert_eq!(error.failure().http_status(), Some(503));
    assert_eq!(registry.subjects().await.unwrap(), [""; 0]);
}

/// The head of an answer, as it comes: our client shows no headers.
fn head(server: &EmbeddedRegistry) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(server.url().strip_prefix("http://").unwrap()).unwrap();
    stream.write_all(b"GET /subjects HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").unwrap().0.to_ascii_lowercase()
}

#[test]
fn headers_of_answers_are_those_of_the_script() {
    let server = EmbeddedRegistry::start().unwrap();
    server.fail_next_with(1, 429, &[("Retry-After", "7")], "");
    let scripted = head(&server);
    assert!(scripted.contains("\r\nretry-after: 7\r\n"), "{scripted}");
    assert!(
        scripted.contains("\r\ncontent-type: application/vnd.schemaregistry.v1+json"),
        "{scripted}"
    );
    server.fail_next(1, 200, "<html>");
    assert!(head(&server).contains("\r\ncontent-type: text/html"));
    server.fail_next_with(1, 200, &[("Content-Type", "text/plain")], "<html>");
    assert!(head(&server).contains("\r\ncontent-type: text/plain"));
    assert!(!head(&server).contains("retry-after"));
}

#[test]
#[should_panic(expected = "is no HTTP header")]
fn a_header_is_one() {
    EmbeddedRegistry::start()
        .unwrap()
        .fail_next_with(1, 429, &[("Retry After", "7")], "");
}

#[tokio::test]
async fn credentials_are_asked_for() {
    let server = EmbeddedRegistry::start().unwrap();
    server.require_basic("alice", "wonder:land");
    server.require_bearer("t0ken");
    let refused = [
        client(server.url()),
        RegistryClient::builder(server.url())
            .basic_auth("alice", "other")
            .build()
            .unwrap(),
        RegistryClient::builder(server.url())
            .bearer_token("alice")
            .build()
            .unwrap(),
    ];
    for registry in refused {
        let error = registry.subjects().await.unwrap_err();
        assert!(matches!(error, RegistryError::Unauthorised(_)), "{error}");
        assert_eq!(error.failure().http_status(), Some(401));
    }
    let taken = [
        RegistryClient::builder(server.url())
            .basic_auth("alice", "wonder:land")
            .build()
            .unwrap(),
        RegistryClient::builder(server.url())
            .bearer_token("t0ken")
            .build()
            .unwrap(),
    ];
    for registry in taken {
        assert_eq!(registry.subjects().await.unwrap(), [""; 0]);
    }
    assert_eq!(raw::call(server.url(), "POST", "/subjects/s/versions", "{}").0, 401);
    assert_eq!(server.requests(), 6);
    assert!(!format!("{server:?}").contains("t0ken"));
}
