//! [`Publisher`]: the calls. No protocol detail stands here: events encode themselves, `dispatch` brings the records on
//! their way, a producer delivers them.
//!
//! Longer than most files, because the calls are documented where they stand and are to be read together.

mod encoding;

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::time::Duration;

use async_trait::async_trait;
use tokio::runtime::Handle;

use crate::batch::Batch;
use crate::blocking::{Blocking, OwnRuntime};
use crate::builder::PublisherBuilder;
use crate::circuit_breaker::Circuit;
use crate::dispatch::{Admission, Dispatcher, HeldKey, Resolution, Route, Routes};
use crate::error::{FlushError, PublishError};
use crate::event::{Event, EventTypes};
use crate::framing::Framing;
use crate::guarantee::{AtLeastOnce, Guarantee, PerRecord};
use crate::lifecycle::{self, ShutdownReport, on_a_thread};
use crate::pending::{Enqueuing, Pending, Publishing};
use crate::port::Publish;
use crate::preflight::{self, Preflight};
use crate::prepare::Prepared;
use crate::producer::{DescribeError, DescribeErrorKind, TopicDescription};
use crate::record::{Delivery, Record};
use crate::registry::RegistryError;
use crate::resolver::{Asking, StartMode};
use crate::transaction::Coordinator;
use crate::translated::{Sink, Translated};
pub(crate) use encoding::Encoded;
use encoding::schemas;

/// Publishes events: validates, encodes, frames and delivers them.
///
/// A cheap handle: clones share one connection, one buffer and one set of schema ids. Delivery is at least once:
/// idempotent, `acks=all`, in the order of the calls for each key; the other guarantees are
/// [`at_most_once`](PublisherBuilder::at_most_once) and [`transactional`](PublisherBuilder::transactional), each a type of its
/// own with the calls that belong to it ([`Guarantee`]). The calls encode at once and return futures that borrow neither event
/// nor publisher.
///
/// Dropping the last handle blocks the thread to flush, for 5 s at the most, and warns if records were on their way; call
/// [`shutdown`](Self::shutdown) to know what became of them. From within `on_delivery` it does not block: a thread of its
/// own flushes then.
///
/// # Examples
/// ```no_run
/// use std::time::Duration;
///
/// use publisher_core::{Event, Publisher};
///
/// #[derive(Event)]
/// #[event(topic = "tasks", namespace = "com.acme.tasks")]
/// struct TaskCompleted<'a> {
///     #[event(key)]
///     task_id: u32,
///     result: &'a str,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # #[cfg(feature = "registry")] {
/// let publisher = Publisher::builder()
///     .bootstrap_servers("localhost:9092")
///     .registry("http://localhost:8081")
///     .source("task-service")
///     .build()
///     .await?;
///
/// // One record, confirmed by the broker.
/// let delivery = publisher.publish(TaskCompleted { task_id: 7, result: "done" }).await?;
/// println!("{delivery}");
///
/// // Many: buffered in order, confirmed together.
/// let results = ["done", "done", "failed"];
/// let tasks = (8_u32..).zip(results).map(|(task_id, result)| TaskCompleted { task_id, result });
/// for result in publisher.batch().extend(tasks).send().await? {
///     result?;
/// }
///
/// let report = publisher.shutdown(Duration::from_secs(10)).await;
/// println!("{} delivered, {} failed, {} unknown", report.delivered, report.failed, report.unknown);
/// # }
/// # Ok(())
/// # }
/// ```
pub struct Publisher<G: Guarantee = AtLeastOnce> {
    inner: Arc<Inner>,
    guarantee: PhantomData<fn() -> G>,
}

/// A handle that does not keep the publisher alive.
pub(crate) struct WeakPublisher<G: Guarantee> {
    inner: Weak<Inner>,
    guarantee: PhantomData<fn() -> G>,
}

impl<G: Guarantee> WeakPublisher<G> {
    pub(crate) fn upgrade(&self) -> Option<Publisher<G>> {
        let inner = self.inner.upgrade()?;
        Some(Publisher {
            inner,
            guarantee: PhantomData,
        })
    }
}

