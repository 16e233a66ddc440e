//! [`Publisher`]: the calls. No protocol detail stands here: events encode themselves, `dispatch` brings the records on
//! their way, a producer delivers them.
//!
//! Longer than most files, because the calls are documented where they stand and are to be read together.

use std::cell::Cell;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::time::Duration;

use async_trait::async_trait;
use tokio::runtime::Handle;

use crate::batch::Batch;
use crate::blocking::{Blocking, OwnRuntime};
use crate::builder::PublisherBuilder;
use crate::circuit_breaker::Circuit;
use crate::dispatch::{
    Accepted, Admission, BatchParcel, BatchTicket, Buffers, Dispatcher, HeldKey, Kind, Parcel, Plain, Resolution,
    Route, Routes, Sealed,
};
use crate::error::{FlushError, Persistence, ProduceError, ProduceErrorKind, PublishError};
use crate::event::{Encoding, Event, EventType, EventTypes};
use crate::expiry;
use crate::failure::OnFailure;
use crate::framing::Framing;
use crate::header::{HeaderSettings, StandardHeader};
use crate::key::{KeyForm, KeyFormat};
use crate::lifecycle::{self, ShutdownReport, on_a_thread};
use crate::pending::{Enqueuing, Pending, Publishing};
use crate::port::Publish;
use crate::preflight::{self, Preflight};
use crate::prepare::Prepared;
use crate::producer::{DescribeError, DescribeErrorKind, TopicDescription, refusal, refusal_in_topic};
use crate::record::{Delivery, Layout, Packed, Record, SchemaId, Timestamp};
use crate::registry::RegistryError;
use crate::resolver::{Asking, StartMode};
use crate::translated::{Sink, Translated};
use crate::validate::Checker;
use crate::wire;

/// Publishes events: validates, encodes, frames and delivers them.
///
/// A cheap handle: clones share one connection, one buffer and one set of schema ids. Delivery is at least once:
/// idempotent, `acks=all`, in the order of the calls for each key. The calls encode at once and return futures that
/// borrow neither event nor publisher.
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
#[derive(Clone)]
pub struct Publisher {
    inner: Arc<Inner>,
}

/// A handle that does not keep the publisher alive.
pub(crate) struct WeakPublisher(Weak<Inner>);

impl WeakPublisher {
    pub(crate) fn upgrade(&self) -> Option<Publisher> {
        self.0.upgrade().map(|inner| Publisher { inner })
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
}

/// How long a look at a topic may take that nobody waits for.
const TOPIC_DEADLINE: Duration = Duration::from_secs(10);

thread_local! {
    /// How many bytes the last event of this thread took: its buffer is kept until the report, so it is not to be larger than
    /// need be, and not to be grown while it is written.
    static LAST_BYTES: Cell<usize> = const { Cell::new(256) };
}

impl Publisher {
    /// Settings for a new publisher; see [`PublisherBuilder`].
    pub fn builder() -> PublisherBuilder {
        PublisherBuilder::default()
    }

