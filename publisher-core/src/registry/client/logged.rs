//! Every write to a registry leaves a line in the log, with what it wrote; no line holds credentials.

use super::*;
use crate::compatibility::Level;
use crate::registry::SchemaType;
use crate::registry::captured::Log;
use crate::testing::EmbeddedRegistry;

#[tokio::test]
async fn a_level_is_logged_once_it_is_set() {
    let log = Log::of("registry::client");
    let _guard = tracing::subscriber::set_default(log.clone());
    let server = EmbeddedRegistry::start().unwrap();
    let url = server.url().replace("http://", "http://alice:secret@");
    let registry = RegistryClient::builder(url).retries(0).build().unwrap();

    server.fail_next(1, 500, "");
    registry.set_level("s", Level::Full).await.unwrap_err();
    registry.set_level("s", Level::Full).await.unwrap();
    registry.level("s").await.unwrap();

    let line = format!(
        "INFO compatibility level set registry={:?} subject=\"s\" level=\"FULL\"",
        server.url()
    );
    assert_eq!(log.taken(), [line]);
}

#[tokio::test]
async fn a_registration_is_logged_once_it_stands() {
    let log = Log::of("registry::client");
    let _guard = tracing::subscriber::set_default(log.clone());
    let server = EmbeddedRegistry::start().unwrap();
    let url = server.url().replace("http://", "http://alice:secret@");
    let registry = RegistryClient::builder(url).retries(0).build().unwrap();
    let schema = SchemaText::new(SchemaType::Avro, "\"string\"");

    server.fail_next(1, 500, "");
    registry.register("s", &schema).await.unwrap_err();
    registry.register("s", &schema).await.unwrap();
    registry.look_up("s", &schema).await.unwrap();

    let address = server.url();
    assert_eq!(
        log.taken(),
        [
            format!("INFO schema registered, or found there registry={address:?} subject=\"s\" id=1 version=1"),
            format!("DEBUG schema looked up by content registry={address:?} subject=\"s\" id=1 version=1"),
        ]
    );
}
