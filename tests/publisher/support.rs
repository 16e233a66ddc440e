//! The events of the tests, a registry that does as it is told, and publishers on a broker in memory.

use std::collections::{HashMap, HashSet};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use publisher_core::producer::{MemoryBroker, Stored};
use publisher_core::registry::{RegisteredSchema, RegistryError, RegistryFailure, SchemaRegistry, SchemaText};
use publisher_core::{
    Delivery, Event, Persistence, ProduceError, ProduceErrorKind, PublishError, Publisher, SchemaId, wire,
};
pub(crate) use tests::{later, say};

/// Longer than anything here takes on a busy machine; a test that reaches it has failed.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);
/// For what is expected not to end.
pub(crate) const SHORT: Duration = Duration::from_millis(20);

#[derive(Event, Clone, Debug)]
#[event(topic = "orders", namespace = "com.acme", version = 2)]
pub(crate) struct OrderPlaced {
    #[event(key)]
    pub(crate) order_id: String,
    #[event(min = 1)]
    pub(crate) quantity: u32,
}

#[derive(Event, Clone, Debug)]
#[event(topic = "orders", namespace = "com.acme")]
pub(crate) struct OrderShipped {
    #[event(key)]
    pub(crate) order_id: String,
    #[event(time)]
    pub(crate) shipped_at: DateTime<Utc>,
    #[event(min_length = 1)]
    pub(crate) carrier: String,
}

#[derive(Event)]
#[event(topic = "stock", namespace = "com.acme", encoding = json, key(warehouse, product))]
pub(crate) struct StockCounted {
    pub(crate) warehouse: String,
    pub(crate) product: String,
    pub(crate) pieces: u32,
}

#[derive(Event)]
#[event(topic = "pings", namespace = "com.acme", unkeyed)]
pub(crate) struct Pinged {
    pub(crate) number: u32,
}

pub(crate) const PLACED: &str = "orders-com.acme.OrderPlaced";
pub(crate) const SHIPPED: &str = "orders-com.acme.OrderShipped";

pub(crate) fn placed(order_id: &str, quantity: u32) -> OrderPlaced {
    OrderPlaced {
        order_id: order_id.to_owned(),
        quantity,
    }
}

/// 2023-11-14T22:13:20Z
pub(crate) const SHIPPED_AT_MS: i64 = 1_700_000_000_000;

pub(crate) fn shipped(order_id: &str, carrier: &str) -> OrderShipped {
    let shipped_at = DateTime::from_timestamp_millis(SHIPPED_AT_MS).unwrap();
    OrderShipped {
        order_id: order_id.to_owned(),
        shipped_at,
        carrier: carrier.to_owned(),
    }
}

