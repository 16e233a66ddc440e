//! The events of the tests, a registry client that counts, two brokers behind one face, and how to wait.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use async_trait::async_trait;
use publisher_core::producer::MemoryBroker;
use publisher_core::registry::{
    DiskCache, RegisteredSchema, RegistryClient, RegistryClientBuilder, RegistryError, SchemaRegistry, SchemaText,
    SchemaType, StoredSchema,
};
use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry};
use publisher_core::wire::SchemaGuid;
use publisher_core::{Delivery, Event, EventTypes, PublishError, Publisher, PublisherBuilder, SchemaId, wire};
pub(crate) use tests::{later, say};

/// Longer than anything here takes on a busy machine, and shorter than what a publisher waits for by default.
pub(crate) const DEADLINE: Duration = Duration::from_secs(25);

#[derive(Event, Clone, Debug)]
#[event(topic = "orders", namespace = "com.acme")]
pub(crate) struct OrderPlaced {
    #[event(key)]
    pub(crate) order_id: String,
    pub(crate) number: u32,
}

#[derive(Event, Clone, Debug)]
#[event(topic = "orders", namespace = "com.acme")]
pub(crate) struct OrderShipped {
    #[event(key)]
    pub(crate) order_id: String,
    pub(crate) number: u32,
    pub(crate) carrier: String,
}

#[derive(Event, Clone, Debug)]
#[event(topic = "stock", namespace = "com.acme", encoding = json)]
pub(crate) struct StockCounted {
    #[event(key)]
    pub(crate) product: String,
    pub(crate) number: u32,
}

/// The type that nobody declares.
#[derive(Event, Clone, Debug)]
#[event(topic = "orders", namespace = "com.acme")]
pub(crate) struct OrderRefunded {
    #[event(key)]
    pub(crate) order_id: String,
    pub(crate) number: u32,
    pub(crate) reason: Option<String>,
}

pub(crate) const PLACED: &str = "orders-com.acme.OrderPlaced";
pub(crate) const SHIPPED: &str = "orders-com.acme.OrderShipped";
pub(crate) const REFUNDED: &str = "orders-com.acme.OrderRefunded";

pub(crate) fn placed(order_id: &str, number: u32) -> OrderPlaced {
    OrderPlaced {
        order_id: order_id.to_owned(),
        number,
    }
}

pub(crate) fn shipped(order_id: &str, number: u32) -> OrderShipped {
    OrderShipped {
        order_id: order_id.to_owned(),
        number,
        carrier: "post".to_owned(),
    }
}

pub(crate) fn refunded(order_id: &str, number: u32) -> OrderRefunded {
    OrderRefunded {
        order_id: order_id.to_owned(),
        number,
        reason: None,
    }
}

/// The schema of a type.
pub(crate) fn schema_of<E: EventTypes>() -> &'static SchemaText {
    E::types()[0].schema()
}

pub(crate) fn avro(text: &str) -> SchemaText {
    SchemaText::new(SchemaType::Avro, text)
}

/// A client that asks once a call; the publisher asks again.
pub(crate) fn client(url: &str) -> RegistryClientBuilder {
    RegistryClient::builder(url).retries(0)
}

/// A client that is known under a name, whatever its address.
pub(crate) fn named(registry: &EmbeddedRegistry, name: &str) -> RegistryClient {
    client(registry.url()).name(name).build().unwrap()
}

/// An address at which nobody listens, and nobody else will as long as this lives.
pub(crate) fn nobody() -> EmbeddedRegistry {
    let registry = EmbeddedRegistry::start().unwrap();
    registry.stop().unwrap();
    registry
}

/// A registry that counts what it is asked, also while the one behind it is away. A handle: clones count together.
#[derive(Clone)]
pub(crate) struct Counted {
    client: Arc<RegistryClient>,
    calls: Arc<AtomicUsize>,
}

impl Counted {
    pub(crate) fn new(client: RegistryClient) -> Self {
        Self {
            client: Arc::new(client),
            calls: Arc::default(),
        }
    }

    /// How many calls were begun.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    fn count(&self) -> &RegistryClient {
        self.calls.fetch_add(1, Ordering::SeqCst);
        &self.client
    }
}

#[async_trait]
impl SchemaRegistry for Counted {
    async fn register(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        self.count().register(subject, schema).await
    }

    async fn look_up(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        self.count().look_up(subject, schema).await
    }

    async fn schema_by_id(&self, id: SchemaId) -> Result<SchemaText, RegistryError> {
        self.count().schema_by_id(id).await
    }

    async fn latest(&self, subject: &str) -> Result<StoredSchema, RegistryError> {
        self.count().latest(subject).await
    }

    async fn schema_by_guid(&self, guid: SchemaGuid) -> Result<SchemaText, RegistryError> {
        self.count().schema_by_guid(guid).await
    }

    fn name(&self) -> &str {
        self.client.name()
    }

    fn address(&self) -> &str {
        self.client.address()
    }
}

/// A record in a log.
pub(crate) struct Logged {
    pub(crate) key: String,
    pub(crate) id: SchemaId,
    pub(crate) payload: Vec<u8>,
}

