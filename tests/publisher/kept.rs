//! What a lock knew of a schema, and what becomes of the records once the registry says otherwise.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use publisher_core::producer::{MemoryBroker, Placement, Producer, Reports, SendError, Token};
use publisher_core::registry::{
    Asked, RegisteredSchema, RegistryClient, RegistryError, SchemaLock, SchemaMetadata, SchemaRegistry, SchemaText,
    SchemaType, StoredEntry,
};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{EventTypes, PublishError, Publisher, PublisherBuilder, RecordRef, SchemaId, StartMode, events};
use tokio::sync::Semaphore;

use crate::support::{DEADLINE, FORGOTTEN, OrderPlaced, PLACED, later, placed, poll_now, unreachable, within};

/// A client that no moving of the clock times out.
fn client(server: &EmbeddedRegistry) -> RegistryClient {
    let day = Duration::from_secs(24 * 60 * 60);
    let builder = RegistryClient::builder(server.url());
    let builder = builder.connect_timeout(day).read_timeout(day).request_timeout(day);
    builder.total_timeout(day).retries(0).build().unwrap()
}

/// The schema of orders, registered under this subject, and a builder whose lock knows it.
async fn locked(server: &EmbeddedRegistry, subject: &str) -> (SchemaId, PublisherBuilder) {
    let own = OrderPlaced::types()[0].schema();
    let registry = client(server);
    let id = registry.register(subject, own).await.unwrap().id;
    let mut lock = SchemaLock::default();
    let asked = Asked::Content(own.fingerprint());
    lock.set(StoredEntry::new(registry.name(), subject, asked, id)).unwrap();
    (id, Publisher::builder().registry_client(registry).schema_lock(lock))
}

#[tokio::test]
async fn a_proxy_without_a_registry_behind_it_refuses_nothing() {
    let server = EmbeddedRegistry::start().unwrap();
    let (id, builder) = locked(&server, PLACED).await;
    let broker = MemoryBroker::new();
    let before = server.requests();
    server.fail_next(1, 404, "<html>default backend</html>");
    let builder = builder.connect(broker.connect()).events(events![OrderPlaced]);
    let publisher = builder.build().await.unwrap();
    // It asks again, since that was no answer of a registry.
    let start = Instant::now();
    while server.requests() < before + 2 {
        assert!(start.elapsed() < DEADLINE, "the id is not confirmed any more");
        later(FORGOTTEN).await;
        tokio::task::yield_now().await;
    }
    let delivery = within(publisher.publish(placed("7", 1))).await.unwrap();
    assert_eq!(delivery.schema_id, Some(id));
}

/// Of metadata a lock knows nothing: it is registered once the registry answers, as another version.
#[tokio::test]
async fn metadata_is_registered_beside_what_was_kept() {
    let server = EmbeddedRegistry::start().unwrap();
    let (first, builder) = locked(&server, PLACED).await;
    let metadata = SchemaMetadata::new().property("owner", "orders-team");
    let broker = MemoryBroker::new();
    let builder = builder
        .connect(broker.connect())
        .schema_metadata(events![OrderPlaced], metadata.clone());
    let publisher = builder.events(events![OrderPlaced]).build().await.unwrap();
    let start = Instant::now();
    let mut found = Some(first);
    while found == Some(first) {
        assert!(start.elapsed() < DEADLINE, "the metadata is not registered");
        found = within(publisher.publish(placed("7", 1))).await.unwrap().schema_id;
        tokio::task::yield_now().await;
    }
    assert_eq!(server.schema(PLACED).unwrap().metadata.as_deref(), Some(&metadata));
    let latest = client(&server).latest(PLACED).await.unwrap();
    assert_eq!(found, Some(latest.id));
}

