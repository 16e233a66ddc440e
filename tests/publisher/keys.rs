//! Keys of other forms than text: their bytes, the schema of an Avro key under its own subject, and the order that is kept
//! while its id is missing.

use std::collections::HashSet;

use apache_avro::types::Value as AvroValue;
use publisher_core::differences::same;
use publisher_core::producer::MemoryBroker;
use publisher_core::registry::{RegistryClient, RegistryError, SchemaRegistry, SchemaText, SchemaType};
use publisher_core::testing::{ConsumedRecord, EmbeddedCluster, EmbeddedRegistry, RecordingPublisher};
use publisher_core::{
    ConfigError, Delivery, Event, EventData, EventTypes, PublishError, Publisher, SchemaId, SchemaMode, partitioner,
    wire,
};
use publisher_core::{SubjectNameStrategy, events};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Bench, DEADLINE, FORGOTTEN, PLACED, later, placed, poll_now, quantity, ready, refused, within};

#[derive(EventData, Clone)]
struct TenantOrder {
    #[event(min_length = 1)]
    tenant: String,
    order_id: u32,
}

#[derive(Event)]
#[event(topic = "parcels", namespace = "com.acme")]
struct ParcelPacked {
    #[event(key = avro)]
    id: TenantOrder,
    quantity: u32,
}

#[derive(Event)]
#[event(topic = "parcels", namespace = "com.acme", encoding = json)]
struct ParcelLost {
    #[event(key = avro)]
    id: TenantOrder,
}

#[derive(Event)]
#[event(topic = "parcels", namespace = "com.acme")]
struct ParcelWeighed {
    #[event(key = avro)]
    scale: i64,
}

#[derive(Event)]
#[event(topic = "meters", namespace = "com.acme")]
struct MeterRead {
    #[event(key = big_endian)]
    meter: i64,
}

#[derive(EventData)]
struct Tag(Uuid);

#[derive(Event)]
#[event(topic = "tags", namespace = "com.acme")]
struct TagSeen {
    #[event(key = raw)]
    tag: Tag,
}

#[derive(Event)]
#[event(topic = "blobs", namespace = "com.acme")]
struct BlobStored {
    #[event(key = avro)]
    digest: Vec<u8>,
}

const KEYS: &str = "parcels-key";
const PACKED: &str = "parcels-com.acme.ParcelPacked";
const LOST: &str = "parcels-com.acme.ParcelLost";
const PARTITIONS: i32 = 6;

fn id(tenant: &str, order_id: u32) -> TenantOrder {
    TenantOrder {
        tenant: tenant.to_owned(),
        order_id,
    }
}

fn packed(order_id: u32, quantity: u32) -> ParcelPacked {
    ParcelPacked {
        id: id("a", order_id),
        quantity,
    }
}

fn lost(order_id: u32) -> ParcelLost {
    ParcelLost { id: id("a", order_id) }
}

/// The key of the tenant `a` in its frame, for ids below 64: one byte, zigzag.
fn framed(schema: SchemaId, order_id: u32) -> Vec<u8> {
    let mut key = vec![0, 0, 0, 0, schema.0 as u8, 2, b'a'];
    key.push(order_id as u8 * 2);
    key
}

/// The values in the order of the log: the quantity of a packed parcel, `lost`, or `gone` for a tombstone.
fn log(broker: &MemoryBroker) -> Vec<String> {
    let records = broker.records().into_iter();
    records
        .map(|stored| match stored.record.value {
            None => "gone".to_owned(),
            Some(value) if value[5] == b'{' => "lost".to_owned(),
            Some(value) => quantity(&value).to_string(),
        })
        .collect()
}