pub(crate) struct Inner {
    pub(crate) dispatcher: Arc<Dispatcher>,
    pub(crate) routes: Routes,
    /// Those of the declared events.
    pub(crate) declared: Vec<Arc<Route>>,
    pub(crate) asking: Asking,
    pub(crate) framing: Framing,
    /// The largest record that the producer takes, as far as it is known here.
    pub(crate) max_record_bytes: usize,
    pub(crate) runtime: Handle,
    /// Kept until the publisher has been flushed, where it was built without a runtime around it.
    pub(crate) own_runtime: Option<OwnRuntime>,
    /// Of a transactional publisher.
    pub(crate) transactions: Option<Arc<Coordinator>>,
}

/// How long a look at a topic may take that nobody waits for.
const TOPIC_DEADLINE: Duration = Duration::from_secs(10);

impl Publisher {
    /// Settings for a new publisher; see [`PublisherBuilder`].
    pub fn builder() -> PublisherBuilder {
        PublisherBuilder::default()
    }
}

// The bound stands on the methods: only there does the compiler say what to call in their place.
impl<G: Guarantee> Publisher<G> {
    pub(crate) fn new(inner: Inner) -> Self {
        Self {
            inner: Arc::new(inner),
            guarantee: PhantomData,
        }
    }

    /// A handle that does not keep the publisher alive.
    pub(crate) fn downgrade(&self) -> WeakPublisher<G> {
        WeakPublisher {
            inner: Arc::downgrade(&self.inner),
            guarantee: PhantomData,
        }
    }

    /// Publishes an event: encodes it now, resolves when the broker has confirmed it.
    ///
    /// The record's place in the order of its key is that of this call, whether the future is polled or not. Waits for a
    /// place in the buffer and for the schema id, where these are missing.
    ///
    /// # Errors
    /// See [`PublishError`]; each variant says whether it is retriable. An invalid event, and a record that no producer
    /// would take, is refused before the registry or the broker hears of it.
    ///
    /// # Cancel safety
    /// See [`Publishing`].
    pub fn publish<E: Event>(&self, event: E) -> Publishing
    where
        G: PerRecord,
    {
        match self.inner.encode(&event) {
            Ok(parcel) => self.inner.dispatch(parcel, Admission::Wait),
            Err(error) => Publishing::refused(error),
        }
    }

    /// Buffers an event: resolves once the buffer has it, to a future of its delivery.
    ///
    /// # Errors
    /// See [`PublishError`].
    ///
    /// # Cancel safety
    /// See [`Enqueuing`].
    pub fn enqueue<E: Event>(&self, event: E) -> Enqueuing
    where
        G: PerRecord,
    {
        Enqueuing::new(self.publish(event))
    }

    /// Buffers an event if there is room, and never waits.
    ///
    /// # Errors
    /// [`PublishError::BufferFull`] if there is no room now (retriable); [`PublishError::Invalid`] and the like.
    pub fn try_enqueue<E: Event>(&self, event: E) -> Result<Pending, PublishError>
    where
        G: PerRecord,
    {
        let publishing = self.inner.dispatch(self.inner.encode(&event)?, Admission::Try);
        publishing.refusal().map_or_else(|| Ok(Pending::of(publishing)), Err)
    }

    /// Collects events of any types and topics, to be sent together.
    pub fn batch(&self) -> Batch<'_>
    where
        G: PerRecord,
    {
        Batch::new(&self.inner)
    }

    /// Encodes an event and lets the record be changed before it is sent: topic, headers, time.
    #[must_use = "nothing is sent before `send`"]
    pub fn prepare<E: Event>(&self, event: E) -> Prepared<'_>
    where
        G: PerRecord,
    {
        Prepared::new(&self.inner, event.event_type(), self.inner.record(&event))
    }

    /// Publishes a tombstone: a record with the key and no value, upon which a compacted topic forgets the entity.
    ///
    /// Goes to the topic of the type and names the type in its headers; for an enum those of its first variant.
    ///
    /// # Errors
    /// See [`PublishError`]. The registry is asked for nothing but the schema of an Avro key, once, as for the events of
    /// the topic.
    ///
    /// # Cancel safety
    /// See [`Publishing`].
    pub fn tombstone<E: EventTypes>(&self, key: &E::Key) -> Publishing
    where
        G: PerRecord,
    {
        self.inner.tombstone::<E>(key)
    }

