//! How a schema's id is chosen: what each mode asks, writes and refuses, over HTTP against the embedded registry.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use apache_avro::types::Value as AvroValue;
use async_trait::async_trait;
use publisher_core::compatibility::Level;
use publisher_core::producer::MemoryBroker;
use publisher_core::registry::{
    RegisteredSchema, RegistryClient, RegistryError, SchemaMetadata, SchemaRegistry, SchemaText, SchemaType,
    StoredSchema,
};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{
    ConfigError, Event, EventTypes, Framing, PublishError, Publisher, PublisherBuilder, SchemaId, SchemaMode,
    StartMode, SubjectVersion, events, wire,
};
use tokio::sync::Semaphore;

use crate::support::{DEADLINE, FORGOTTEN, OrderPlaced, PLACED, StockCounted, later, placed, unreachable, within};

const STOCK: &str = "stock-com.acme.StockCounted";

/// `OrderPlaced` as another team has changed it: wider, with a field that it lacks.
const WIDER: &str = r#"{"type":"record","name":"OrderPlaced","namespace":"com.acme","fields":[
    {"name":"order_id","type":"string"},{"name":"channel","type":"string","default":"web"},{"name":"quantity","type":["null","long"]}]}"#;

struct Bench {
    broker: MemoryBroker,
    server: EmbeddedRegistry,
}

impl Bench {
    fn new() -> Self {
        let server = EmbeddedRegistry::start().unwrap();
        server.set_global_level(Level::None);
        Self {
            broker: MemoryBroker::new(),
            server,
        }
    }

    fn builder(&self, mode: SchemaMode) -> PublisherBuilder {
        Publisher::builder()
            .connect(self.broker.connect())
            .registry(self.server.url())
            .schema_mode(mode)
    }

    async fn register(&self, subject: &str, schema_type: SchemaType, text: &str) -> SchemaId {
        let registry = RegistryClient::builder(self.server.url()).build().unwrap();
        let schema = SchemaText::new(schema_type, text);
        registry.register(subject, &schema).await.unwrap().id
    }

    /// The values in the log: the id of each and what it says under this schema.
    fn read(&self, schema: &str) -> Vec<(SchemaId, AvroValue)> {
        let schema = apache_avro::Schema::parse_str(schema).unwrap();
        let reader = apache_avro::reader::datum::GenericDatumReader::builder(&schema)
            .build()
            .unwrap();
        let values = self
            .broker
            .records()
            .into_iter()
            .map(|stored| stored.record.value.unwrap());
        let read = values.map(|value| {
            let (id, mut payload) = wire::read(&value).unwrap();
            let value = reader.read_value(&mut payload).unwrap();
            assert!(payload.is_empty());
            (id, value)
        });
        read.collect()
    }
}

fn order(id: &str, channel: &str, quantity: i64) -> AvroValue {
    AvroValue::Record(vec![
        ("order_id".to_owned(), AvroValue::String(id.to_owned())),
        ("channel".to_owned(), AvroValue::String(channel.to_owned())),
        (
            "quantity".to_owned(),
            AvroValue::Union(1, Box::new(AvroValue::Long(quantity))),
        ),
    ])
}