#[tokio::test]
async fn an_avro_key_has_a_schema_of_its_own() {
    let (cluster, registry) = (EmbeddedCluster::start().unwrap(), EmbeddedRegistry::start().unwrap());
    cluster.create_topic("parcels", PARTITIONS).unwrap();
    let builder = Publisher::builder()
        .bootstrap_servers(cluster.bootstrap_servers())
        .registry(registry.url());
    let publisher = builder.build().await.unwrap();
    let first = within(publisher.publish(packed(1, 1))).await.unwrap();
    assert_eq!(registry.subjects(), [PACKED, KEYS]);
    assert_eq!(registry.requests(), 2);

    let mut deliveries = vec![(1, first)];
    for order_id in 2..20 {
        deliveries.push((order_id, within(publisher.publish(packed(order_id, 1))).await.unwrap()));
        let gone = publisher.tombstone::<ParcelPacked>(&id("a", order_id));
        deliveries.push((order_id, within(gone).await.unwrap()));
    }
    assert_eq!(registry.requests(), 2, "after the first resolution no call");

    let key_id = deliveries[0].1.key_schema_id.unwrap();
    let client = RegistryClient::builder(registry.url()).build().unwrap();
    let schema = within(client.schema_by_id(key_id)).await.unwrap();
    let sent = r#"{"type":"record","name":"TenantOrder","namespace":"com.acme","fields":[{"name":"tenant","type":"string"},{"name":"order_id","type":"long"}]}"#;
    assert!(
        same(&schema, &SchemaText::new(SchemaType::Avro, sent)),
        "{}",
        schema.text
    );
    let schema = apache_avro::Schema::parse_str(&schema.text).unwrap();
    let records = tokio::task::spawn_blocking(move || cluster.records("parcels").unwrap())
        .await
        .unwrap();
    let at = |delivery: &Delivery| -> ConsumedRecord {
        let there =
            |record: &&ConsumedRecord| record.partition == delivery.partition && Some(record.offset) == delivery.offset;
        records.iter().find(there).unwrap().clone()
    };
    let mut moved_by_the_id = 0;
    for (order_id, delivery) in &deliveries {
        let record = at(delivery);
        let key = record.key.unwrap();
        assert_eq!(key, framed(key_id, *order_id));
        assert_eq!(delivery.partition, partitioner::partition(&key, PARTITIONS));
        let unframed = framed(SchemaId(0), *order_id);
        moved_by_the_id += usize::from(delivery.partition != partitioner::partition(&unframed, PARTITIONS));
        assert_eq!(
            (delivery.schema_id.is_some(), delivery.key_schema_id),
            (record.value.is_some(), Some(key_id))
        );
        let (_, mut payload) = wire::read(&key).unwrap();
        let reader = apache_avro::reader::datum::GenericDatumReader::builder(&schema)
            .build()
            .unwrap();
        assert_eq!(
            reader.read_value(&mut payload).unwrap(),
            AvroValue::Record(vec![
                ("tenant".to_owned(), AvroValue::String("a".to_owned())),
                ("order_id".to_owned(), AvroValue::Long(i64::from(*order_id))),
            ])
        );
    }
    assert!(moved_by_the_id > 0, "the partition is that of the final bytes");
}

#[tokio::test]
async fn the_types_of_a_topic_share_its_key_schema() {
    let bench = Bench::new().await;
    within(bench.publisher.tombstone::<ParcelPacked>(&id("a", 1)))
        .await
        .unwrap();
    assert_eq!(bench.registry.calls(), [("register", KEYS.to_owned())]);
    within(bench.publisher.publish(packed(1, 1))).await.unwrap();
    within(bench.publisher.publish(lost(1))).await.unwrap();
    let batch = bench.publisher.batch().add(packed(2, 1)).add(lost(2));
    let results = within(batch.send()).await.unwrap();
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    within(bench.publisher.tombstone::<ParcelLost>(&id("a", 1)))
        .await
        .unwrap();
    let called: Vec<_> = bench.registry.calls().into_iter().map(|(_, subject)| subject).collect();
    assert_eq!(called, [KEYS, PACKED, LOST]);
    let keys: HashSet<_> = bench
        .broker
        .records()
        .into_iter()
        .map(|stored| stored.record.key)
        .collect();
    let schema = bench.registry.known(KEYS).unwrap();
    assert_eq!(keys, [1, 2].map(|order_id| Some(framed(schema, order_id))).into());

    let elsewhere = bench.publisher.prepare(packed(1, 1)).topic("elsewhere");
    within(elsewhere.send()).await.unwrap();
    assert_eq!(
        bench.registry.calls_for("elsewhere-key"),
        1,
        "each topic has keys of its own"
    );
}

#[tokio::test]
async fn a_key_has_its_subject_whatever_the_strategy_for_values() {
    for (strategy, value) in [
        (SubjectNameStrategy::Topic, "parcels-value"),
        (SubjectNameStrategy::Record, "com.acme.ParcelPacked"),
    ] {
        let bench = Bench::with(|builder| builder.subject_strategy(strategy)).await;
        let delivery = within(bench.publisher.publish(packed(1, 1))).await.unwrap();
        assert_eq!(delivery.subject(), Some(value));
        assert_eq!(delivery.key_schema_id, bench.registry.known(KEYS));
    }
}

