//! ACLs: a topic that may not be written to, and one that may not be written to any more.

use std::sync::Arc;
use std::time::Instant;

use publisher_core::producer::{
    DescribeErrorKind, KafkaProducer, KafkaSettings, Outcome, Producer as _, Reports, Token, TopicDescription,
};
use publisher_core::{Event, Persistence, ProduceErrorKind};
use secure::acls;
use secure::broker::PASSWORD;

use crate::support::{Bed, DEADLINE, SOON, cause, placed};

const ALICE: &str = "User:alice";

#[derive(Event, Clone, Debug)]
#[event(topic = "stock", namespace = "com.acme")]
struct StockCounted {
    #[event(key)]
    product: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_taken_away_concerns_its_topic_alone_and_comes_back() {
    let Some(bed) = Bed::start("taken-away", &[ALICE]).await else {
        return;
    };
    bed.broker.create_topic("kept").await;
    acls::grant(bed.broker.internal, ALICE, "kept");
    let publisher = bed
        .alice("PLAIN", PASSWORD)
        .rename_topic("stock", "kept")
        .build()
        .await
        .unwrap();
    let counted = || StockCounted {
        product: "7".to_owned(),
    };
    publisher.publish(placed()).await.unwrap();
    publisher.publish(counted()).await.unwrap();

    acls::revoke(bed.broker.internal, ALICE, "taken-away");
    let start = Instant::now();
    let error = loop {
        // The broker hears of it a moment later.
        match publisher.publish(placed()).await {
            Ok(_) => assert!(start.elapsed() < DEADLINE),
            Err(error) => break error,
        }
    };
    // The second one is refused before it is sent.
    for error in [error, publisher.publish(placed()).await.unwrap_err()] {
        let cause = cause(&error);
        assert_eq!(
            (cause.kind(), cause.persistence()),
            (ProduceErrorKind::Unauthorised, Persistence::NotPersisted),
            "{cause}"
        );
        for words in ["no permission to write to topic taken-away", "grant it"] {
            assert!(cause.reason().contains(words), "{cause}");
        }
        publisher.publish(counted()).await.unwrap();
    }

    acls::grant(bed.broker.internal, ALICE, "taken-away");
    let start = Instant::now();
    while publisher.publish(placed()).await.is_err() {
        assert!(start.elapsed() < DEADLINE, "the permission is not noticed");
        publisher.publish(counted()).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    publisher.shutdown(SOON).await;
}

struct Nobody;

impl Reports for Nobody {
    fn report(&self, _: Token, _: Outcome) {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topics_description_says_whether_it_may_be_written_to() {
    let Some(bed) = Bed::start("writable", &[ALICE]).await else {
        return;
    };
    for topic in ["visible", "hidden"] {
        bed.broker.create_topic(topic).await;
    }
    acls::show(bed.broker.internal, ALICE, "visible");
    let mut settings = KafkaSettings::new(format!("localhost:{}", bed.broker.sasl.port()));
    let authority = bed.broker.authority.pem();
    settings.properties = [
        ("security.protocol", "SASL_SSL"),
        ("sasl.mechanism", "SCRAM-SHA-256"),
        ("sasl.username", "alice"),
        ("sasl.password", PASSWORD),
        ("ssl.ca.pem", &authority),
        ("broker.address.family", "v4"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let described = tokio::task::spawn_blocking(move || {
        let producer = KafkaProducer::new(&settings, Arc::new(Nobody)).unwrap();
        ["writable", "visible", "hidden"].map(|topic| producer.describe_topic(topic, DEADLINE))
    });
    let [writable, visible, hidden] = described.await.unwrap();
    assert_eq!(writable.unwrap(), TopicDescription::existing("writable", 1, Some(true)));
    assert_eq!(visible.unwrap(), TopicDescription::existing("visible", 1, Some(false)));
    let hidden = hidden.unwrap_err();
    assert_eq!(hidden.kind(), DescribeErrorKind::Unauthorised, "{hidden}");
}