/// The only error of a build that found no id.
fn unresolved(error: ConfigError) -> RegistryError {
    match error {
        ConfigError::Unresolved(list) if list.len() == 1 => list.into_iter().next().unwrap().error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn latest_writes_with_the_latest_version() {
    let bench = Bench::new();
    let id = bench.register(PLACED, SchemaType::Avro, WIDER).await;
    let builder = bench.builder(SchemaMode::Latest).events(events![OrderPlaced]);
    let publisher = builder.build().await.unwrap();
    let before = bench.server.requests();
    let delivery = within(publisher.publish(placed("7", 3))).await.unwrap();
    assert_eq!((delivery.schema_id, delivery.subject()), (Some(id), Some(PLACED)));
    let batch = publisher.batch().add(placed("8", 4)).add(placed("9", 5)).send();
    for result in within(batch).await.unwrap() {
        result.unwrap();
    }
    let expected = [("7", 3), ("8", 4), ("9", 5)].map(|(order_id, quantity)| (id, order(order_id, "web", quantity)));
    assert_eq!(bench.read(WIDER), expected);
    assert_eq!(bench.server.requests(), before, "publishing asks for nothing");
    assert_eq!(bench.server.subjects(), [PLACED], "and nothing was written");
}

#[tokio::test]
async fn latest_refuses_with_every_reason() {
    let bench = Bench::new();
    let strict = r#"{"type":"record","name":"OrderPlaced","namespace":"com.acme","fields":[
        {"name":"order_id","type":"long"},{"name":"channel","type":"string"},{"name":"quantity","type":"long"}]}"#;
    bench.register(PLACED, SchemaType::Avro, strict).await;
    let builder = bench.builder(SchemaMode::Latest).events(events![OrderPlaced]);
    let error = unresolved(builder.build().await.unwrap_err());
    assert!(matches!(error, RegistryError::Unwritable(_)) && !error.is_retriable());
    let text = error.to_string();
    for words in [
        "version 1 (id 1) of the registry does not go with com.acme.OrderPlaced: ",
        "reader's field channel has no default",
        "avro-field-without-default",
        "order_id",
        "change the event, or register its schema as a newer version",
    ] {
        assert!(text.contains(words), "{words:?} is missing in: {text}");
    }
    assert!(bench.broker.records().is_empty());
}

#[tokio::test]
async fn latest_is_renewed_in_the_background() {
    let bench = Bench::new();
    let own = OrderPlaced::types()[0].schema();
    let first = bench.register(PLACED, SchemaType::Avro, &own.text).await;
    let builder = bench.builder(SchemaMode::Latest).latest_ttl(Duration::from_secs(10));
    let publisher = builder.events(events![OrderPlaced]).build().await.unwrap();
    let second = bench.register(PLACED, SchemaType::Avro, WIDER).await;
    let before = bench.server.requests();
    for quantity in 1..=3 {
        let delivery = within(publisher.publish(placed("7", quantity))).await.unwrap();
        assert_eq!(delivery.schema_id, Some(first));
    }
    assert_eq!(bench.server.requests(), before, "a young answer holds");

    later(Duration::from_secs(11)).await;
    let mut old = 0;
    // The record that asks goes out with the last good version.
    let delivery = loop {
        let delivery = within(publisher.publish(placed("8", 4))).await.unwrap();
        if delivery.schema_id != Some(first) {
            break delivery;
        }
        old += 1;
        tokio::task::yield_now().await;
    };
    assert!(old > 0);
    assert_eq!(delivery.schema_id, Some(second));
    assert_eq!(bench.server.requests(), before + 1, "one call renews it");
    let records = bench.broker.records();
    let last = records.last().unwrap().record.value.clone().unwrap();
    assert_eq!(wire::read(&last).unwrap().0, second);

    // One that cannot be written with leaves the last good one in its place.
    bench.register(PLACED, SchemaType::Avro, "\"string\"").await;
    later(Duration::from_secs(11)).await;
    let before = bench.server.requests();
    while bench.server.requests() == before {
        within(publisher.publish(placed("9", 5))).await.unwrap();
        tokio::task::yield_now().await;
    }
    let delivery = within(publisher.publish(placed("9", 6))).await.unwrap();
    assert_eq!(delivery.schema_id, Some(second));
}

/// A registry that tells the latest version once, and then only those whom it lets.
#[derive(Clone)]
struct Stalled {
    calls: Arc<AtomicU32>,
    may_answer: Arc<Semaphore>,
}

#[async_trait]
impl SchemaRegistry for Stalled {
    async fn register(&self, _: &str, _: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        Err(unreachable())
    }

    async fn look_up(&self, _: &str, _: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        Err(unreachable())
    }

    async fn schema_by_id(&self, _: SchemaId) -> Result<SchemaText, RegistryError> {
        Err(unreachable())
    }

    async fn latest(&self, _: &str) -> Result<StoredSchema, RegistryError> {
        let number = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        self.may_answer.acquire().await.unwrap().forget();
        let schema = OrderPlaced::types()[0].schema().clone();
        Ok(StoredSchema::new(SchemaId(number), SubjectVersion(number), schema))
    }

