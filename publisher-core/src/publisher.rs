//! [`Publisher`]: the calls. No protocol detail stands here: events encode themselves, `dispatch` brings the records on
//! their way, a producer delivers them.
//!
//! Longer than most files, because the calls and the two ends of a publisher, shutdown and drop, are documented where
//! they stand and are to be read together.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::batch::Batch;
use crate::blocking::{Blocking, OwnRuntime};
use crate::builder::PublisherBuilder;
use crate::dispatch::{Accepted, Admission, Dispatcher, Parcel, Resolution, Route, Routes, in_strangers_code};
use crate::error::{FlushError, PublishError};
use crate::event::{Encoding, Event, EventType, EventTypes};
use crate::expiry;
use crate::framing::Framing;
use crate::guarantee::{AtLeastOnce, Guarantee, PerRecord};
use crate::header::HeaderSettings;
use crate::key::{KeyForm, KeyFormat};
use crate::pending::{Enqueuing, Pending, Publishing};
use crate::port::Publish;
use crate::preflight::{self, Preflight};
use crate::prepare::Prepared;
use crate::producer::{DescribeError, DescribeErrorKind, TopicDescription, refusal};
use crate::record::{Delivery, Headers, Record, Timestamp};
use crate::registry::RegistryError;
use crate::resolver::{Asking, StartMode};
use crate::transaction::Coordinator;
use crate::translated::{Sink, Translated};
use crate::validate::Checker;
use crate::wire;

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

pub(crate) struct Inner {
    pub(crate) dispatcher: Arc<Dispatcher>,
    pub(crate) routes: Routes,
    /// Those of the declared events.
    pub(crate) declared: Vec<Arc<Route>>,
    pub(crate) asking: Asking,
    pub(crate) framing: Framing,
    pub(crate) headers: HeaderSettings,
    /// The actual topic for one that the events name.
    pub(crate) topics: HashMap<String, String>,
    /// The largest record that the producer takes, as far as it is known here.
    pub(crate) max_record_bytes: usize,
    pub(crate) runtime: Handle,
    /// Of a transactional publisher.
    pub(crate) transactions: Option<Arc<Coordinator>>,
    /// Kept until the publisher has been flushed, where it was built without a runtime around it.
    pub(crate) own_runtime: Option<OwnRuntime>,
}

/// What became of a publisher's records, exact: accepted = delivered + failed + unknown + returned + withdrawn.
#[derive(Debug)]
#[non_exhaustive]
pub struct ShutdownReport {
    /// How many records were delivered since the publisher was built.
    pub delivered: u64,
    /// How many are surely not in the log.
    pub failed: u64,
    /// How many may be in the log.
    pub unknown: u64,
    /// The records that were accepted but not sent before the deadline.
    pub returned: Vec<Record>,
    /// How many records their callers took back, by dropping the future before the record was handed over.
    pub withdrawn: u64,
}

/// How long dropping the last handle may take.
const DROP_DEADLINE: Duration = Duration::from_secs(5);

/// How long a purge's own reports may take; they need no broker.
const PURGE_DEADLINE: Duration = Duration::from_millis(500);

/// How long a look at a topic may take that nobody waits for.
const TOPIC_DEADLINE: Duration = Duration::from_secs(10);