impl Logged {
    fn new(key: Option<&Vec<u8>>, value: Option<&Vec<u8>>) -> Self {
        let (id, payload) = wire::read(value.unwrap()).unwrap();
        Self {
            key: String::from_utf8(key.unwrap().clone()).unwrap(),
            id,
            payload: payload.to_vec(),
        }
    }

    /// The number of the event.
    pub(crate) fn number(&self) -> u32 {
        // No Avro text begins so: its length would be negative.
        if self.payload.starts_with(b"{") {
            let document: serde_json::Value = serde_json::from_slice(&self.payload).unwrap();
            return document["number"].as_u64().unwrap().try_into().unwrap();
        }
        let mut rest = self.payload.as_slice();
        let length = usize::try_from(long(&mut rest)).unwrap();
        long(&mut &rest[length..]).try_into().unwrap()
    }
}

/// Takes an Avro long from the front.
fn long(bytes: &mut &[u8]) -> i64 {
    let end = bytes.iter().position(|byte| byte & 0x80 == 0).unwrap();
    let parts = bytes[..=end].iter().rev();
    let zigzag = parts.fold(0_u64, |sum, byte| sum << 7 | u64::from(byte & 0x7f));
    *bytes = &bytes[end + 1..];
    (zigzag >> 1) as i64 ^ -((zigzag & 1) as i64)
}

/// Where records go.
pub(crate) enum Broker {
    Memory(MemoryBroker),
    /// Through librdkafka.
    Kafka(EmbeddedCluster),
}

impl Broker {
    pub(crate) fn memory() -> Self {
        Self::Memory(MemoryBroker::new())
    }

    pub(crate) fn kafka() -> Self {
        let cluster = EmbeddedCluster::start().unwrap();
        for topic in ["orders", "stock"] {
            cluster.create_topic(topic, 4).unwrap();
        }
        Self::Kafka(cluster)
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Memory(_) => "the broker in memory",
            Self::Kafka(_) => "the embedded cluster",
        }
    }

    /// A publisher to be, on this broker.
    pub(crate) fn publisher(&self, registry: impl SchemaRegistry + 'static) -> PublisherBuilder {
        let builder = Publisher::builder().registry_client(registry);
        match self {
            Self::Memory(broker) => builder.connect(broker.connect()),
            Self::Kafka(cluster) => builder.bootstrap_servers(cluster.bootstrap_servers()),
        }
    }

    /// What lies in a topic: the records of each key in their order.
    pub(crate) async fn log(&self, topic: &str) -> Vec<Logged> {
        match self {
            Self::Memory(broker) => {
                let records = broker.records().into_iter().map(|stored| stored.record);
                let of_topic = records.filter(|record| record.topic == topic);
                of_topic
                    .map(|record| Logged::new(record.key.as_ref(), record.value.as_ref()))
                    .collect()
            }
            Self::Kafka(cluster) => {
                let (servers, topic) = (cluster.bootstrap_servers().to_owned(), topic.to_owned());
                let read = move || publisher_core::testing::read_topic(&servers, &topic, DEADLINE).unwrap();
                let records = tokio::task::spawn_blocking(read).await.unwrap();
                let records = records.iter();
                records
                    .map(|record| Logged::new(record.key.as_ref(), record.value.as_ref()))
                    .collect()
            }
        }
    }

    /// The numbers under a key, in the order of the log.
    pub(crate) async fn numbers(&self, topic: &str, key: &str) -> Vec<u32> {
        let log = self.log(topic).await;
        let of_key = log.iter().filter(|logged| logged.key == key);
        of_key.map(Logged::number).collect()
    }
}

/// A cache as a process finds it that has just begun.
pub(crate) fn cache_at(folder: &tests::folder::Folder) -> DiskCache {
    DiskCache::at(folder.path.join("cache"))
}

pub(crate) async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(DEADLINE, future)
        .await
        .expect("an end within the deadline")
}

/// Looks until it is so.
pub(crate) async fn until(what: &str, is_so: impl FnMut() -> bool) {
    tests::until(DEADLINE, what, is_so).await;
}

/// Publishes such events, one after the other, until one ends so.
pub(crate) async fn publish_until<E: Event>(
    publisher: &Publisher,
    mut event: impl FnMut() -> E,
    is_so: impl Fn(&Result<Delivery, PublishError>) -> bool,
) -> Result<Delivery, PublishError> {
    within(async {
        loop {
            let outcome = publisher.publish(event()).await;
            if is_so(&outcome) {
                return outcome;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}

/// Whether a future has not ended yet; polls it once.
pub(crate) fn is_pending<F: Future + Unpin>(future: &mut F) -> bool {
    let polled: Poll<F::Output> = Pin::new(future).poll(&mut Context::from_waker(Waker::noop()));
    polled.is_pending()
}

/// What the registry said of a record that was not sent.
#[track_caller]
pub(crate) fn said(error: PublishError) -> RegistryError {
    match error {
        PublishError::Registry { source, .. } => *source,
        error => panic!("{error:?}"),
    }
}