    fn address(&self) -> &str {
        "stalled"
    }
}

/// However old the answer grows meanwhile, and however many records ask.
#[tokio::test]
async fn one_renewal_runs_at_a_time() {
    let registry = Stalled {
        calls: Arc::default(),
        may_answer: Arc::new(Semaphore::new(1)),
    };
    let builder = Publisher::builder()
        .connect(MemoryBroker::new().connect())
        .registry_client(registry.clone())
        .schema_mode(SchemaMode::Latest)
        .latest_ttl(Duration::from_secs(10));
    let publisher = builder.events(events![OrderPlaced]).build().await.unwrap();
    for _ in 0..3 {
        later(Duration::from_secs(11)).await;
        let delivery = within(publisher.publish(placed("7", 1))).await.unwrap();
        assert_eq!(delivery.schema_id, Some(SchemaId(1)));
        // Lets the task run that this record may have started.
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        assert_eq!(registry.calls.load(Ordering::SeqCst), 2);
    }
    registry.may_answer.add_permits(1);
    let start = Instant::now();
    while within(publisher.publish(placed("7", 1))).await.unwrap().schema_id != Some(SchemaId(2)) {
        assert!(start.elapsed() < DEADLINE, "the answer does not count");
        tokio::task::yield_now().await;
    }
    // The time of the third has come long ago.
    registry.may_answer.add_permits(1);
    while within(publisher.publish(placed("7", 1))).await.unwrap().schema_id != Some(SchemaId(3)) {
        assert!(start.elapsed() < DEADLINE, "nothing is renewed any more");
        tokio::task::yield_now().await;
    }
}

#[derive(Event)]
#[event(topic = "meters", namespace = "com.acme")]
struct MeterRead {
    #[event(key = avro)]
    meter: i64,
    value: i32,
}

/// The schema of a key says the same in another version, which has another id.
#[tokio::test]
async fn the_latest_version_of_a_key_is_renewed_too() {
    let bench = Bench::new();
    let own = MeterRead::types()[0];
    let key = own.key_schema().unwrap();
    bench
        .register("meters-com.acme.MeterRead", SchemaType::Avro, &own.schema().text)
        .await;
    let first = bench.register("meters-key", SchemaType::Avro, &key.text).await;
    let builder = bench.builder(SchemaMode::Latest).latest_ttl(Duration::from_secs(10));
    let publisher = builder.events(events![MeterRead]).build().await.unwrap();
    let newer = r#"{"type":"long","doc":"the number on the plate"}"#;
    let second = bench.register("meters-key", SchemaType::Avro, newer).await;
    assert_ne!(first, second);
    let delivery = within(publisher.publish(MeterRead { meter: 7, value: 1 }))
        .await
        .unwrap();
    assert_eq!(delivery.key_schema_id, Some(first));
    later(Duration::from_secs(11)).await;
    let before = bench.server.requests();
    let start = Instant::now();
    let mut found = Some(first);
    while found == Some(first) {
        assert!(start.elapsed() < DEADLINE, "the key is not renewed");
        // A tombstone names the schema of its key alone.
        let delivery = within(publisher.tombstone::<MeterRead>(&7)).await.unwrap();
        found = delivery.key_schema_id;
        tokio::task::yield_now().await;
    }
    assert_eq!((found, bench.server.requests()), (Some(second), before + 1));
}