/// Neither id alone lets a record go, and what waits for the second one keeps its place.
#[tokio::test]
async fn a_record_leaves_when_both_ids_are_known() {
    for (first, second) in [(KEYS, PACKED), (PACKED, KEYS)] {
        let bench = Bench::new().await;
        bench.registry.hold(KEYS);
        bench.registry.hold(PACKED);
        let mut one = bench.publisher.publish(packed(1, 1));
        let gone = bench.publisher.tombstone::<ParcelPacked>(&id("a", 1));
        let two = bench.publisher.publish(packed(1, 2));
        let other_type = bench.publisher.publish(lost(1));
        bench.registry.called(3).await;
        // A text key needs no second id.
        within(bench.publisher.publish(placed("7", 1))).await.unwrap();
        bench.registry.release(first);
        // Its answer is there when a later question has one.
        within(bench.publisher.prepare(placed("7", 1)).topic("later").send())
            .await
            .unwrap();
        assert!(poll_now(&mut one).is_pending());
        bench.registry.release(second);
        for publishing in [one, gone, two, other_type] {
            within(publishing).await.unwrap();
        }
        let log = log(&bench.broker);
        assert_eq!(log[2..], ["1", "gone", "2", "lost"], "{first} came first");
    }
}

#[tokio::test]
async fn a_key_without_schema_id_is_an_error_that_names_its_subject() {
    let bench = Bench::with(|builder| builder.schema_mode(SchemaMode::LookUp)).await;
    let schema = ParcelPacked::types()[0].schema();
    bench.registry.register(PACKED, schema).await.unwrap();
    let error = within(bench.publisher.publish(packed(1, 1))).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no schema id for com.acme.ParcelPacked under subject parcels-key"
    );
    assert!(!error.is_retriable());
    let PublishError::Registry {
        event_type,
        subject,
        source,
        record,
    } = error
    else {
        panic!("{error:?}")
    };
    assert_eq!((event_type, subject.as_str()), ("com.acme.ParcelPacked", KEYS));
    assert!(matches!(*source, RegistryError::NotFound(_)));
    assert_eq!(record.key, Some(framed(SchemaId(0), 1)));
    assert_eq!(wire::read(&record.value.unwrap()).unwrap().0, SchemaId(0));

    let gone = bench.publisher.tombstone::<ParcelPacked>(&id("a", 1));
    let error = within(gone).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no schema id for com.acme.ParcelPacked under subject parcels-key"
    );
    assert!(bench.broker.records().is_empty());

    let schema = ParcelPacked::types()[0].key_schema().unwrap();
    bench.registry.register(KEYS, schema).await.unwrap();
    later(FORGOTTEN).await;
    within(bench.publisher.tombstone::<ParcelPacked>(&id("a", 1)))
        .await
        .unwrap();
    within(bench.publisher.publish(packed(1, 1))).await.unwrap();
    assert_eq!(log(&bench.broker), ["gone", "1"]);
}

#[tokio::test]
async fn a_refusal_fails_what_waits_for_the_key_and_the_next_call_asks_again() {
    let bench = Bench::new().await;
    bench.registry.hold(KEYS);
    bench.registry.fail(KEYS, refused());
    let failing = [
        bench.publisher.publish(packed(1, 1)),
        bench.publisher.tombstone::<ParcelPacked>(&id("a", 1)),
        bench.publisher.publish(lost(2)),
    ];
    let text = bench.publisher.publish(placed("7", 1));
    bench.registry.called(4).await;
    within(text).await.unwrap();
    bench.registry.release(KEYS);
    for (publishing, event_type) in failing.into_iter().zip(["ParcelPacked", "ParcelPacked", "ParcelLost"]) {
        let error = within(publishing).await.unwrap_err();
        assert!(!error.is_retriable());
        assert_eq!(
            error.to_string(),
            format!("no schema id for com.acme.{event_type} under subject parcels-key")
        );
    }
    bench.registry.hold(KEYS);
    let again = [
        bench.publisher.publish(packed(1, 2)),
        bench.publisher.tombstone::<ParcelPacked>(&id("a", 1)),
        bench.publisher.publish(packed(1, 3)),
    ];
    bench.registry.called(5).await;
    bench.registry.release(KEYS);
    for publishing in again {
        within(publishing).await.unwrap();
    }
    assert_eq!(log(&bench.broker)[1..], ["2", "gone", "3"]);
    assert_eq!(
        (bench.registry.calls_for(KEYS), bench.registry.calls_for(PACKED)),
        (2, 1)
    );
    assert_eq!(bench.registry.calls_for(PLACED), 1);
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!((report.delivered, report.failed, report.unknown), (4, 3, 0));
}

