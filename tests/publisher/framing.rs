//! Where a record names its schema: by GUID in the headers, the payload untouched.

use publisher_core::compatibility::Level;
use publisher_core::producer::{MemoryBroker, Stored};
use publisher_core::registry::{RegistryClient, RegistryError, SchemaRegistry, SchemaText, SchemaType};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::wire::{Frame, FramedSchema, KEY_HEADER, SchemaGuid, VALUE_HEADER};
use publisher_core::{Event, EventTypes, Framing, PublishError, Publisher, SchemaMode, events};

use crate::support::{OrderPlaced, PLACED, StockCounted, placed, within};

#[derive(Event)]
#[event(topic = "meters", namespace = "com.acme")]
struct MeterRead {
    #[event(key = avro)]
    meter: i64,
    value: i32,
}

fn builder(broker: &MemoryBroker, server: &EmbeddedRegistry) -> publisher_core::PublisherBuilder {
    Publisher::builder()
        .connect(broker.connect())
        .registry(server.url())
        .framing(Framing::GuidHeaders)
}

async fn guid(server: &EmbeddedRegistry, subject: &str) -> SchemaGuid {
    let registry = RegistryClient::builder(server.url()).build().unwrap();
    registry.latest(subject).await.unwrap().guid.unwrap()
}

/// The schema of a part of a record as readers take it, and its payload.
fn framed(stored: &Stored, header: &str, bytes: Option<&Vec<u8>>) -> Option<(FramedSchema, Vec<u8>)> {
    let header = stored.record.headers.last(header);
    let frame = Frame::of_record(header, bytes.map(Vec::as_slice)).unwrap()?;
    Some((frame.schema, frame.payload.to_vec()))
}

#[tokio::test]
async fn value_and_key_are_named_in_headers() {
    let (broker, server) = (MemoryBroker::new(), EmbeddedRegistry::start().unwrap());
    let publisher = builder(&broker, &server).build().await.unwrap();
    within(publisher.publish(MeterRead { meter: 7, value: -1 }))
        .await
        .unwrap();
    let delivery = within(publisher.publish(MeterRead { meter: 7, value: 1 }))
        .await
        .unwrap();
    within(publisher.tombstone::<MeterRead>(&7)).await.unwrap();
    assert_eq!(delivery.schema_id.map(|id| id.0 > 0), Some(true));

    let value = FramedSchema::Guid(guid(&server, "meters-com.acme.MeterRead").await);
    let key = FramedSchema::Guid(guid(&server, "meters-key").await);
    let records = broker.records();
    for (stored, expected) in records.iter().zip([Some(vec![14, 1]), Some(vec![14, 2]), None]) {
        let record = &stored.record;
        assert_eq!(framed(stored, KEY_HEADER, record.key.as_ref()), Some((key, vec![14])));
        assert_eq!(
            framed(stored, VALUE_HEADER, record.value.as_ref()),
            expected.map(|payload| (value, payload))
        );
        assert_eq!(
            record.headers.iter().filter(|(name, _)| name.starts_with("__")).count(),
            if record.value.is_some() { 2 } else { 1 }
        );
    }
    let partitions: Vec<_> = records.iter().map(|stored| stored.placement.partition).collect();
    assert!(partitions.iter().all(|partition| *partition == partitions[0]));
}

#[tokio::test]
async fn json_is_json_to_everybody() {
    let (broker, server) = (MemoryBroker::new(), EmbeddedRegistry::start().unwrap());
    let publisher = builder(&broker, &server).build().await.unwrap();
    let counted = StockCounted {
        warehouse: "w".to_owned(),
        product: "p".to_owned(),
        pieces: 3,
    };
    within(publisher.publish(counted)).await.unwrap();
    let record = broker.records()[0].record.clone();
    assert_eq!(record.value.unwrap(), br#"{"warehouse":"w","product":"p","pieces":3}"#);
    assert_eq!(record.key.unwrap(), b"w:p");
}

#[tokio::test]
async fn the_latest_version_is_named_by_its_guid() {
    let (broker, server) = (MemoryBroker::new(), EmbeddedRegistry::start().unwrap());
    server.set_global_level(Level::None);
    let wider = r#"{"type":"record","name":"OrderPlaced","namespace":"com.acme","fields":[{"name":"quantity","type":"long"},{"name":"order_id","type":"string"}]}"#;
    let registry = RegistryClient::builder(server.url()).build().unwrap();
    registry
        .register(PLACED, &SchemaText::new(SchemaType::Avro, wider))
        .await
        .unwrap();
    let builder = builder(&broker, &server)
        .schema_mode(SchemaMode::Latest)
        .events(events![OrderPlaced]);
    let publisher = builder.build().await.unwrap();
    within(publisher.publish(placed("7", 3))).await.unwrap();
    let stored = &broker.records()[0];
    let expected = FramedSchema::Guid(guid(&server, PLACED).await);
    assert_eq!(
        framed(stored, VALUE_HEADER, stored.record.value.as_ref()),
        Some((expected, b"\x06\x027".to_vec()))
    );
}

/// An old registry answers without GUIDs: records that nobody can look up are not written.
#[tokio::test]
async fn a_registry_without_guids_is_refused() {
    let (broker, server) = (MemoryBroker::new(), EmbeddedRegistry::start().unwrap().without_guids());
    let publisher = builder(&broker, &server).build().await.unwrap();
    let error = within(publisher.publish(placed("7", 3))).await.unwrap_err();
    let PublishError::Registry { source, .. } = &error else {
        panic!("{error:?}")
    };
    assert!(matches!(**source, RegistryError::InvalidSchema(_)), "{source}");
    for words in ["finds no schema by its GUID", "Framing::Prefix"] {
        assert!(source.to_string().contains(words), "{source}");
    }
    assert!(broker.records().is_empty());
}

/// What the registry stores of our own schemas is what we compute without it.
#[tokio::test]
async fn the_guid_of_our_own_schema_needs_no_registry() {
    let (broker, server) = (MemoryBroker::new(), EmbeddedRegistry::start().unwrap());
    let publisher = builder(&broker, &server).build().await.unwrap();
    within(publisher.publish(placed("7", 3))).await.unwrap();
    let stored = server.schema(PLACED).unwrap();
    let computed = SchemaGuid::of(&stored.text, &stored.references, None);
    assert_eq!(computed, Some(guid(&server, PLACED).await));
    let own = OrderPlaced::types()[0].schema();
    assert!(publisher_core::differences::same(&stored, own));
}