/// A type that cannot be published costs its calls once in a while, however many records there are.
#[tokio::test]
async fn a_refusal_is_kept_for_a_while() {
    async fn check(bench: Bench, mode: SchemaMode, settings: impl FnOnce(PublisherBuilder) -> PublisherBuilder) {
        let publisher = settings(bench.builder(mode)).build().await.unwrap();
        let first = within(publisher.publish(placed("7", 1))).await.unwrap_err();
        let calls = bench.server.requests();
        for quantity in 2..5 {
            let error = within(publisher.publish(placed("7", quantity))).await.unwrap_err();
            assert!(!error.is_retriable());
            assert_eq!(format!("{:?}", error.source()), format!("{:?}", first.source()));
        }
        assert_eq!(bench.server.requests(), calls, "{mode:?}: {first:?}");
        later(FORGOTTEN).await;
        within(publisher.publish(placed("7", 5))).await.unwrap_err();
        assert!(bench.server.requests() > calls, "{mode:?}: {first:?}");
    }
    let lazy = |builder: PublisherBuilder| builder.events(events![OrderPlaced]).start(StartMode::Lazy);
    check(Bench::new(), SchemaMode::LookUp, |builder| builder).await;
    check(Bench::new(), SchemaMode::Latest, lazy).await;
    let other = Bench::new();
    other.register(PLACED, SchemaType::Avro, "\"string\"").await;
    check(other, SchemaMode::Latest, lazy).await;
    check(Bench::new(), SchemaMode::Id, |builder| {
        lazy(builder).schema_id(PLACED, SchemaId(9))
    })
    .await;
    let mut old = Bench::new();
    old.server = old.server.without_guids();
    check(old, SchemaMode::AutoRegister, |builder| {
        builder.framing(Framing::GuidHeaders)
    })
    .await;
}

#[tokio::test]
async fn latest_of_a_json_schema_takes_the_document_as_it_is() {
    let bench = Bench::new();
    let own = StockCounted::types()[0].schema();
    let mut theirs: serde_json::Value = serde_json::from_str(&own.text).unwrap();
    theirs["properties"]["note"] = serde_json::json!({"type": "string"});
    let id = bench.register(STOCK, SchemaType::Json, &theirs.to_string()).await;
    let builder = bench.builder(SchemaMode::Latest).events(events![StockCounted]);
    let publisher = builder.build().await.unwrap();
    let counted = || StockCounted {
        warehouse: "w".to_owned(),
        product: "p".to_owned(),
        pieces: 3,
    };
    let delivery = within(publisher.publish(counted())).await.unwrap();
    assert_eq!(delivery.schema_id, Some(id));
    let value = bench.broker.records()[0].record.value.clone().unwrap();
    assert_eq!(
        wire::read(&value).unwrap().1,
        br#"{"warehouse":"w","product":"p","pieces":3}"#
    );

    theirs["required"].as_array_mut().unwrap().push("note".into());
    bench.register(STOCK, SchemaType::Json, &theirs.to_string()).await;
    let builder = bench.builder(SchemaMode::Latest).events(events![StockCounted]);
    let error = unresolved(builder.build().await.unwrap_err());
    assert!(matches!(error, RegistryError::Unwritable(_)), "{error}");
    assert!(error.to_string().contains("note"), "{error}");
}

#[tokio::test]
async fn id_writes_with_the_schema_of_the_id() {
    let bench = Bench::new();
    let own = OrderPlaced::types()[0].schema();
    let wider = bench.register("elsewhere", SchemaType::Avro, WIDER).await;
    bench.register(PLACED, SchemaType::Avro, &own.text).await;
    let builder = bench.builder(SchemaMode::Id).schema_id(PLACED, wider);
    let publisher = builder.events(events![OrderPlaced]).build().await.unwrap();
    let before = bench.server.requests();
    later(FORGOTTEN * 1_000).await;
    let delivery = within(publisher.publish(placed("7", 3))).await.unwrap();
    assert_eq!(delivery.schema_id, Some(wider));
    assert_eq!(bench.read(WIDER), [(wider, order("7", "web", 3))]);
    assert_eq!(bench.server.requests(), before, "an id never changes its meaning");

    // In a context the same number means another schema.
    bench.register(":.staging:any", SchemaType::Avro, "\"int\"").await;
    let staged = bench.register(":.staging:other", SchemaType::Avro, WIDER).await;
    assert_eq!(staged, SchemaId(2), "which is our own schema elsewhere");
    let builder = bench.builder(SchemaMode::Id).schema_context("staging");
    let builder = builder.schema_id(format!(":.staging:{PLACED}"), staged);
    let publisher = builder.events(events![OrderPlaced]).build().await.unwrap();
    within(publisher.publish(placed("8", 4))).await.unwrap();
    assert_eq!(bench.read(WIDER).last(), Some(&(staged, order("8", "web", 4))));

    let builder = bench.builder(SchemaMode::Id).schema_id(PLACED, SchemaId(99));
    let error = unresolved(builder.events(events![OrderPlaced]).build().await.unwrap_err());
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
}

