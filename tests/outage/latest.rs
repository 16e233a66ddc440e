//! Writing with the latest version while the registry is down: the kept one first, the newer one when it is back.

use std::collections::BTreeSet;
use std::time::Duration;

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use publisher_core::registry::{RegistryError, SchemaRegistry};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{ConfigError, Publisher, SchemaId, SchemaMode, events};

use crate::support::{
    Broker, DEADLINE, Logged, OrderPlaced, PLACED, avro, cache_at, client, placed, publish_until, schema_of, until,
    within,
};
use tests::folder::Folder;
use tests::log;

/// What another team registers: the event's schema with one field more.
const NEWER: &str = r#"{"type":"record","name":"OrderPlaced","namespace":"com.acme","fields":[
    {"name":"order_id","type":"string"},
    {"name":"channel","type":"string","default":"web"},
    {"name":"number","type":"long"}]}"#;
/// One that events cannot be written with: it has a field that nobody gives.
const UNWRITABLE: &str = r#"{"type":"record","name":"OrderPlaced","namespace":"com.acme","fields":[
    {"name":"order_id","type":"string"},
    {"name":"warehouse","type":"string"},
    {"name":"number","type":"long"}]}"#;

/// A registry with the event's own schema as the first version.
async fn registry() -> EmbeddedRegistry {
    let server = EmbeddedRegistry::start().unwrap();
    register(&server, schema_of::<OrderPlaced>()).await;
    server
}

async fn register(server: &EmbeddedRegistry, schema: &publisher_core::registry::SchemaText) -> SchemaId {
    let client = client(server.url()).build().unwrap();
    within(client.register(PLACED, schema)).await.unwrap().id
}

async fn start(broker: &Broker, server: &EmbeddedRegistry, folder: &Folder) -> Result<Publisher, ConfigError> {
    let builder = broker
        .publisher(client(server.url()).build().unwrap())
        .disk_cache(cache_at(folder))
        .schema_mode(SchemaMode::Latest)
        .start_timeout(Duration::from_secs(1))
        .events(events![OrderPlaced]);
    within(builder.build()).await
}

#[tokio::test]
async fn the_kept_version_first_and_the_newer_one_after() {
    for broker in [Broker::memory(), Broker::kafka()] {
        let (server, folder) = (registry().await, Folder::new());
        let first = start(&broker, &server, &folder).await.unwrap();
        within(first.shutdown(DEADLINE)).await;
        // Registered while no publisher looks, and the registry goes down.
        let newer = register(&server, &avro(NEWER)).await;
        server.stop().unwrap();

        let publisher = start(&broker, &server, &folder).await.unwrap();
        let mut number = 0;
        let mut next = || {
            number += 1;
            placed("7", number)
        };
        for _ in 0..100 {
            let delivery = within(publisher.publish(next())).await.unwrap();
            assert_eq!(delivery.schema_id, Some(SchemaId(1)));
        }
        server.restart().unwrap();
        let is_newer = |outcome: &Result<publisher_core::Delivery, _>| {
            outcome.as_ref().is_ok_and(|delivery| delivery.schema_id == Some(newer))
        };
        publish_until(&publisher, &mut next, is_newer).await.unwrap();
        for _ in 0..100 {
            let delivery = within(publisher.publish(next())).await.unwrap();
            assert_eq!(delivery.schema_id, Some(newer), "no way back");
        }

        let log = broker.log("orders").await;
        check_log(&log, newer);
        let requests = server.requests();
        assert_eq!(
            server.calls()[requests - 2..],
            [
                "GET /schemas/ids/1".to_owned(),
                format!("GET /subjects/{PLACED}/versions/latest")
            ],
            "confirmed, then renewed"
        );
        // What is kept is the newer one now.
        within(publisher.shutdown(DEADLINE)).await;
        server.stop().unwrap();
        let third = start(&broker, &server, &folder).await.unwrap();
        let delivery = within(third.publish(placed("8", 1))).await.unwrap();
        assert_eq!(delivery.schema_id, Some(newer), "{}", broker.name());
    }
}

/// Old ids, then new ones, each record readable by the schema of its id.
fn check_log(log: &[Logged], newer: SchemaId) {
    let numbers: Vec<_> = (1..=log.len() as u32).collect();
    let schemas = [(SchemaId(1), schema_of::<OrderPlaced>().text.as_ref()), (newer, NEWER)];
    let mut found = Vec::new();
    for logged in log {
        let (_, text) = schemas.iter().find(|(id, _)| *id == logged.id).unwrap();
        let schema = apache_avro::Schema::parse_str(text).unwrap();
        let reader = GenericDatumReader::builder(&schema).build().unwrap();
        let mut rest = logged.payload.as_slice();
        let Value::Record(fields) = reader.read_value(&mut rest).unwrap() else {
            panic!("no record")
        };
        assert!(rest.is_empty(), "nothing is left over");
        let field = |name: &str| {
            fields
                .iter()
                .find(|(field, _)| field == name)
                .map(|(_, value)| value.clone())
        };
        let Some(Value::Long(number)) = field("number") else {
            panic!("{fields:?}")
        };
        let channel = (logged.id == newer).then(|| Value::String("web".to_owned()));
        assert_eq!(field("channel"), channel);
        found.push(u32::try_from(number).unwrap());
    }
    assert_eq!(found, numbers);
    assert!(log.is_sorted_by_key(|logged| logged.id));
    let ids: BTreeSet<_> = log.iter().map(|logged| logged.id).collect();
    assert_eq!(ids.len(), 2);
}

/// A version that events cannot be written with changes nothing for those who run, nor for those who start from the cache.
#[tokio::test]
async fn a_version_that_cannot_be_written_is_not_kept() {
    log::keep();
    let (broker, server, folder) = (Broker::memory(), registry().await, Folder::new());
    let first = start(&broker, &server, &folder).await.unwrap();
    within(first.shutdown(DEADLINE)).await;
    server.set_global_level(publisher_core::compatibility::Level::None);
    register(&server, &avro(UNWRITABLE)).await;

    let publisher = start(&broker, &server, &folder).await.unwrap();
    until("a line that names the reason", || {
        log::has(&["WARN", PLACED, "no newer version", "warehouse", server.url()])
    })
    .await;
    let delivery = within(publisher.publish(placed("7", 1))).await.unwrap();
    assert_eq!(delivery.schema_id, Some(SchemaId(1)));
    within(publisher.shutdown(DEADLINE)).await;

    // Without the cache there is nothing to write with.
    let ConfigError::Unresolved(unresolved) = start(&broker, &server, &Folder::new()).await.unwrap_err() else {
        panic!("another error")
    };
    assert!(matches!(unresolved[0].error, RegistryError::Unwritable(_)));

    server.stop().unwrap();
    let publisher = start(&broker, &server, &folder).await.unwrap();
    let delivery = within(publisher.publish(placed("7", 2))).await.unwrap();
    assert_eq!(delivery.schema_id, Some(SchemaId(1)));
}