/// A registry that counts its calls, holds answers back and fails on demand. A handle: clones are the same registry.
#[derive(Clone, Default)]
pub(crate) struct ScriptedRegistry(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    /// The calls so far: kind and subject.
    calls: Vec<(&'static str, String)>,
    known: HashMap<String, SchemaId>,
    held: HashSet<String>,
    failures: HashMap<String, Vec<RegistryError>>,
    wakers: Vec<Waker>,
}

impl ScriptedRegistry {
    /// Answers for this subject wait from now on.
    pub(crate) fn hold(&self, subject: &str) {
        self.script().held.insert(subject.to_owned());
    }

    pub(crate) fn release(&self, subject: &str) {
        let mut script = self.script();
        script.held.remove(subject);
        wake(script);
    }

    /// The next answer for this subject is this error.
    pub(crate) fn fail(&self, subject: &str, error: RegistryError) {
        self.script()
            .failures
            .entry(subject.to_owned())
            .or_default()
            .push(error);
    }

    pub(crate) fn calls(&self) -> Vec<(&'static str, String)> {
        self.script().calls.clone()
    }

    pub(crate) fn calls_for(&self, subject: &str) -> usize {
        self.script()
            .calls
            .iter()
            .filter(|(_, called)| called == subject)
            .count()
    }

    /// The id under which a subject's schema is registered.
    pub(crate) fn known(&self, subject: &str) -> Option<SchemaId> {
        self.script().known.get(subject).copied()
    }

    /// Waits until so many calls have come.
    pub(crate) async fn called(&self, calls: usize) {
        within(poll_fn(|context| {
            self.script().wait(context, |script| script.calls.len() >= calls)
        }))
        .await;
    }

    async fn answer(&self, call: &'static str, subject: &str) -> Result<RegisteredSchema, RegistryError> {
        self.note(call, subject);
        poll_fn(|context| self.script().wait(context, |script| !script.held.contains(subject))).await;
        let mut script = self.script();
        if let Some(failures) = script.failures.get_mut(subject)
            && !failures.is_empty()
        {
            return Err(failures.remove(0));
        }
        let next = SchemaId(script.known.len() as u32 + 1);
        let id = match (call, script.known.get(subject)) {
            (_, Some(known)) => *known,
            ("look up", None) => return Err(RegistryError::NotFound(failure("no such subject"))),
            (_, None) => *script.known.entry(subject.to_owned()).or_insert(next),
        };
        Ok(RegisteredSchema::new(subject, id, None))
    }

    fn note(&self, call: &'static str, subject: &str) {
        let mut script = self.script();
        script.calls.push((call, subject.to_owned()));
        wake(script);
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Script {
    fn wait(&mut self, context: &Context<'_>, until: impl FnOnce(&Self) -> bool) -> Poll<()> {
        if until(self) {
            return Poll::Ready(());
        }
        self.wakers.push(context.waker().clone());
        Poll::Pending
    }
}

fn wake(mut script: MutexGuard<'_, Script>) {
    let wakers = std::mem::take(&mut script.wakers);
    drop(script);
    wakers.into_iter().for_each(Waker::wake);
}

#[async_trait]
impl SchemaRegistry for ScriptedRegistry {
    async fn register(&self, subject: &str, _: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        self.answer("register", subject).await
    }

    async fn look_up(&self, subject: &str, _: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        self.answer("look up", subject).await
    }

    async fn schema_by_id(&self, _: SchemaId) -> Result<SchemaText, RegistryError> {
        Err(RegistryError::NotFound(failure("not scripted")))
    }

    fn address(&self) -> &str {
        "scripted"
    }
}

pub(crate) fn failure(reason: &str) -> RegistryFailure {
    RegistryFailure::new("scripted", reason)
}

/// A failure that nobody tries again and no cache keeps.
pub(crate) fn refused() -> RegistryError {
    RegistryError::Unwritable(failure("refused on purpose"))
}

pub(crate) fn unreachable() -> RegistryError {
    RegistryError::Unreachable(failure("connection refused"))
}

/// A publisher on a broker in memory, with the registry that it asks.
pub(crate) struct Bench {
    pub(crate) broker: MemoryBroker,
    pub(crate) registry: ScriptedRegistry,
    pub(crate) publisher: Publisher,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::with(|builder| builder).await
    }

    pub(crate) async fn with(
        settings: impl FnOnce(publisher_core::PublisherBuilder) -> publisher_core::PublisherBuilder,
    ) -> Self {
        let (broker, registry) = (MemoryBroker::new(), ScriptedRegistry::default());
        let builder = Publisher::builder()
            .connect(broker.connect())
            .registry_client(registry.clone());
        let publisher = settings(builder).build().await.unwrap();
        Self {
            broker,
            registry,
            publisher,
        }
    }

    /// One whose types have their schema ids already, and whose log is empty but for what that took.
    pub(crate) async fn warm(
        settings: impl FnOnce(publisher_core::PublisherBuilder) -> publisher_core::PublisherBuilder,
    ) -> Self {
        let bench = Self::with(settings).await;
        within(bench.publisher.publish(placed("warm", 1))).await.unwrap();
        within(bench.publisher.publish(shipped("warm", "warm"))).await.unwrap();
        bench
    }

    /// The values under a key, in the order of the log.
    pub(crate) fn values(&self, key: &str) -> Vec<Vec<u8>> {
        let under_key = |stored: &Stored| stored.record.key.as_deref() == Some(key.as_bytes());
        let all = self.broker.records().into_iter().filter(under_key);
        all.map(|stored| wire::read(&stored.record.value.unwrap()).unwrap().1.to_vec())
            .collect()
    }

    /// The quantities of the orders placed under a key, in the order of the log.
    pub(crate) fn quantities(&self, key: &str) -> Vec<u32> {
        self.values(key).iter().map(|value| quantity(value)).collect()
    }
}

/// The quantity at the end of an encoded order of less than 64 pieces: one byte, zigzag.
pub(crate) fn quantity(value: &[u8]) -> u32 {
    u32::from(*value.last().unwrap()) / 2
}

pub(crate) async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(DEADLINE, future)
        .await
        .expect("an end within the deadline")
}

/// Longer than a refusal is kept.
pub(crate) const FORGOTTEN: Duration = Duration::from_secs(31);

/// Polls once, for nobody.
pub(crate) fn poll_now<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// The result of a future that must be ready.
pub(crate) fn ready<F: Future + Unpin>(mut future: F) -> F::Output {
    match poll_now(&mut future) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future is not ready"),
    }
}

pub(crate) fn error(kind: ProduceErrorKind, persistence: Persistence) -> ProduceError {
    ProduceError::new(kind, persistence, "on purpose")
}

/// How a record's way ended, in one word.
pub(crate) fn word(result: Result<&Delivery, &PublishError>) -> &'static str {
    match result {
        Ok(_) => "delivered",
        Err(PublishError::Failed { .. }) => "failed",
        Err(PublishError::Unknown { .. }) => "unknown",
        Err(PublishError::Registry { .. }) => "registry",
        Err(PublishError::ShutDown) => "shut down",
        Err(PublishError::DeadLettered { .. }) => "dead letter",
        Err(_) => "refused",
    }
}

/// What `on_delivery` saw, in order.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    pub(crate) fn note(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }

    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}