    pub(crate) fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// A handle that does not keep the publisher alive.
    pub(crate) fn downgrade(&self) -> WeakPublisher {
        WeakPublisher(Arc::downgrade(&self.inner))
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
    pub fn publish<E: Event>(&self, event: E) -> Publishing {
        match self.encode(&event) {
            Ok(parcel) => self.dispatch(parcel, Admission::Wait),
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
    pub fn enqueue<E: Event>(&self, event: E) -> Enqueuing {
        Enqueuing::new(self.publish(event))
    }

    /// Buffers an event if there is room, and never waits.
    ///
    /// # Errors
    /// [`PublishError::BufferFull`] if there is no room now (retriable); [`PublishError::Invalid`] and the like.
    pub fn try_enqueue<E: Event>(&self, event: E) -> Result<Pending, PublishError> {
        let publishing = self.dispatch(self.encode(&event)?, Admission::Try);
        publishing.refusal().map_or_else(|| Ok(Pending::of(publishing)), Err)
    }

    /// Collects events of any types and topics, to be sent together.
    pub fn batch(&self) -> Batch<'_> {
        Batch::new(self)
    }

    /// Encodes an event and lets the record be changed before it is sent: topic, headers, time.
    #[must_use = "nothing is sent before `send`"]
    pub fn prepare<E: Event>(&self, event: E) -> Prepared<'_> {
        Prepared::new(self, event.event_type(), self.record(&event))
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
    pub fn tombstone<E: EventTypes>(&self, key: &E::Key) -> Publishing {
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
        let mut body = Vec::new();
        E::KeyForm::write(key, &mut body);
        if let Some(event_type) = keyed {
            self.unframe(event_type, &mut body, 0);
        }
        let now_ms = Timestamp::now().millis();
        let mut layout = Layout::of_key(&body, now_ms);
        // A type list without a type names no topic, and the record is refused for that.
        let topic = event_type.map_or("", |event_type| self.inner.routes.topic(event_type));
        if let Some(event_type) = event_type {
            let headers = self.inner.routes.headers().of_tombstone(event_type);
            let count = headers.write(now_ms, &mut body);
            layout.headers_end(&body, count);
        }
        let body = Packed { bytes: body, layout };
        if let Some(error) = refusal(body.view(topic), self.inner.max_record_bytes) {
            return Publishing::refused(PublishError::undelivered(error, body.view(topic).to_record()));
        }
        let key = match keyed {
            Some(event_type) => self.inner.routes.key(event_type, topic),
            None => Ok(None),
        };
        match key {
            Ok(key) => {
                let plain = Plain {
                    topic: topic.to_owned(),
                    key,
                    on_failure: self.inner.routes.on_failure(event_type.copied()),
                };
                self.dispatch(self.parcel(Kind::Plain(Arc::new(plain)), body), Admission::Wait)
            }
            Err(error) => Publishing::refused(error.into()),
        }
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
    /// type that this publisher knows; without that it is refused ([`ProduceErrorKind::Rejected`], not retriable).
    ///
    /// # Cancel safety
    /// See [`Publishing`].
    pub fn resend(&self, record: Record) -> Publishing {
        match self.resent(&record) {
            Ok(kind) => self.dispatch(self.parcel(kind, Packed::of(&record)), Admission::Wait),
            Err(error) => Publishing::refused(error),
        }
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
    pub fn with<T>(&self, translator: T) -> Translated<Self, T> {
        Translated::new(self.clone(), translator)
    }

    /// The same calls for programs without a runtime: they block the thread.
    ///
    /// The registry is asked on the runtime that the publisher was built on. If that is a `current_thread` runtime which
    /// nobody drives while the thread is blocked, the schema id never comes and the call never returns: build such a
    /// publisher with [`build_blocking`](PublisherBuilder::build_blocking), which has a runtime of its own.
    #[must_use]
    pub fn blocking(&self) -> Blocking<'_> {
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
    /// [`shutdown_on_signals`](Self::shutdown_on_signals) calls it when the process is asked to end.
    ///
    /// # Cancel safety
    /// Dropping the future, once polled, leaves the publisher refusing calls; the flush goes on to its deadline.
    pub async fn shutdown(&self, deadline: Duration) -> ShutdownReport {
        lifecycle::shut_down(&self.inner.dispatcher, deadline).await
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

    pub(crate) fn headers(&self) -> &HeaderSettings {
        self.inner.routes.headers()
    }

    /// The buffers of batches.
    pub(crate) fn buffers(&self) -> &Arc<Buffers> {
        self.inner.dispatcher.buffers()
    }

    /// Checks and encodes an event into a buffer of its own.
    pub(crate) fn encode<E: Event + ?Sized>(&self, event: &E) -> Result<Parcel, PublishError> {
        let mut bytes = Vec::with_capacity(LAST_BYTES.get());
        let (layout, kind, sealed) = self.encode_into(event, None, &mut bytes)?;
        LAST_BYTES.set(bytes.len());
        let body = Packed { bytes, layout };
        Ok(Parcel { body, kind, sealed })
    }

    /// Checks and encodes an event behind what is in the buffer. `before` is the route of the last one, which is often that
    /// of this one too.
    ///
    /// # Errors
    /// The buffer is as it was.
    pub(crate) fn encode_into<E: Event + ?Sized>(
        &self,
        event: &E,
        before: Option<&Kind>,
        bytes: &mut Vec<u8>,
    ) -> Result<(Layout, Kind, Option<Sealed>), PublishError> {
        let start = bytes.len();
        let encoded = self.append(event, before, bytes);
        if encoded.is_err() {
            bytes.truncate(start);
        }
        encoded
    }

    fn append<E: Event + ?Sized>(
        &self,
        event: &E,
        before: Option<&Kind>,
        bytes: &mut Vec<u8>,
    ) -> Result<(Layout, Kind, Option<Sealed>), PublishError> {
        let event_type = event.event_type();
        let (mut layout, now_ms) = self.append_value_and_key(event, bytes)?;
        let route = match before {
            Some(Kind::Event(route)) if std::ptr::eq(route.event_type(), event_type) => Arc::clone(route),
            _ => self.inner.routes.own_route(event_type)?,
        };
        let headers = route.headers().write(now_ms, bytes);
        layout.headers_end(bytes, headers);
        let view = layout.view(bytes, route.topic());
        // The names of the types' own topics were looked at before.
        if let Some(error) = refusal_in_topic(view, self.inner.max_record_bytes)
            && !is_for_the_policy(&error, route.on_failure())
        {
            return Err(PublishError::undelivered(error, view.to_record()));
        }
        schemas(&route).for_each(|schema| self.inner.asking.renew(schema));
        let kind = Kind::Event(route);
        let sealed = seal(&kind, &layout, bytes);
        Ok((layout, kind, sealed))
    }

    fn append_value_and_key<E: Event + ?Sized>(
        &self,
        event: &E,
        bytes: &mut Vec<u8>,
    ) -> Result<(Layout, i64), PublishError> {
        let event_type = event.event_type();
        let start = bytes.len();
        self.inner.framing.begin(bytes);
        event.write(bytes)?;
        let now_ms = Timestamp::now().millis();
        let mut layout = Layout::of_value(start, bytes, event.timestamp_ms().unwrap_or(now_ms));
        if event_type.is_keyed() {
            let key = bytes.len();
            event.key(bytes);
            self.unframe(event_type, bytes, key);
            layout.key_ends(bytes);
        }
        Ok((layout, now_ms))
    }

    /// Checks and encodes an event into a record that can be changed: its topic need not be the type's own, so that no route
    /// is asked for.
    fn record<E: Event + ?Sized>(&self, event: &E) -> Result<Record, PublishError> {
        let event_type = event.event_type();
        let mut bytes = Vec::with_capacity(LAST_BYTES.get());
        let (mut layout, now_ms) = self.append_value_and_key(event, &mut bytes)?;
        let headers = self.headers().of_event(event_type).write(now_ms, &mut bytes);
        layout.headers_end(&bytes, headers);
        Ok(layout.view(&bytes, self.inner.routes.topic(event_type)).to_record())
    }

    /// Makes a record ready for its way.
    fn parcel(&self, kind: Kind, mut body: Packed) -> Parcel {
        if let Kind::Plain(plain) = &kind {
            plain.key.iter().for_each(|key| self.inner.asking.renew(key));
        }
        let sealed = seal(&kind, &body.layout, &mut body.bytes);
        Parcel { body, kind, sealed }
    }

    /// An event's record for its way, after it was changed; refuses what the producer would: the registry is not to hear of
    /// such a record.
    pub(crate) fn changed(&self, event_type: &'static EventType, record: &Record) -> Result<Parcel, PublishError> {
        let refused = |error| Err(PublishError::undelivered(error, record.clone()));
        let refusal = refusal(record.as_ref(), self.inner.max_record_bytes);
        let policy = self.inner.routes.on_failure(Some(event_type));
        if let Some(error) = refusal.filter(|error| !is_for_the_policy(error, policy)) {
            return refused(error);
        }
        let route = self.inner.routes.route(event_type, &record.topic)?;
        schemas(&route).for_each(|schema| self.inner.asking.renew(schema));
        Ok(self.parcel(Kind::Event(route), Packed::of(record)))
    }

    /// What a record is that comes back.
    fn resent(&self, record: &Record) -> Result<Kind, PublishError> {
        let refused = |kind, reason: String| {
            let error = ProduceError::new(kind, Persistence::NotPersisted, reason);
            PublishError::undelivered(error, record.clone())
        };
        if let Some(error) = refusal(record.as_ref(), self.inner.max_record_bytes) {
            return Err(PublishError::undelivered(error, record.clone()));
        }
        let name = self.headers().name(StandardHeader::EventType);
        let route = name
            .and_then(|name| record.headers.text(name))
            .and_then(|event_type| self.inner.routes.known(event_type, &record.topic));
        match route {
            Some(route) if record.value.is_some() => Ok(Kind::Event(route)),
            Some(route) => Ok(Kind::Plain(Arc::new(Plain {
                topic: record.topic.clone(),
                key: route.key().cloned(),
                on_failure: route.on_failure(),
            }))),
            None if is_unsealed(record) => {
                let reason = format!(
                    "the record for topic {} has no schema id, and no header names a type of this publisher: publish the event \
                     again",
                    record.topic
                );
                Err(refused(ProduceErrorKind::Rejected, reason))
            }
            None => Ok(Kind::Plain(Arc::new(Plain {
                topic: record.topic.clone(),
                key: None,
                on_failure: self.inner.routes.on_failure(None),
            }))),
        }
    }

    /// An Avro key as the framing has it: keys write themselves with a frame before.
    fn unframe(&self, event_type: &EventType, bytes: &mut Vec<u8>, start: usize) {
        let framed = matches!(event_type.key_format(), Some(KeyFormat::Avro(_)));
        if framed && self.inner.framing == Framing::GuidHeaders {
            let end = bytes.len().min(start + wire::PREFIX_LEN);
            bytes.drain(start..end);
        }
    }

    pub(crate) fn dispatch(&self, parcel: Parcel, admission: Admission) -> Publishing {
        let dispatcher = &self.inner.dispatcher;
        match dispatcher.submit(parcel, admission) {
            Ok((ticket, accepted)) => {
                self.follow(accepted);
                Publishing::new(ticket, Arc::clone(dispatcher))
            }
            Err(error) => Publishing::refused(error),
        }
    }

    /// Puts the records of a batch on their way.
    pub(crate) fn dispatch_all(
        &self,
        parcel: BatchParcel,
    ) -> Result<(Arc<BatchTicket>, Arc<Dispatcher>), PublishError> {
        let dispatcher = &self.inner.dispatcher;
        let (batch, accepted) = dispatcher.submit_all(parcel)?;
        self.follow(accepted);
        Ok((batch, Arc::clone(dispatcher)))
    }

    /// After the records have joined: the registry's answer finds them.
    fn follow(&self, accepted: Accepted) {
        let Accepted {
            to_resolve,
            to_expire,
            to_watch,
        } = accepted;
        to_resolve
            .into_iter()
            .for_each(|resolution| self.inner.asking.ask(resolution));
        if to_expire {
            expiry::start(&self.inner.runtime, &self.inner.dispatcher);
        }
        if to_watch {
            expiry::watch(&self.inner.runtime, &self.inner.dispatcher);
        }
    }
}

/// Whether a record that no producer would take goes on all the same, for the dispatcher to do with it what the policy
/// says: one that is too large becomes a dead letter or holds its key, as if the broker had refused it.
fn is_for_the_policy(error: &ProduceError, policy: OnFailure) -> bool {
    error.kind() == ProduceErrorKind::TooLarge && policy != OnFailure::Return
}

/// Writes the schema ids into a record, if they are known and all that is to be written.
fn seal(kind: &Kind, layout: &Layout, bytes: &mut [u8]) -> Option<Sealed> {
    let sealed = kind.ids()?;
    if let Some(id) = sealed.value {
        wire::set_schema_id(layout.value_mut(bytes), id);
    }
    if let Some(id) = sealed.key {
        wire::set_schema_id(layout.key_mut(bytes), id);
    }
    Some(sealed)
}

/// Whether a record was given back before it had its schema's id.
fn is_unsealed(record: &Record) -> bool {
    let value = record.value.as_deref().map(wire::read);
    matches!(value, Some(Ok((SchemaId(0), _))))
}

/// The schemas of value and key.
fn schemas(route: &Route) -> impl Iterator<Item = &Arc<Resolution>> {
    [Some(route.value()), route.key()].into_iter().flatten()
}

impl fmt::Debug for Publisher {
    /// Settings only: records may hold personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Publisher")
            .field("schema_mode", &self.inner.asking.resolver().choice.mode())
            .field("framing", &self.inner.framing)
            .field("source", &self.headers().source)
            .field("topics", self.inner.routes.topics())
            .finish_non_exhaustive()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        lifecycle::at_drop(Arc::clone(&self.dispatcher), self.own_runtime.take());
    }
}

#[async_trait]
impl<E: Event + Sync + ?Sized> Publish<E> for Publisher {
    async fn publish(&self, value: &E) -> Result<Delivery, PublishError> {
        Self::publish(self, value).await
    }
}

impl Sink for Publisher {
    fn accept(&self, event: &dyn Event) -> Pin<Box<dyn Future<Output = Result<Delivery, PublishError>> + Send>> {
        Box::pin(self.publish(event))
    }
}
