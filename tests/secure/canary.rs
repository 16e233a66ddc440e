//! No secret is in any text: each is a word that is found at once, librdkafka logs all that it can, and everything that can be
//! read afterwards is searched.

use std::error::Error;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use async_trait::async_trait;
use publisher_core::PublisherBuilder;
use publisher_core::producer::{AccessToken, TokenError, TokenProvider};
use secure::authority::Signed;
use secure::broker::PASSWORD;
use secure::{jws, lines};

use crate::support::{Bed, SOON, as_alice, placed, showing};

const CANARY: &str = "canary";

/// A token, good or not, with a secret in an extension.
struct Token(String);

#[async_trait]
impl TokenProvider for Token {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        let token = AccessToken::new(&self.0, Duration::from_secs(600)).extension("traceId", "canary-extension");
        check(&format!("{token:?} {token:#?}"), &[]);
        Ok(token)
    }
}

#[track_caller]
fn check(text: &str, disguises: &[String]) {
    let found = text.to_ascii_lowercase().contains(CANARY) || disguises.iter().any(|secret| text.contains(secret));
    assert!(!found, "a secret is in: {text}");
}

#[track_caller]
fn check_error(error: &(dyn Error + 'static), disguises: &[String]) {
    let mut next = Some(error);
    while let Some(error) = next {
        check(&format!("{error} {error:?} {error:#?}"), disguises);
        next = error.source();
    }
}

#[track_caller]
fn check_panic<T: Debug, E: Error + 'static>(outcome: Result<T, E>, disguises: &[String]) {
    check_error(outcome.as_ref().unwrap_err(), disguises);
    let panic = catch_unwind(AssertUnwindSafe(|| outcome.unwrap())).unwrap_err();
    check(panic.downcast_ref::<String>().unwrap(), disguises);
}

/// The lines of a key have no word in them.
fn lines_of(signed: &Signed) -> impl Iterator<Item = String> {
    signed
        .key
        .lines()
        .filter(|line| !line.starts_with('-'))
        .map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_any_text() {
    let Some(bed) = Bed::start("secrets", &["User:alice", "User:erin", "User:CN=publisher"]).await else {
        return;
    };
    let (sasl, mutual) = (bed.broker.sasl.port(), bed.broker.mutual.port());
    let ours = bed.broker.clients.sign("publisher", 2999);
    let foreign = bed.broker.authority.sign("publisher", 2999);
    let good = jws::unsecured("erin", Duration::from_secs(600));
    let over = jws::over("erin");
    let disguises: Vec<String> = (lines_of(&ours).chain(lines_of(&foreign)))
        .chain([good.clone(), over.clone()])
        .collect();
    let unsecured = "principal=erin extension_traceId=canary canary=canary";

    let builders: Vec<PublisherBuilder> = vec![
        bed.alice("PLAIN", PASSWORD),
        bed.alice("PLAIN", "canary-wrong"),
        bed.alice("SCRAM-SHA-512", PASSWORD),
        bed.alice("SCRAM-SHA-256", "canary-wrong"),
        as_alice(bed.builder_that_trusts(sasl), "PLAIN", PASSWORD),
        bed.builder(sasl).kafka_oauth(Token(good)),
        bed.builder(sasl).kafka_oauth(Token(over)),
        bed.builder(sasl).kafka_oauth(Token("canary\u{7f}token".to_owned())),
        // librdkafka's own tokens, for tests: its parser shows what it does not understand.
        bed.builder(sasl)
            .librdkafka_property("security.protocol", "SASL_SSL")
            .librdkafka_property("sasl.mechanism", "OAUTHBEARER")
            .librdkafka_property("enable.sasl.oauthbearer.unsecure.jwt", "true")
            .librdkafka_property("sasl.oauthbearer.config", unsecured),
        showing(bed.builder(mutual), &ours),
        showing(bed.builder(mutual), &foreign),
    ];
    for builder in builders {
        let builder = builder.librdkafka_property("debug", "all").delivery_timeout(SOON / 2);
        check(&format!("{builder:?} {builder:#?}"), &disguises);
        match builder.build().await {
            Ok(publisher) => {
                check(&format!("{publisher:?} {publisher:#?}"), &disguises);
                let published = publisher.publish(placed()).await;
                if published.is_err() {
                    check_panic(published, &disguises);
                }
                publisher.shutdown(SOON).await;
            }
            Err(error) => check_error(&error, &disguises),
        }
    }

    let no_key = Signed {
        certificate: ours.certificate.clone(),
        key: ours.key[..ours.key.len() / 2].to_owned(),
    };
    for builder in [
        showing(bed.builder(mutual), &no_key),
        showing(bed.builder(mutual), &ours).librdkafka_property("ssl.certificate.pem", &foreign.certificate),
        bed.builder(mutual)
            .librdkafka_property("security.protocol", "SSL")
            .librdkafka_property("ssl.keystore.location", "/no/such/file")
            .librdkafka_property("ssl.keystore.password", "canary"),
        bed.alice("GSSAPI", PASSWORD),
        bed.alice("NONE", PASSWORD),
        bed.alice("PLAIN", PASSWORD)
            .librdkafka_property("sasl.password", "canary\0"),
    ] {
        let outcome = builder.librdkafka_property("debug", "all").build().await;
        check_panic(outcome.map(|_| "built"), &disguises);
    }

    let lines = lines::all();
    let of_librdkafka = lines.iter().filter(|line| line.contains(" librdkafka")).count();
    assert!(
        of_librdkafka > 500,
        "{of_librdkafka} lines of librdkafka: the ears are closed"
    );
    for line in lines {
        check(&line, &disguises);
    }
}