#[tokio::test]
async fn two_key_schemas_on_one_topic_are_refused() {
    let broker = MemoryBroker::new();
    let registry = crate::support::ScriptedRegistry::default();
    let builder = || {
        Publisher::builder()
            .connect(broker.connect())
            .registry_client(registry.clone())
    };
    let refused = builder()
        .events(events![ParcelPacked, ParcelLost, ParcelWeighed])
        .build()
        .await;
    let refused = refused.unwrap_err();
    assert!(matches!(refused, ConfigError::SharedSubject(_)));
    assert_eq!(
        refused.to_string(),
        "the keys of com.acme.ParcelWeighed and com.acme.ParcelPacked have different schemas under the subject parcels-key: \
         give both types the same key, or one of them a topic of its own"
    );
    let publisher = builder().build().await.unwrap();
    within(publisher.publish(ParcelWeighed { scale: 7 })).await.unwrap();
    let error = ready(publisher.publish(packed(1, 1))).unwrap_err();
    assert!(matches!(error, PublishError::SharedSubject(_)) && !error.is_retriable());
    let error = ready(publisher.tombstone::<ParcelPacked>(&id("a", 1))).unwrap_err();
    assert!(matches!(error, PublishError::SharedSubject(_)));
}

/// A tombstone has no value that would be checked.
#[tokio::test]
async fn a_tombstones_avro_key_is_checked() {
    let bench = Bench::new().await;
    let error = ready(bench.publisher.tombstone::<ParcelPacked>(&id("", 1))).unwrap_err();
    let PublishError::Invalid(violations) = error else {
        panic!("{error:?}")
    };
    assert_eq!(violations.list()[0].path(), "key.tenant");
    assert!(bench.registry.calls().is_empty());
}

#[tokio::test]
async fn big_endian_and_raw_keys_need_no_registry() {
    let bench = Bench::new().await;
    within(bench.publisher.tombstone::<MeterRead>(&-2)).await.unwrap();
    let tag = || Tag(Uuid::from_u128(0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10));
    within(bench.publisher.tombstone::<TagSeen>(&tag())).await.unwrap();
    assert!(bench.registry.calls().is_empty());
    let meter = within(bench.publisher.publish(MeterRead { meter: -2 })).await.unwrap();
    assert_eq!(meter.key_schema_id, None);
    within(bench.publisher.publish(TagSeen { tag: tag() })).await.unwrap();
    let stored = bench.broker.records();
    let keys: Vec<_> = stored.iter().map(|stored| stored.record.key.clone().unwrap()).collect();
    let meter_key = vec![0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe];
    assert_eq!((&keys[0], &keys[2]), (&meter_key, &meter_key));
    assert_eq!((&keys[1], &keys[3]), (&(1..=16).collect::<Vec<u8>>(), &keys[1]));
    for stored in &stored {
        let key = stored.record.key.as_ref().unwrap();
        assert_eq!(stored.placement.partition, partitioner::partition(key, 6));
    }
}

/// Java's serializer writes a `byte[]` after the frame as it is, and its deserializer reads it so.
#[tokio::test]
async fn an_avro_key_of_bytes_stands_without_its_length() {
    let bench = Bench::new().await;
    let stored = BlobStored { digest: vec![7, 8, 9] };
    within(bench.publisher.publish(stored)).await.unwrap();
    let schema = bench.registry.known("blobs-key").unwrap();
    let key = bench.broker.records()[0].record.key.clone().unwrap();
    assert_eq!(wire::read(&key).unwrap(), (schema, &[7, 8, 9][..]));
    assert_eq!(&*BlobStored::types()[0].key_schema().unwrap().text, r#""bytes""#);
}

#[test]
fn recorded_keys_are_text_whatever_their_form() {
    let recording = RecordingPublisher::new();
    let key = |event: &dyn Event| {
        recording.clear();
        recording.record(event).unwrap();
        recording.recorded()[0].key.clone().unwrap()
    };
    assert_eq!(key(&packed(7, 1)), r#"{"tenant":"a","order_id":7}"#);
    assert_eq!(key(&ParcelWeighed { scale: -300 }), "-300");
    assert_eq!(key(&MeterRead { meter: -2 }), "-2");
    assert_eq!(key(&MeterRead { meter: i64::MAX }), i64::MAX.to_string());
    assert_eq!(key(&TagSeen { tag: Tag(Uuid::max()) }), "f".repeat(32));
    assert_eq!(key(&BlobStored { digest: vec![0, 171] }), "00ab");
    recording.assert_published::<BlobStored>("00ab", json!({}));
}