#[tokio::test]
async fn a_look_up_that_misses_tells_what_differs_and_what_to_run() {
    let bench = Bench::new();
    let builder = || bench.builder(SchemaMode::LookUp);
    let publisher = builder().build().await.unwrap();
    let missing = |error: PublishError| match error {
        PublishError::Registry { source, .. } => source.to_string(),
        other => panic!("{other:?}"),
    };
    let error = missing(within(publisher.publish(placed("7", 1))).await.unwrap_err());
    let command = format!(
        "to register what is committed: publisher register --registry {} --yes",
        bench.server.url()
    );
    for words in ["code 40401", "the subject has no version", &command] {
        assert!(error.contains(words), "{words:?} is missing in: {error}");
    }

    let id = bench.register(PLACED, SchemaType::Avro, WIDER).await;
    let error = unresolved(builder().events(events![OrderPlaced]).build().await.unwrap_err()).to_string();
    let difference = format!("against its latest version 1 (id {id}) the event has: ");
    for words in [
        "code 40403",
        &difference,
        "- field channel: string, default \"web\"",
        "~ field quantity type: [\"null\",\"long\"] -> ",
        &command,
    ] {
        assert!(error.contains(words), "{words:?} is missing in: {error}");
    }
    let writes: Vec<_> = bench
        .server
        .calls()
        .into_iter()
        .filter(|call| call.starts_with("POST") && call.contains("/versions"))
        .collect();
    assert_eq!(writes.len(), 1, "only the test has registered: {writes:?}");
    assert!(bench.broker.records().is_empty());
}

#[tokio::test]
async fn a_look_up_finds_what_another_client_has_laid_out() {
    let bench = Bench::new();
    let own = OrderPlaced::types()[0].schema();
    let value: serde_json::Value = serde_json::from_str(&own.text).unwrap();
    let id = bench.register(PLACED, SchemaType::Avro, &format!("{value:#}")).await;
    let builder = bench.builder(SchemaMode::LookUp).events(events![OrderPlaced]);
    let publisher = builder.build().await.unwrap();
    let delivery = within(publisher.publish(placed("7", 1))).await.unwrap();
    assert_eq!(delivery.schema_id, Some(id));
}

#[tokio::test]
async fn declared_events_cost_their_calls_at_the_start() {
    let bench = Bench::new();
    for mode in [StartMode::Cached, StartMode::Strict] {
        let builder = bench
            .builder(SchemaMode::AutoRegister)
            .events(events![OrderPlaced, StockCounted]);
        let publisher = builder.start(mode).build().await.unwrap();
        let before = bench.server.requests();
        for quantity in 1..=100 {
            within(publisher.publish(placed("7", quantity))).await.unwrap();
        }
        assert_eq!(bench.server.requests(), before);
    }
    assert_eq!(bench.server.requests(), 4, "one for each type and start");
    assert_eq!(bench.server.subjects(), [PLACED, STOCK]);
}

#[test]
fn a_blocking_build_asks_too() {
    let bench = Bench::new();
    let builder = bench.builder(SchemaMode::LookUp).events(events![OrderPlaced]);
    let error = unresolved(builder.build_blocking().unwrap_err());
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
    let builder = bench.builder(SchemaMode::AutoRegister).events(events![OrderPlaced]);
    let publisher = builder.build_blocking().unwrap();
    let before = bench.server.requests();
    publisher.blocking().publish(placed("7", 1)).unwrap();
    assert_eq!(bench.server.requests(), before);
    publisher.blocking().shutdown(DEADLINE);
}