/// An id means something else in each context.
#[tokio::test]
async fn an_id_is_confirmed_in_its_context() {
    let server = EmbeddedRegistry::start().unwrap();
    let other = SchemaText::new(SchemaType::Avro, "\"long\"");
    let elsewhere = client(&server).register("elsewhere", &other).await.unwrap().id;
    let (id, builder) = locked(&server, &format!(":.staging:{PLACED}")).await;
    assert_eq!(id, elsewhere, "ids meet");
    let broker = MemoryBroker::new();
    let builder = builder.connect(broker.connect()).schema_context("staging");
    // Fails if the registry does not confirm what the lock says.
    let builder = builder.events(events![OrderPlaced]).start(StartMode::Strict);
    let publisher = builder.build().await.unwrap();
    let delivery = within(publisher.publish(placed("7", 1))).await.unwrap();
    assert_eq!(delivery.schema_id, Some(id));
}

/// A registry that means another schema by every id, and says so once it is let.
#[derive(Clone)]
struct Restored(Arc<Semaphore>);

#[async_trait]
impl SchemaRegistry for Restored {
    async fn register(&self, _: &str, _: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        Err(unreachable())
    }

    async fn look_up(&self, _: &str, _: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        Err(unreachable())
    }

    async fn schema_by_id(&self, _: SchemaId) -> Result<SchemaText, RegistryError> {
        let _permit = self.0.acquire().await.unwrap();
        Ok(SchemaText::new(SchemaType::Avro, "\"long\""))
    }

    fn address(&self) -> &str {
        "restored"
    }
}

type Handle = Arc<OnceLock<Weak<Publisher>>>;

/// A producer that lets the registry answer while it has the first record in its hands, for which it may have no room.
struct Slow {
    reports: Arc<dyn Reports>,
    registry: Restored,
    publisher: Handle,
    is_full: bool,
    taken: AtomicU32,
}

impl Producer for Slow {
    fn send(&self, _: RecordRef<'_>, token: Token) -> Result<(), SendError> {
        if self.taken.fetch_add(1, Ordering::SeqCst) == 0 {
            self.registry.0.add_permits(1);
            let publisher = self.publisher.get().unwrap().upgrade().unwrap();
            // Stands behind this record and is withdrawn, until it is refused.
            while poll_now(&mut publisher.publish(placed("8", 9))).is_pending() {
                std::thread::yield_now();
            }
            if self.is_full {
                return Err(SendError::Full);
            }
        }
        let placement = Placement {
            partition: 0,
            offset: None,
            timestamp_ms: 1,
        };
        self.reports.report(token, Ok(placement));
        Ok(())
    }

    fn flush(&self, _: Duration) -> usize {
        0
    }

    fn purge(&self) {}
}

/// What becomes of a batch while whose first record is handed over its schema's id turns out to mean another one.
async fn check_remapped(is_full: bool, expected: [&str; 2]) {
    let registry = Restored(Arc::new(Semaphore::new(0)));
    let own = OrderPlaced::types()[0].schema();
    let asked = Asked::Content(own.fingerprint());
    let mut lock = SchemaLock::default();
    lock.set(StoredEntry::new("restored", PLACED, asked, SchemaId(7)))
        .unwrap();
    let handle = Handle::default();
    let (slow, told) = (Arc::clone(&handle), registry.clone());
    let builder = Publisher::builder().connect(Arc::new(move |reports| {
        Ok(Arc::new(Slow {
            reports,
            registry: told.clone(),
            publisher: Arc::clone(&slow),
            is_full,
            taken: AtomicU32::new(0),
        }))
    }));
    let builder = builder.registry_client(registry).schema_lock(lock);
    let publisher = Arc::new(builder.events(events![OrderPlaced]).build().await.unwrap());
    handle.set(Arc::downgrade(&publisher)).ok().unwrap();
    let batch = publisher.batch().add(placed("7", 1)).add(placed("7", 2)).send();
    let results = within(batch).await.unwrap();
    let words = results.iter().map(|result| match result {
        Ok(_) => "delivered",
        Err(PublishError::Registry { source, .. }) if matches!(**source, RegistryError::Remapped(_)) => "remapped",
        Err(_) => "failed otherwise",
    });
    assert_eq!(words.collect::<Vec<_>>(), expected, "full: {is_full}");
    within(publisher.shutdown(DEADLINE)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_sent_with_an_id_that_means_another_schema() {
    check_remapped(false, ["delivered", "remapped"]).await;
    check_remapped(true, ["remapped", "remapped"]).await;
}
