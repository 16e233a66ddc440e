//! The look at everything that publishing needs, before the first record.

use publisher_core::compatibility::Level;
use publisher_core::producer::{MemoryBroker, TopicAccess};
use publisher_core::registry::{RegistryClient, SchemaRegistry, SchemaText, SchemaType};
use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry};
use publisher_core::{Publisher, SchemaMode, StartMode, events};

use crate::support::{DEADLINE, OrderPlaced, PLACED, StockCounted, placed, within};

#[tokio::test]
async fn all_is_well() {
    let (broker, server) = (MemoryBroker::new().partitions(6), EmbeddedRegistry::start().unwrap());
    let builder = Publisher::builder().connect(broker.connect()).registry(server.url());
    let builder = builder
        .events(events![OrderPlaced, StockCounted])
        .rename_topic("stock", "prod.stock");
    let publisher = builder.build().await.unwrap();
    let report = within(publisher.preflight(DEADLINE)).await;
    assert!(report.is_ready(), "{report}");
    assert_eq!(
        report.to_string(),
        "com.acme.OrderPlaced\n  topic    orders: 6 partitions, may be written to\n  value    orders-com.acme.OrderPlaced: id 1, version 1; the same as the latest version, 1\n\
         com.acme.StockCounted\n  topic    prod.stock: 6 partitions, may be written to\n  value    prod.stock-com.acme.StockCounted: id 2, version 1; the same as the latest version, 1"
    );
    assert_eq!(report.events[0].topic.as_ref().unwrap().partitions, Some(6));
    assert!(broker.records().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let (broker, server) = (MemoryBroker::new(), EmbeddedRegistry::start().unwrap());
    server.set_global_level(Level::None);
    let registry = RegistryClient::builder(server.url()).build().unwrap();
    let other = r#"{"type":"record","name":"OrderPlaced","namespace":"com.acme","fields":[{"name":"order_id","type":"string"}]}"#;
    registry
        .register(PLACED, &SchemaText::new(SchemaType::Avro, other))
        .await
        .unwrap();
    broker.topic_access("orders", TopicAccess::Missing);
    broker.topic_access("stock", TopicAccess::ReadOnly);
    let builder = Publisher::builder().connect(broker.connect()).registry(server.url());
    let builder = builder
        .schema_mode(SchemaMode::LookUp)
        .events(events![OrderPlaced, StockCounted]);
    let publisher = builder.start(StartMode::Lazy).build().await.unwrap();
    let report = within(publisher.preflight(DEADLINE)).await;
    assert!(!report.is_ready());
    let problems = report.problems();
    for (problem, words) in problems.iter().zip([
        "com.acme.OrderPlaced: no schema id under orders-com.acme.OrderPlaced: schema not found: ",
        "com.acme.OrderPlaced: topic orders does not exist; create it",
        "com.acme.StockCounted: no schema id under stock-com.acme.StockCounted: schema not found: ",
        "com.acme.StockCounted: this client may not write to topic stock; ask for the permission",
    ]) {
        assert!(problem.starts_with(words), "{problem}\n  does not begin with {words}");
    }
    assert_eq!(problems.len(), 4);
    let text = report.to_string();
    for words in [
        "against the latest version, 1 (id 1), the event has:\n             + field quantity: long",
        "the latest version is not known: schema not found: ",
    ] {
        assert!(text.contains(words), "{words:?} is missing in:\n{text}");
    }
}

#[tokio::test]
async fn the_embedded_cluster_is_asked_too() {
    let (cluster, server) = (EmbeddedCluster::start().unwrap(), EmbeddedRegistry::start().unwrap());
    cluster.create_topic("orders", 3).unwrap();
    let builder = Publisher::builder()
        .bootstrap_servers(cluster.bootstrap_servers())
        .registry(server.url());
    let publisher = builder
        .events(events![OrderPlaced, StockCounted])
        .build()
        .await
        .unwrap();
    let report = within(publisher.preflight(DEADLINE)).await;
    let partitions: Vec<_> = report
        .events
        .iter()
        .map(|event| event.topic.as_ref().unwrap().partitions)
        .collect();
    assert_eq!(partitions, [Some(3), None], "and no topic was made");
    within(publisher.publish(placed("7", 1))).await.unwrap();
    publisher.shutdown(DEADLINE).await;
}