    /// Publishes a record once more that a failed publish has given back
    /// ([`PublishError::into_record`](crate::PublishError::into_record)): as it is, with its `event_id`, so that readers can
    /// tell a second copy.
    ///
    /// The record's place in the order of its key is that of this call: behind what was published meanwhile. But the record
    /// that holds its key ([`held_keys`](Self::held_keys)), known by its `event_id`, goes before those that wait, which
    /// follow when it is delivered.
    ///
    /// # Errors
    /// See [`PublishError`]. A record whose schema had no id asks for it again, as long as its header `event_type` names a
    /// type that this publisher knows; without that it is refused ([`ProduceErrorKind::Rejected`](crate::ProduceErrorKind::Rejected), not retriable).
    ///
    /// # Cancel safety
    /// See [`Publishing`].
    pub fn resend(&self, record: Record) -> Publishing
    where
        G: PerRecord,
    {
        self.inner.resend(&record)
    }

    /// The keys that failed records hold, as [`OnFailure::HoldKey`](crate::OnFailure::HoldKey) says, the one that has been
    /// held longest first.
    #[must_use]
    pub fn held_keys(&self) -> Vec<HeldKey> {
        self.inner.dispatcher.held_keys()
    }

    /// Lets a held key go: what waits behind it is sent, in its order. The failed record is not among it; to have it sent
    /// first, [`resend`](Self::resend) it instead. Returns whether the key was held.
    ///
    /// `key` is that of a record, as [`HeldKey`] and [`Record`] have it.
    pub fn release(&self, topic: &str, key: &[u8]) -> bool {
        self.inner.dispatcher.release_key(topic, key)
    }

    /// Whether calls go on their way, as far as the cluster is concerned; always [`Circuit::Closed`] without a
    /// [`circuit_breaker`](PublisherBuilder::circuit_breaker).
    #[must_use]
    pub fn circuit(&self) -> Circuit {
        self.inner.dispatcher.circuit()
    }

    /// A publisher of domain values, through a translator: what a use case holds as `Arc<dyn Publish<Order>>`.
    #[must_use]
    pub fn with<T>(&self, translator: T) -> Translated<Self, T>
    where
        G: PerRecord,
    {
        Translated::new(self.clone(), translator)
    }

