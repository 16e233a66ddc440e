//! Partitioners as a publisher's user meets them: where records go, and how a record ends that no partition takes.

use publisher_core::partitioner::{Partitioner, partition};
use publisher_core::producer::MemoryBroker;
use publisher_core::testing::EmbeddedCluster;
use publisher_core::{Event, HeldKeys, OnFailure, Persistence, ProduceErrorKind, PublishError, Publisher};

use crate::support::{DEADLINE, ScriptedRegistry, Seen, placed, within, word};

#[derive(Event)]
#[event(topic = "parcels", namespace = "com.acme")]
struct ParcelPacked {
    #[event(key = avro)]
    tenant: String,
}

const PARTITIONS: i32 = 6;

async fn publisher(partitioner: Partitioner, seen: &Seen) -> Publisher {
    let noted = seen.clone();
    let broker = MemoryBroker::new().partitions(PARTITIONS).partitioner(partitioner);
    let builder = Publisher::builder()
        .connect(broker.connect())
        .registry_client(ScriptedRegistry::default())
        .on_delivery(move |report| noted.note(word(report.result)));
    builder.build().await.unwrap()
}

#[tokio::test]
async fn a_partition_that_the_topic_lacks_fails_its_record_and_no_other() {
    let seen = Seen::default();
    let rule = Partitioner::by(|key, partitions| (key == Some(b"lost")).then_some(partitions));
    let publisher = publisher(rule, &seen).await;
    let other = within(publisher.publish(placed("7", 1))).await.unwrap();
    assert_eq!(other.partition, partition(b"7", PARTITIONS));
    let failed = within(publisher.publish(placed("lost", 2))).await.unwrap_err();
    assert!(!failed.is_retriable() && !failed.is_fatal());
    let PublishError::Failed { source, record } = failed else {
        panic!("{failed:?}")
    };
    assert_eq!(
        (source.kind(), source.persistence()),
        (ProduceErrorKind::UnknownTopic, Persistence::NotPersisted)
    );
    assert!(
        source
            .reason()
            .starts_with("the partitioner chose partition 6 of topic orders, which has 6"),
        "{source}"
    );
    assert_eq!(record.key.as_deref(), Some(&b"lost"[..]));
    within(publisher.publish(placed("7", 3))).await.unwrap();
    assert_eq!(seen.all(), ["delivered", "failed", "delivered"]);
    let report = within(publisher.shutdown(DEADLINE)).await;
    assert_eq!((report.delivered, report.failed), (2, 1));
}

#[tokio::test]
async fn a_rule_sees_the_bytes_of_an_avro_key_with_its_schema_id() {
    let keys = Seen::default();
    let noted = keys.clone();
    let rule = Partitioner::by(move |key, _| {
        noted.note(format!("{:?}", key.unwrap()));
        None
    });
    let publisher = publisher(rule, &Seen::default()).await;
    let tenant = "ab".to_owned();
    within(publisher.publish(ParcelPacked { tenant })).await.unwrap();
    // Zero, four bytes of the id, then the length, zigzag, and the text.
    let [key] = &keys.all()[..] else {
        panic!("{keys:?}", keys = keys.all())
    };
    assert!(
        key.starts_with("[0, 0, 0, 0, ") && key.ends_with(", 4, 97, 98]"),
        "{key}"
    );
    assert!(!key.starts_with("[0, 0, 0, 0, 0,"), "the id is known: {key}");
}

/// The setting reaches Kafka's client, for records with and without keys.
#[tokio::test]
async fn premium_customers_have_a_partition_of_their_own_on_kafka() {
    let cluster = EmbeddedCluster::start().unwrap();
    cluster.create_topic("orders", PARTITIONS).unwrap();
    let builder = Publisher::builder()
        .bootstrap_servers(cluster.bootstrap_servers())
        .registry_client(ScriptedRegistry::default())
        .partitioner(Partitioner::prefix("premium-", 2));
    let publisher = builder.build().await.unwrap();
    let customers: Vec<String> = (0..30).map(|number| format!("basic-{number}")).collect();
    let mut batch = publisher.batch();
    for customer in &customers {
        batch = batch
            .add(placed(customer, 1))
            .add(placed(&format!("premium-{customer}"), 1));
    }
    let deliveries = within(batch.send()).await.unwrap();
    for (index, delivery) in deliveries.into_iter().enumerate() {
        let at = delivery.unwrap().partition;
        assert_eq!(at == 2, index % 2 == 1, "record {index} is at {at}");
    }
    within(publisher.shutdown(DEADLINE)).await;
}

#[tokio::test]
async fn a_policy_that_holds_keys_wants_a_partition_for_each() {
    let check = async |partitioner: Partitioner, expected: &str| {
        let builder = Publisher::builder()
            .connect(MemoryBroker::new().connect())
            .registry_client(ScriptedRegistry::default())
            .on_failure(OnFailure::HoldKey(HeldKeys::Hold))
            .partitioner(partitioner);
        let built = builder
            .build()
            .await
            .map_or_else(|error| error.to_string(), |_| "built".to_owned());
        assert!(built.starts_with(expected), "{built}");
    };
    check(Partitioner::Murmur2, "built").await;
    check(Partitioner::prefix("premium-", 0), "built").await;
    check(
        Partitioner::Sticky,
        "partitioner: Sticky puts the records of one key on several partitions",
    )
    .await;
    check(Partitioner::RoundRobin, "partitioner: RoundRobin puts").await;
}