/// A buffer's first size: most events fit without growing it.
const TYPICAL_EVENT_BYTES: usize = 512;

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
            Ok(record) => self.inner.send(event.event_type().into(), record),
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
        let record = self.inner.encode(&event)?;
        let publishing = self.inner.submit(event.event_type().into(), record, Admission::Try);
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
        Prepared::new(&self.inner, event.event_type(), self.inner.encode(&event))
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
    /// in the report, what is on its way counts as unknown. Further calls of this method give the same report.
    ///
    /// A transaction that is open has the time to end by itself, but for the last second of it; then it is aborted.
    ///
    /// # Cancel safety
    /// Dropping the future, once polled, leaves the publisher refusing calls; the flush goes on to its deadline.
    pub async fn shutdown(&self, deadline: Duration) -> ShutdownReport {
        let dispatcher = &self.inner.dispatcher;
        dispatcher.stop();
        let (closing, transactions) = (Arc::clone(dispatcher), self.inner.transactions.clone());
        on_a_thread(move || close(&closing, transactions.as_deref(), deadline)).await;
        let (counts, returned) = dispatcher.summary();
        // A record that has no answer by now is with a client that does not even report what it purged.
        let unknown = counts.unknown + counts.outstanding() as u64;
        ShutdownReport {
            delivered: counts.delivered,
            failed: counts.failed,
            unknown,
            returned,
            withdrawn: counts.withdrawn,
        }
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

impl Inner {
    /// The actual topic of a type.
    fn topic(&self, event_type: &EventType) -> String {
        let topic = event_type.topic();
        self.topics.get(topic).map_or_else(|| topic.to_owned(), Clone::clone)
    }

    /// Checks and encodes: the record as it is, but for the schema id.
    pub(crate) fn encode<E: Event + ?Sized>(&self, event: &E) -> Result<Record, PublishError> {
        let event_type = event.event_type();
        let mut value = Vec::with_capacity(TYPICAL_EVENT_BYTES);
        self.framing.begin(&mut value);
        event.write(&mut value)?;
        let key = event_type.is_keyed().then(|| {
            let mut key = Vec::new();
            event.key(&mut key);
            self.unframed(event_type, key)
        });
        Ok(Record {
            topic: self.topic(event_type),
            partition: None,
            key,
            value: Some(value),
            headers: self.headers.of_event(event_type),
            timestamp_ms: event.timestamp_ms().unwrap_or_else(|| Timestamp::now().millis()),
        })
    }

    pub(crate) fn tombstone<E: EventTypes>(&self, key: &E::Key) -> Publishing {
        let types = E::types();
        let event_type = types.first();
        // Of an enum the first variant may have no key.
        let keyed = types.iter().find(|event_type| event_type.is_keyed()).copied();
        // No other form of key is encoded by a shape.
        let mut checker = Checker::new(Encoding::Avro);
        E::KeyForm::check(key, &mut checker);
        if let Err(violations) = checker.finish(keyed.map_or("", |event_type| event_type.name())) {
            return Publishing::refused(violations.into());
        }
        let mut bytes = Vec::new();
        E::KeyForm::write(key, &mut bytes);
        let bytes = match keyed {
            Some(event_type) => self.unframed(event_type, bytes),
            None => bytes,
        };
        let record = Record {
            // A type list without a type names no topic, and the record is refused for that.
            topic: event_type.map_or_else(String::new, |event_type| self.topic(event_type)),
            partition: None,
            key: Some(bytes),
            value: None,
            headers: event_type.map_or_else(Headers::new, |event_type| self.headers.of_tombstone(event_type)),
            timestamp_ms: Timestamp::now().millis(),
        };
        self.submit(Destination::Tombstone(keyed), record, Admission::Wait)
    }

    pub(crate) fn send(&self, destination: Destination, record: Record) -> Publishing {
        self.submit(destination, record, Admission::Wait)
    }

    fn submit(&self, destination: Destination, record: Record, admission: Admission) -> Publishing {
        match self.parcel(destination, record) {
            Ok(parcel) => self.dispatch(parcel, admission),
            Err(error) => Publishing::refused(error),
        }
    }

    /// Makes a record ready for its way, or refuses what the producer would: the registry is not to hear of such a record.
    pub(crate) fn parcel(&self, destination: Destination, record: Record) -> Result<Parcel, PublishError> {
        if let Some(error) = refusal(record.as_ref(), self.max_record_bytes) {
            return Err(PublishError::undelivered(error, record));
        }
        Ok(match destination {
            Destination::Event(event_type) => {
                let route = self.routes.route(event_type, &record.topic)?;
                schemas(&route).for_each(|schema| self.asking.renew(schema));
                Parcel::event(record, route)
            }
            Destination::Tombstone(keyed) => {
                let key = match keyed {
                    Some(event_type) => self.routes.key(event_type, &record.topic)?,
                    None => None,
                };
                key.iter().for_each(|key| self.asking.renew(key));
                Parcel::tombstone(record, key)
            }
        })
    }

    /// An Avro key as the framing has it: keys write themselves with a frame before.
    fn unframed(&self, event_type: &EventType, mut key: Vec<u8>) -> Vec<u8> {
        let framed = matches!(event_type.key_format(), Some(KeyFormat::Avro(_)));
        if framed && self.framing == Framing::GuidHeaders {
            key.drain(..wire::PREFIX_LEN.min(key.len()));
        }
        key
    }

    pub(crate) fn dispatch(&self, parcel: Parcel, admission: Admission) -> Publishing {
        let dispatcher = &self.dispatcher;
        match dispatcher.submit(parcel, admission) {
            Ok(Accepted {
                ticket,
                to_resolve,
                to_expire,
            }) => {
                // After the record has joined: the answer finds it.
                let to_resolve = to_resolve.into_iter().flatten();
                to_resolve.for_each(|resolution| self.asking.ask(resolution));
                if to_expire {
                    expiry::start(&self.runtime, dispatcher);
                }
                Publishing::new(ticket, Arc::clone(dispatcher))
            }
            Err(error) => Publishing::refused(error),
        }
    }
}

/// The schemas of value and key.
fn schemas(route: &Route) -> impl Iterator<Item = &Arc<Resolution>> {
    [Some(route.value()), route.key()].into_iter().flatten()
}

/// Where a record goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Destination {
    Event(&'static EventType),
    /// With a type whose keys its key is one of.
    Tombstone(Option<&'static EventType>),
}

impl From<&'static EventType> for Destination {
    fn from(event_type: &'static EventType) -> Self {
        Self::Event(event_type)
    }
}

/// Runs what blocks on a thread of its own, so that it needs no runtime. `None` if the system gives no thread.
pub(crate) async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (done, result) = oneshot::channel();
    let run = move || {
        // Nobody waits for it any more, if this fails.
        let _ = done.send(work());
    };
    if let Err(error) = thread::Builder::new().name("publisher-flush".to_owned()).spawn(run) {
        tracing::error!(%error, "no thread for the flush");
    }
    result.await.ok()
}

