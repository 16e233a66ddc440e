//! Who is not let in, and whom we do not trust: a typed error in time that says what to do, and no storm of attempts.

use std::net::SocketAddr;
use std::time::Instant;

use publisher_core::{Persistence, ProduceErrorKind, PublisherBuilder};
use secure::authority::Authority;
use secure::broker::PASSWORD;
use secure::connections::Counting;

use crate::support::{Bed, SOON, as_alice, cause, placed, showing};

type Build = Box<dyn Fn(&Bed, u16) -> PublisherBuilder>;

/// Expects an error in time with these words; all attempts go through the port that is built for.
async fn check(topic: &str, words: &[&str], setup: impl FnOnce(&Bed) -> (SocketAddr, Build)) {
    let Some(bed) = Bed::start(topic, &["User:alice", "User:CN=publisher"]).await else {
        return;
    };
    let (listener, build) = setup(&bed);
    let counting = Counting::before(listener).await;
    let publisher = build(&bed, counting.port).delivery_timeout(SOON).build().await.unwrap();
    let start = Instant::now();
    let error = publisher.publish(placed()).await.unwrap_err();
    let took = start.elapsed();
    publisher.shutdown(SOON).await;

    let cause = cause(&error);
    assert_eq!(
        (cause.kind(), cause.persistence(), cause.is_retriable()),
        (ProduceErrorKind::Unauthorised, Persistence::NotPersisted, false),
        "{cause}"
    );
    for word in words {
        assert!(cause.reason().contains(word), "{word:?} is missing in: {cause}");
    }
    // The timeout is what is promised; the rest is for a busy machine.
    assert!(took < SOON + SOON / 2, "{took:?}");
    // Two a second, and some more at the start.
    let (attempts, most) = (counting.count(), 4 + 2 * took.as_secs() as usize);
    assert!((1..=most).contains(&attempts), "{attempts} attempts within {took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password() {
    for mechanism in ["PLAIN", "SCRAM-SHA-512"] {
        let words = ["not let in by localhost:", "uthentication", "check the credentials"];
        check(&format!("wrong-{}", mechanism.to_ascii_lowercase()), &words, |bed| {
            let build = move |bed: &Bed, port| as_alice(bed.builder(port), mechanism, "canary-wrong");
            (bed.broker.sasl, Box::new(build))
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_we_do_not_know() {
    let words = [
        "certificate verify failed",
        "signed by an authority in `ssl.ca.location`",
    ];
    check("unknown-authority", &words, |bed| {
        let build = |bed: &Bed, port| {
            let other = bed.builder_that_trusts(port);
            as_alice(
                other.librdkafka_property("ssl.ca.pem", Authority::new("other").pem()),
                "PLAIN",
                PASSWORD,
            )
        };
        (bed.broker.sasl, Box::new(build))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_for_another_host() {
    let words = ["certificate verify failed", "be for the host name that is connected to"];
    check("wrong-host", &words, |bed| {
        let build = |bed: &Bed, port| {
            as_alice(bed.builder(port), "PLAIN", PASSWORD).bootstrap_servers(format!("127.0.0.1:{port}"))
        };
        (bed.broker.sasl, Box::new(build))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_has_expired() {
    let words = ["certificate verify failed", "not have expired"];
    check("expired", &words, |bed| {
        let build = |bed: &Bed, port| as_alice(bed.builder(port), "PLAIN", PASSWORD);
        (bed.broker.expired, Box::new(build))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_client_certificate_where_one_is_wanted() {
    check(
        "no-certificate",
        &["set `ssl.certificate.location` and `ssl.key.location`"],
        |bed| {
            let build = |bed: &Bed, port| bed.builder(port).librdkafka_property("security.protocol", "SSL");
            (bed.broker.mutual, Box::new(build))
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_certificate_of_an_authority_that_the_broker_does_not_know() {
    check("foreign-certificate", &["from an authority that it trusts"], |bed| {
        let build = |bed: &Bed, port| showing(bed.builder(port), &Authority::new("foreign").sign("publisher", 2999));
        (bed.broker.mutual, Box::new(build))
    })
    .await;
}
