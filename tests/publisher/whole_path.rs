//! From the event to the log and back, through librdkafka and HTTP: on the embedded cluster and registry, and on the real
//! pair where the environment names one.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use publisher_core::differences::same;
use publisher_core::registry::{RegistryClient, SchemaRegistry};
use publisher_core::testing::{ConsumedRecord, EmbeddedCluster, EmbeddedRegistry, read_topic};
use publisher_core::{Persistence, ProduceErrorKind, PublishError, Publisher, PublisherBuilder, partitioner, wire};
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;

use crate::support::{DEADLINE, OrderPlaced, OrderShipped, SHIPPED_AT_MS, placed, quantity, say, shipped, within};

const PARTITIONS: i32 = 4;

fn builder(bootstrap_servers: &str, registry: &str, topic: &str) -> PublisherBuilder {
    Publisher::builder()
        .bootstrap_servers(bootstrap_servers)
        .registry(registry)
        .rename_topic("orders", topic)
}

#[tokio::test]
async fn the_embedded_pair() {
    let (cluster, registry) = (EmbeddedCluster::start().unwrap(), EmbeddedRegistry::start().unwrap());
    cluster.create_topic("shop.orders", PARTITIONS).unwrap();
    check_whole_path(cluster.bootstrap_servers(), registry.url(), "shop.orders").await;
    assert_eq!(registry.requests(), 3, "one for each type, one by this test");
    cluster.create_topic("crowded", PARTITIONS).unwrap();
    check_small_buffer(cluster.bootstrap_servers(), registry.url(), "crowded").await;
}

#[tokio::test]
async fn the_real_pair() {
    let (Ok(kafka), Ok(registry)) = (
        std::env::var("PUBLISHER_TEST_KAFKA"),
        std::env::var("PUBLISHER_TEST_REGISTRY"),
    ) else {
        say(
            "SKIPPED the publisher on a real pair: PUBLISHER_TEST_KAFKA and PUBLISHER_TEST_REGISTRY are not both set (`cargo xtask test` sets them)",
        );
        return;
    };
    for check in ["whole-path", "crowded"] {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
        let topic = format!("publisher-{check}-{}-{now}", std::process::id());
        create_topic(&kafka, &topic).await;
        match check {
            "crowded" => check_small_buffer(&kafka, &registry, &topic).await,
            _ => check_whole_path(&kafka, &registry, &topic).await,
        }
    }
    say("the publisher was also tried on the real pair");
}

async fn create_topic(kafka: &str, topic: &str) {
    let admin: AdminClient<DefaultClientContext> =
        ClientConfig::new().set("bootstrap.servers", kafka).create().unwrap();
    let new = NewTopic::new(topic, PARTITIONS, TopicReplication::Fixed(1));
    let options = AdminOptions::new().operation_timeout(Some(DEADLINE));
    let created = within(admin.create_topics([&new], &options)).await.unwrap();
    assert!(created.iter().all(Result::is_ok), "{created:?}");
}

async fn read(bootstrap_servers: &str, topic: &str) -> Vec<ConsumedRecord> {
    let (bootstrap_servers, topic) = (bootstrap_servers.to_owned(), topic.to_owned());
    tokio::task::spawn_blocking(move || read_topic(&bootstrap_servers, &topic, DEADLINE).unwrap())
        .await
        .unwrap()
}

async fn check_whole_path(bootstrap_servers: &str, registry: &str, topic: &str) {
    let publisher = builder(bootstrap_servers, registry, topic)
        .source("tests")
        .build()
        .await
        .unwrap();
    let first = within(publisher.publish(placed("7", 3))).await.unwrap();
    let tracked = publisher
        .prepare(shipped("7", "x"))
        .correlation_id("c-1")
        .header("tenant", "eu");
    let second = within(tracked.send()).await.unwrap();
    let third = within(publisher.tombstone::<OrderPlaced>(&"7".to_owned()))
        .await
        .unwrap();
    let batch = publisher
        .batch()
        .extend((0..20).map(|order| placed(&order.to_string(), 1)))
        .add(shipped("8", "y"));
    let results = within(batch.send()).await.unwrap();
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    let report = within(publisher.shutdown(DEADLINE)).await;
    assert_eq!(
        (report.delivered, report.failed, report.unknown, report.returned.len()),
        (24, 0, 0, 0)
    );

    // What was said is where it lies, and the schema in the frame is what the registry has under that id.
    assert_eq!(first.topic(), topic);
    assert_eq!(first.subject(), Some(format!("{topic}-com.acme.OrderPlaced").as_str()));
    assert_eq!((first.partition, first.partition), (second.partition, third.partition));
    assert_eq!(first.partition, partitioner::partition(b"7", PARTITIONS));
    let client = RegistryClient::builder(registry).build().unwrap();
    let schema = within(client.schema_by_id(second.schema_id.unwrap())).await.unwrap();
    let own = <OrderShipped as publisher_core::EventTypes>::types()[0].schema();
    assert!(same(&schema, own), "{}", schema.text);

    let log = read(bootstrap_servers, topic).await;
    assert_eq!(log.len(), 24);
    let at = |delivery: &publisher_core::Delivery| {
        log.iter()
            .find(|record| record.partition == delivery.partition && Some(record.offset) == delivery.offset)
            .unwrap()
    };
    let (id, payload) = wire::read(at(&first).value.as_ref().unwrap()).unwrap();
    assert_eq!((Some(id), payload), (first.schema_id, &b"\x027\x06"[..]));
    assert_eq!(at(&first).key.as_deref(), Some(&b"7"[..]));
    assert_eq!(at(&first).timestamp_ms, first.timestamp_ms);
    let headers = &at(&second).headers;
    let names: Vec<_> = headers.iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "event_type",
            "event_id",
            "source",
            "version",
            "content-type",
            "correlation_id",
            "tenant"
        ]
    );
    assert_eq!(
        (at(&second).timestamp_ms, second.timestamp_ms),
        (SHIPPED_AT_MS, SHIPPED_AT_MS)
    );
    assert_eq!(at(&third).value, None);
    assert!(
        log.iter()
            .all(|record| record.partition == partitioner::partition(record.key.as_ref().unwrap(), PARTITIONS))
    );
}