/// Flushes to the deadline and gives up what is left.
fn close(dispatcher: &Dispatcher, transactions: Option<&Coordinator>, deadline: Duration) {
    let start = Instant::now();
    if let Some(transactions) = transactions {
        transactions.close(deadline);
    }
    if dispatcher.flush(deadline.saturating_sub(start.elapsed())) > 0 {
        let left = deadline.saturating_sub(start.elapsed());
        dispatcher.give_up(left.max(PURGE_DEADLINE));
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
            .field("source", &self.inner.headers.source)
            .field("topics", &self.inner.topics)
            .finish_non_exhaustive()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let (dispatcher, own_runtime) = (Arc::clone(&self.dispatcher), self.own_runtime.take());
        let transactions = self.transactions.take();
        dispatcher.stop();
        let end = move || {
            if let Some(transactions) = transactions {
                // None is open any more, but the last one may not have ended.
                transactions.close(DROP_DEADLINE);
            }
            let outstanding = dispatcher.counts().outstanding();
            if outstanding > 0 && !dispatcher.is_closed() {
                tracing::warn!(
                    records = outstanding,
                    "publisher dropped without `shutdown` while records were on their way; flushing for up to 5 s"
                );
                close(&dispatcher, None, DROP_DEADLINE);
                let (counts, _) = dispatcher.summary();
                if counts.returned > 0 {
                    tracing::error!(
                        records = counts.returned,
                        "records were not sent before the publisher was dropped"
                    );
                }
            }
            // Breaks the circle between dispatcher and producer; the client is closed here.
            drop(dispatcher.disconnect());
            drop(own_runtime);
        };
        // In a callback the wait would be for the callback's own end.
        if !in_strangers_code() {
            return end();
        }
        if let Err(error) = thread::Builder::new().name("publisher-flush".to_owned()).spawn(end) {
            tracing::error!(%error, "no thread for the flush; records that were not sent are lost");
            drop(self.dispatcher.disconnect());
        }
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
