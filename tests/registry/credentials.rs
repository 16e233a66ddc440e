//! Credentials reach the registry and nothing else: no text, no redirect's target; and settings that cannot work are
//! refused.

use std::net::TcpListener;
use std::time::Duration;

use publisher_core::registry::{RegistryClient, RegistryClientBuilder, RegistryError, SchemaRegistry};
use publisher_core::testing::EmbeddedRegistry;

use crate::raw::Once;
use crate::record;

#[tokio::test]
async fn a_redirect_is_told_and_not_followed() {
    let target = EmbeddedRegistry::start().unwrap();
    let location = format!("{}/subjects?token=secret", target.url().replace("//", "//u:secret@"));
    let server = Once::answer(format!(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
    ));
    let registry = RegistryClient::builder(&server.url)
        .bearer_token("secret")
        .build()
        .unwrap();
    let error = registry.register("s", &record("R", &[])).await.unwrap_err();
    assert!(matches!(error, RegistryError::BadAnswer(_)), "{error}");
    assert!(
        error
            .to_string()
            .contains(&format!("redirects to {}/subjects;", target.url())),
        "{error}"
    );
    assert!(!format!("{error:?}").contains("secret"));
    assert_eq!(target.requests(), 0);
}

#[tokio::test]
async fn no_text_shows_credentials() {
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
    let server = EmbeddedRegistry::start().unwrap();
    server.fail_next(100, 401, "");
    for host in [free.to_string(), server.url().replace("http://", "")] {
        let builders = [
            RegistryClient::builder(format!("http://alice:s3cr3t@{host}/apis")),
            RegistryClient::builder(format!("http://{host}/apis")).basic_auth("alice", "s3cr3t"),
            RegistryClient::builder(format!("http://{host}/apis")).bearer_token("s3cr3t"),
        ];
        for builder in builders {
            let builder_text = format!("{builder:?}");
            let registry = builder.build().unwrap();
            assert_eq!(registry.address(), format!("http://{host}/apis"));
            let error = registry.register("s", &record("R", &[])).await.unwrap_err();
            let text = format!("{builder_text} {registry:?} {error} {error:?}");
            assert!(
                !text.contains("s3cr3t") && !text.contains("alice") && !text.contains("czNjcjN0"),
                "{text}"
            );
        }
    }
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let check = |builder: RegistryClientBuilder, expected: &str| {
        let error = builder.build().unwrap_err().to_string();
        assert!(
            error.starts_with("registry: ") && error.contains(expected) && !error.contains("secret"),
            "{error}"
        );
    };
    check(RegistryClient::builder("localhost:8081"), "neither http nor https");
    check(RegistryClient::builder(""), "is empty");
    check(RegistryClient::builder("kafka://u:secret@h"), "neither http nor https");
    check(
        RegistryClient::builder("http://h")
            .basic_auth("u", "secret")
            .bearer_token("secret"),
        "more than one",
    );
    check(
        RegistryClient::builder("http://u:secret@h").basic_auth("u", "secret"),
        "more than one",
    );
    check(RegistryClient::builder("http://h").basic_auth("a:b", "secret"), "colon");
    check(
        RegistryClient::builder("http://h").bearer_token("secret\n"),
        "line break",
    );
    check(RegistryClient::builder("http://h").bearer_token(""), "empty");
    check(
        RegistryClient::builder("http://h").request_timeout(Duration::ZERO),
        "longer than zero",
    );
}
