//! Each way to be let in delivers.

use std::time::Duration;

use async_trait::async_trait;
use publisher_core::config::Settings;
use publisher_core::producer::{AccessToken, TokenError, TokenProvider};
use publisher_core::{Publisher, PublisherBuilder};
use secure::broker::PASSWORD;
use secure::jws;

use crate::support::{Bed, publish, showing};

/// Tokens without end, all good.
struct Good;

#[async_trait]
impl TokenProvider for Good {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        let life = Duration::from_secs(600);
        Ok(AccessToken::new(jws::unsecured("bob", life), life).extension("traceId", "canary"))
    }
}

async fn check(topic: &str, user: &str, builder: impl FnOnce(&Bed) -> PublisherBuilder) {
    let Some(bed) = Bed::start(topic, &[user]).await else {
        return;
    };
    let delivery = publish(builder(&bed)).await.unwrap();
    assert_eq!((delivery.topic(), delivery.partition), (topic, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn plain() {
    check("plain", "User:alice", |bed| bed.alice("PLAIN", PASSWORD)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scram_sha_256() {
    check("scram-256", "User:alice", |bed| bed.alice("SCRAM-SHA-256", PASSWORD)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scram_sha_512() {
    check("scram-512", "User:alice", |bed| bed.alice("SCRAM-SHA-512", PASSWORD)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn access_tokens() {
    check("oauth", "User:bob", |bed| {
        bed.builder(bed.broker.sasl.port()).kafka_oauth(Good)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn client_certificates() {
    check("mutual", "User:CN=publisher", |bed| {
        let signed = bed.broker.clients.sign("publisher", 2999);
        showing(bed.builder(bed.broker.mutual.port()), &signed)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_as_java_has_them() {
    check("java", "User:alice", |bed| {
        let text = format!("{}schema.registry.url={}\n", bed.java_properties(), bed.registry.url());
        Publisher::builder()
            .settings(Settings::from_properties(&text).unwrap())
            .rename_topic("orders", &bed.topic)
    })
    .await;
}