    /// The same calls for programs without a runtime: they block the thread.
    ///
    /// The registry is asked on the runtime that the publisher was built on. If that is a `current_thread` runtime which
    /// nobody drives while the thread is blocked, the schema id never comes and the call never returns: build such a
    /// publisher with [`build_blocking`](PublisherBuilder::build_blocking), which has a runtime of its own.
    #[must_use]
    pub fn blocking(&self) -> Blocking<'_, G> {
        Blocking::new(self)
    }

    /// Pushes out what is buffered and waits until every record that was accepted has its answer; those that other
    /// threads publish meanwhile included.
    ///
    /// # Errors
    /// [`FlushError`] with the count that remained at the deadline; they stay queued. Retriable.
    ///
    /// # Cancel safety
    /// Dropping the future changes nothing for the records.
    pub async fn flush(&self, deadline: Duration) -> Result<(), FlushError> {
        let dispatcher = Arc::clone(&self.inner.dispatcher);
        let flushed = on_a_thread(move || dispatcher.flush(deadline)).await;
        let remaining = flushed.unwrap_or_else(|| self.inner.dispatcher.counts().outstanding());
        if remaining == 0 {
            Ok(())
        } else {
            Err(FlushError { remaining, deadline })
        }
    }

    /// Refuses further calls, flushes until the deadline, and then gives up what is left: what was never sent comes back
    /// in the report, what is on its way counts as unknown. Resolves at the latest a quarter of a second after the deadline,
    /// whatever registry, broker and callbacks do. Further calls of this method give the same report; one with a shorter
    /// deadline, zero for one, ends an earlier one with it.
    ///
    /// A transaction that is open has the time to end by itself, but for the last second of it; then it is aborted.
    ///
    /// [`shutdown_on_signals`](Self::shutdown_on_signals) calls it when the process is asked to end.
    ///
    /// # Cancel safety
    /// Dropping the future, once polled, leaves the publisher refusing calls; the flush goes on to its deadline.
    pub async fn shutdown(&self, deadline: Duration) -> ShutdownReport {
        lifecycle::shut_down(&self.inner.dispatcher, self.inner.transactions.as_ref(), deadline).await
    }

    /// Looks at all that publishing the declared events needs: their schemas in the registry and the latest versions there,
    /// their topics and the permission to write to them. Asks for the schemas that have no id yet, as a publish would, and
    /// sends no record. Each question has this deadline.
    ///
    /// # Cancel safety
    /// Dropping the future leaves nothing behind.
    pub async fn preflight(&self, deadline: Duration) -> Preflight {
        let asking = &self.inner.asking;
        let declared = self.inner.declared.iter().flat_map(|route| schemas(route)).cloned();
        asking.start(declared.collect(), StartMode::Cached, deadline).await;
        let mut events = Vec::new();
        for route in &self.inner.declared {
            let topic = self.describe(route.topic(), deadline).await;
            events.push(preflight::event(asking.resolver(), route, topic, deadline).await);
        }
        Preflight { events }
    }

    /// Asks for the schemas of the declared events; those that have no id, by the mode.
    pub(crate) async fn resolve_declared(
        &self,
        mode: StartMode,
        deadline: Duration,
    ) -> Vec<(Arc<Resolution>, RegistryError)> {
        let declared = self.inner.declared.iter().flat_map(|route| schemas(route)).cloned();
        self.inner.asking.start(declared.collect(), mode, deadline).await
    }

    /// Warns in the background of topics to which the declared events could not be written.
    pub(crate) fn look_at_topics(&self) {
        let mut topics: Vec<_> = self
            .inner
            .declared
            .iter()
            .map(|route| route.topic().to_owned())
            .collect();
        topics.sort();
        topics.dedup();
        let dispatcher = Arc::downgrade(&self.inner.dispatcher);
        self.inner.asking.spawn(async move {
            for topic in topics {
                let dispatcher = dispatcher.clone();
                let described = on_a_thread(move || {
                    let described = dispatcher.upgrade()?.describe_topic(&topic, TOPIC_DEADLINE)?;
                    Some((topic, described))
                });
                let Some((topic, described)) = described.await.flatten() else {
                    return;
                };
                if let Some(problem) = preflight::problem(&described) {
                    tracing::warn!(topic, "declared events cannot be written: {problem}");
                }
            }
        });
    }

    async fn describe(&self, topic: &str, deadline: Duration) -> Result<TopicDescription, DescribeError> {
        let (dispatcher, name) = (Arc::clone(&self.inner.dispatcher), topic.to_owned());
        let described = on_a_thread(move || dispatcher.describe_topic(&name, deadline)).await;
        described.flatten().unwrap_or_else(|| {
            let reason = format!("topic {topic} cannot be described: the publisher is at its end");
            Err(DescribeError::new(DescribeErrorKind::Unsupported, reason))
        })
    }

    pub(crate) fn runtime(&self) -> &Handle {
        &self.inner.runtime
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }
}

impl<G: Guarantee> Clone for Publisher<G> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            guarantee: PhantomData,
        }
    }
}

impl<G: Guarantee> fmt::Debug for Publisher<G> {
    /// Settings only: records may hold personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Publisher")
            .field("schema_mode", &self.inner.asking.resolver().choice.mode())
            .field("framing", &self.inner.framing)
            .field("source", &self.inner.headers().source)
            .field("topics", self.inner.routes.topics())
            .finish_non_exhaustive()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        lifecycle::at_drop(
            Arc::clone(&self.dispatcher),
            self.transactions.take(),
            self.own_runtime.take(),
        );
    }
}

#[async_trait]
impl<E: Event + Sync + ?Sized, G: PerRecord> Publish<E> for Publisher<G> {
    async fn publish(&self, value: &E) -> Result<Delivery, PublishError> {
        Self::publish(self, value).await
    }
}

impl<G: PerRecord> Sink for Publisher<G> {
    fn accept(&self, event: &dyn Event) -> Pin<Box<dyn Future<Output = Result<Delivery, PublishError>> + Send>> {
        Box::pin(self.publish(event))
    }
}