/// More records than places, so that each report's place is taken at once: librdkafka still counts the records of a
/// batch of reports when the first of them is handled.
async fn check_small_buffer(bootstrap_servers: &str, registry: &str, topic: &str) {
    let builder = builder(bootstrap_servers, registry, topic)
        .buffer_records(5)
        .linger(Duration::ZERO);
    let publisher = builder.build().await.unwrap();
    let all: Vec<_> = (0..600_u32)
        .map(|number| publisher.publish(placed(&(number % 7).to_string(), 1 + number / 7 % 60)))
        .collect();
    for publishing in all.into_iter().rev() {
        within(publishing).await.unwrap();
    }
    let log = read(bootstrap_servers, topic).await;
    assert_eq!(log.len(), 600);
    for key in 0..7_u32 {
        let of_key = log
            .iter()
            .filter(|record| record.key.as_deref() == Some(key.to_string().as_bytes()));
        let quantities: Vec<_> = of_key.map(|record| quantity(record.value.as_ref().unwrap())).collect();
        let expected: Vec<_> = (0..600)
            .filter(|number| number % 7 == key)
            .map(|number| 1 + number / 7 % 60)
            .collect();
        assert_eq!(quantities, expected, "key {key}");
    }
}

#[tokio::test]
async fn an_absent_broker_ends_in_time_and_names_its_address() {
    let registry = EmbeddedRegistry::start().unwrap();
    let timeout = Duration::from_millis(400);
    let publisher = builder("127.0.0.1:1", registry.url(), "x")
        .delivery_timeout(timeout)
        .build()
        .await
        .unwrap();
    // Where the machine is so busy that the client does not answer within its moment of grace, the end is unknown.
    let mut answers = Vec::new();
    let source = loop {
        let error = within(publisher.publish(placed("7", 1))).await.unwrap_err();
        assert!(error.is_retriable());
        match error {
            PublishError::Failed { source, .. } => break source,
            unknown => answers.push(unknown),
        }
        assert!(answers.len() < 10, "{answers:?}");
    };
    assert_eq!(
        (source.kind(), source.persistence()),
        (ProduceErrorKind::TimedOut, Persistence::NotPersisted)
    );
    assert!(source.reason().contains("127.0.0.1:1"), "{source}");
}

#[tokio::test]
async fn an_absent_registry_is_named() {
    let cluster = EmbeddedCluster::start().unwrap();
    let publisher = builder(cluster.bootstrap_servers(), "http://127.0.0.1:1", "x")
        .delivery_timeout(std::time::Duration::from_millis(200))
        .build()
        .await
        .unwrap();
    let error = within(publisher.publish(placed("7", 1))).await.unwrap_err();
    let PublishError::Registry { source, .. } = error else {
        panic!("{error:?}")
    };
    assert!(
        source
            .to_string()
            .starts_with("schema registry unreachable: http://127.0.0.1:1"),
        "{source}"
    );
}

#[tokio::test]
async fn a_broker_that_goes_away_returns_what_was_not_sent() {
    let (cluster, registry) = (EmbeddedCluster::start().unwrap(), EmbeddedRegistry::start().unwrap());
    let publisher = builder(cluster.bootstrap_servers(), registry.url(), "x")
        .buffer_records(3)
        .build()
        .await
        .unwrap();
    within(publisher.publish(placed("7", 1))).await.unwrap();
    cluster.broker_down().unwrap();
    let all: Vec<_> = (2..=9)
        .map(|quantity| publisher.publish(placed("7", quantity)))
        .collect();
    let report = within(publisher.shutdown(Duration::from_millis(50))).await;
    assert_eq!(report.delivered, 1);
    assert_eq!(report.failed, 0);
    assert_eq!(report.unknown as usize + report.returned.len(), 8);
    assert!(report.returned.len() >= 5, "those without a place were surely not sent");
    for publishing in all {
        assert!(crate::support::ready(publishing).is_err());
    }
}