#[tokio::test]
async fn metadata_is_registered_with_the_schema() {
    let bench = Bench::new();
    let metadata = SchemaMetadata::new()
        .property("owner", "orders-team")
        .sensitive_property("contact", "ann@example.com")
        .tag("com.acme.OrderPlaced.order_id", "PII");
    let builder = bench
        .builder(SchemaMode::AutoRegister)
        .schema_metadata(events![OrderPlaced], metadata.clone());
    let publisher = builder.build().await.unwrap();
    within(publisher.publish(placed("7", 1))).await.unwrap();
    let counted = StockCounted {
        warehouse: "w".to_owned(),
        product: "p".to_owned(),
        pieces: 3,
    };
    within(publisher.publish(counted)).await.unwrap();
    let stored = |subject: &str| bench.server.schema(subject).unwrap().metadata;
    assert_eq!(stored(PLACED).as_deref(), Some(&metadata));
    assert_eq!(stored(STOCK), None);
}

/// The error of a builder with these settings.
async fn check_refused(settings: impl FnOnce(PublisherBuilder) -> PublisherBuilder, expected: &str) {
    let builder = Publisher::builder()
        .connect(MemoryBroker::new().connect())
        .registry("http://127.0.0.1:1");
    let error = settings(builder).build().await.unwrap_err();
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn contradictions_are_refused() {
    const TTL: Duration = Duration::from_secs(1);
    let metadata = || SchemaMetadata::new().property("a", "b");
    check_refused(
        |builder| builder.latest_ttl(TTL),
        "latest_ttl: goes with SchemaMode::Latest only, and schema_mode is AutoRegister",
    )
    .await;
    check_refused(
        |builder| {
            let builder = builder.schema_mode(SchemaMode::Latest).events(events![OrderPlaced]);
            builder.latest_ttl(Duration::ZERO)
        },
        "latest_ttl: must be longer than zero",
    )
    .await;
    check_refused(
        |builder| builder.start_timeout(TTL),
        "start_timeout: says what is asked for declared events, and there are none: name them with events",
    )
    .await;
    check_refused(
        |builder| builder.schema_mode(SchemaMode::LookUp).schema_id(PLACED, SchemaId(1)),
        "schema_id: goes with SchemaMode::Id only, and schema_mode is LookUp",
    )
    .await;
    check_refused(
        |builder| {
            builder
                .schema_mode(SchemaMode::LookUp)
                .schema_metadata(events![OrderPlaced], metadata())
        },
        "schema_metadata: goes with SchemaMode::AutoRegister only, and schema_mode is LookUp",
    )
    .await;
    let lock = publisher_core::registry::SchemaLock::default();
    check_refused(
        |builder| {
            builder
                .schema_mode(SchemaMode::Latest)
                .events(events![OrderPlaced])
                .schema_lock(lock)
        },
        "schema_lock: goes with SchemaMode::AutoRegister and SchemaMode::LookUp only, and schema_mode is Latest",
    )
    .await;
    for (mode, name) in [(SchemaMode::Latest, "Latest"), (SchemaMode::Id, "Id")] {
        let expected = format!(
            "schema_mode: {name} needs declared events: the registry's schemas must be known before the first record"
        );
        check_refused(|builder| builder.schema_mode(mode), &expected).await;
    }
    check_refused(
        |builder| builder.start(StartMode::Strict),
        "start: says what is asked for declared events, and there are none: name them with events",
    )
    .await;
    check_refused(
        |builder| {
            builder
                .schema_mode(SchemaMode::Id)
                .events(events![OrderPlaced])
                .schema_id("other", SchemaId(1))
        },
        "schema_id: com.acme.OrderPlaced has no id under its subject orders-com.acme.OrderPlaced",
    )
    .await;
    check_refused(
        |builder| {
            let builder = builder.schema_mode(SchemaMode::Id).events(events![OrderPlaced]);
            builder.schema_id(PLACED, SchemaId(1)).schema_id(PLACED, SchemaId(2))
        },
        "schema_id: orders-com.acme.OrderPlaced has two ids, or 0, which is none",
    )
    .await;
    check_refused(
        |builder| {
            let builder = builder.schema_mode(SchemaMode::Id).events(events![OrderPlaced]);
            builder.schema_id(PLACED, SchemaId(1)).schema_id("order", SchemaId(2))
        },
        "schema_id: no declared event has the subject order; they have orders-com.acme.OrderPlaced",
    )
    .await;
    check_refused(
        |builder| builder.schema_context("a:b"),
        "schema_context: has the character ':', which no context may have",
    )
    .await;
}
