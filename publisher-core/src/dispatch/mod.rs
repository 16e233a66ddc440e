//! The way of a record from the call to the report: order, buffer, schema ids.
//!
//! Knows records, routes and reports; knows nothing of events' contents, of any Kafka client or of a runtime.
//!
//! Records wait in one line in the order of the calls. A record leaves it for the producer when it has a place in the
//! buffer, its schema ids (of the value, and of an Avro key) are known and no record of the same topic and key waits before it: so an entity keeps its order,
//! and a type whose schema the registry does not answer for holds up nobody else, as long as the buffer has room.
//!
//! One lock guards all of it, held for a few instructions at a time and never while a producer, a callback or a waker is
//! called: any of these may come back with another call. One thread at a time hands records over; another one that
//! brings news meanwhile leaves them to it.
//!
//! Longer than most files, because everything that takes the lock in the middle of a record's way is to be read together;
//! what it moves (`line`, `sent`) and how it ends (`closing`) stand apart.

mod batch_ticket;
mod breaking;
mod claim;
mod closing;
mod counts;
mod deadline;
mod expiry;
mod failing;
mod filing;
mod handing;
mod healing;
mod holding;
mod kind;
mod letter;
mod line;
mod members;
mod pace;
mod permits;
mod reporting;
mod resolution;
mod route;
mod strangers;
mod submit;
mod ticket;
mod transaction;
mod transit;

use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::task::Waker;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

pub(crate) use batch_ticket::{BatchTicket, Buffers};
pub(crate) use breaking::ToAsk;
pub(crate) use counts::Counts;
pub use holding::HeldKey;
pub(crate) use kind::{Kind, Plain, Sealed};
pub(crate) use line::Deadlines;
pub(crate) use resolution::{Renewal, Resolution};
pub(crate) use route::{Naming, Route, Routes};
pub(crate) use strangers::{in_strangers_code, isolated};
pub(crate) use submit::{Accepted, Admission, BatchParcel, Parcel, Run};
pub(crate) use ticket::{Answer, Ticket, polled_after_the_end};

use crate::circuit_breaker::breaker::Breaker;
use crate::circuit_breaker::{CircuitBreaker, CircuitChange};
use crate::dead_letter::DeadLetterFile;
use crate::error::{LetterPlace, Persistence, ProduceError, ProduceErrorKind, PublishError};
use crate::failure::Policies;
use crate::framing::Chosen;
use crate::producer::{Connect, DescribeError, Producer, TopicDescription};
use crate::record::{Delivery, Destination as _, Record};
use crate::registry::RegistryError;
use filing::ToFile;
use healing::Healing;
use holding::Keys;
use letter::Letter;
use line::Line;
use pace::Pace;
use permits::Permits;
use reporting::Delivered;
use transit::Transit;

/// What became of one record, as [`on_delivery`](crate::PublisherBuilder::on_delivery) sees it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DeliveryReport<'a> {
    /// The full name of the event type; `None` for a tombstone.
    pub event_type: Option<&'static str>,
    /// The delivery, or why there is none.
    pub result: Result<&'a Delivery, &'a PublishError>,
}

/// Called for every record when its way ends.
pub(crate) type OnDelivery = Box<dyn Fn(DeliveryReport<'_>) + Send + Sync>;

pub(crate) struct Dispatcher {
    state: Mutex<State>,
    /// Notified after each step of a record while somebody waits for it.
    progress: Condvar,
    limits: Limits,
    on_delivery: Option<OnDelivery>,
    /// Makes another producer in the place of a broken one; empty before the first.
    connect: OnceLock<Connect>,
    policies: Policies,
    /// For the dead letters that no topic takes.
    file: Option<DeadLetterFile>,
    /// For the batches.
    buffers: Arc<Buffers>,
    this: Weak<Self>,
}

/// How much may be on its way, and for how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) records: usize,
    pub(crate) bytes: usize,
    /// How long a record may wait for its place; `None` is for ever.
    pub(crate) block_timeout: Option<Duration>,
    /// How long a record may be on its way, once it has its place.
    pub(crate) delivery_timeout: Duration,
}

/// What is to be done when something goes wrong.
#[derive(Default)]
pub(crate) struct Troubles {
    pub(crate) policies: Policies,
    pub(crate) breaker: Option<CircuitBreaker>,
    /// The header that names an event's id.
    pub(crate) id_header: Option<String>,
}

struct State {
    line: Line,
    /// `None` before the publisher is built and after it is dropped.
    producer: Option<Arc<dyn Producer>>,
    counts: Counts,
    /// Whether a thread hands records over at the moment.
    sending: bool,
    /// Whether a thread sleeps until it asks the producer for room again.
    retrying: bool,
    /// Whether somebody looks at the time of those who wait for a place.
    expiring: bool,
    /// Whether somebody looks at the time of those who have one.
    watching: bool,
    /// Since when the producer has had no room though nothing is on its way.
    stuck_since: Option<std::time::Instant>,
    /// While a broken producer is replaced: nothing is handed over then.
    healing: Option<Healing>,
    /// How many producers were replaced since the last delivery.
    replaced: u32,
    /// Whether the producer was asked to give back what it has not begun to send.
    recalled: bool,
    /// Whether calls are refused.
    stopped: bool,
    /// Whether nothing is sent any more.
    closed: bool,
    /// The records that a shutdown gives back.
    returned: Vec<Record>,
    /// Grows with every step of a record.
    steps: u64,
    /// How many threads wait for a step.
    watchers: usize,
    /// Told when a record is to be sent again.
    pauses: Arc<Notify>,
    /// Dead letters that are to be written to the file.
    to_file: Vec<ToFile>,
    /// Whether a thread writes them.
    filing: bool,
    breaker: Option<Breaker>,
    /// What the cluster is asked for, where no record waits.
    probe_topic: Option<String>,
    /// What nobody was told of the circuit yet.
    changes: Vec<CircuitChange>,
    /// Told when the circuit changes.
    news: Arc<Notify>,
    /// How fast single records come.
    pace: Pace,
    /// Empty but for the time in which reports are taken: for its memory.
    delivered: Delivered,
}

impl Dispatcher {
    pub(crate) fn new(limits: Limits, troubles: Troubles, on_delivery: Option<OnDelivery>) -> Arc<Self> {
        let Troubles {
            policies,
            breaker,
            id_header,
        } = troubles;
        let state = State {
            line: Line::new(Permits::new(limits.records, limits.bytes), Keys::new(id_header)),
            producer: None,
            counts: Counts::default(),
            sending: false,
            retrying: false,
            expiring: false,
            watching: false,
            stuck_since: None,
            healing: None,
            replaced: 0,
            recalled: false,
            stopped: false,
            closed: false,
            returned: Vec::new(),
            steps: 0,
            watchers: 0,
            pauses: Arc::default(),
            to_file: Vec::new(),
            filing: false,
            breaker: breaker.map(|breaker| Breaker::new(breaker, Instant::now())),
            probe_topic: None,
            changes: Vec::new(),
            news: Arc::default(),
            pace: Pace::default(),
            delivered: Delivered::default(),
        };
        Arc::new_cyclic(|this| Self {
            state: Mutex::new(state),
            progress: Condvar::new(),
            limits,
            on_delivery,
            connect: OnceLock::new(),
            file: policies.letters.as_ref().and_then(|letters| letters.letter_file()),
            policies,
            buffers: Arc::default(),
            this: Weak::clone(this),
        })
    }

    /// Gives the dispatcher its producer, which reports back to it, and the means to make another one.
    pub(crate) fn connect(&self, connect: Connect) -> Result<(), crate::error::ConfigError> {
        let Some(this) = self.this.upgrade() else { return Ok(()) };
        let producer = connect(this)?;
        self.connect.get_or_init(|| connect);
        self.lock().producer = Some(producer);
        Ok(())
    }

    /// Takes the producer away and with it the circle of references; nothing can be sent afterwards.
    pub(crate) fn disconnect(&self) -> Option<Arc<dyn Producer>> {
        let mut state = self.lock();
        // The tasks that wait for these end now.
        state.pauses.notify_one();
        state.news.notify_one();
        state.producer.take()
    }

    /// Told when a record is to be sent again: [`resume`](Self::resume) says when.
    pub(crate) fn pauses(&self) -> Arc<Notify> {
        Arc::clone(&self.lock().pauses)
    }

    /// Told when the circuit changes.
    pub(crate) fn news(&self) -> Arc<Notify> {
        Arc::clone(&self.lock().news)
    }

    /// Takes a record back, if it has not been handed to the producer.
    pub(crate) fn withdraw(&self, ticket: &Ticket) {
        self.take_back(ticket.serial(), 1);
    }

    /// Takes those records of a batch back that have not been handed to the producer.
    pub(crate) fn withdraw_all(&self, batch: &BatchTicket) {
        self.take_back(batch.first(), batch.len());
    }

    fn take_back(&self, first: u64, records: usize) {
        let mut state = self.lock();
        let withdrawn = state.line.withdraw(first, records);
        if withdrawn > 0 {
            state.counts.withdrawn += withdrawn as u64;
            self.stepped(state);
            self.advance();
            // After the lock: a subscriber is the user's code.
            isolated(|| {
                tracing::debug!(
                    records = withdrawn,
                    "records were withdrawn: their future was dropped before they were handed to the client"
                );
            });
        }
    }

    /// The buffers of batches.
    pub(crate) fn buffers(&self) -> &Arc<Buffers> {
        &self.buffers
    }

    /// The registry's answer for a schema.
    pub(crate) fn resolved(&self, resolution: &Arc<Resolution>, answer: Result<Chosen, RegistryError>) {
        let mut state = self.lock();
        match answer {
            Ok(chosen) => {
                resolution.set(chosen);
                state.line.unpark();
                drop(state);
            }
            Err(error) => {
                resolution.set_failed();
                let failed = state.line.fail(resolution);
                drop(state);
                self.fail(resolution, failed, &error);
            }
        }
        self.advance();
    }

    /// Nothing is sent with this schema any more, whatever was answered for it before.
    pub(crate) fn refuse(&self, resolution: &Arc<Resolution>, error: RegistryError) {
        let mut state = self.lock();
        resolution.refuse(error.clone());
        let failed = state.line.fail(resolution);
        drop(state);
        self.fail(resolution, failed, &error);
        self.advance();
    }

    fn fail(&self, resolution: &Arc<Resolution>, failed: Vec<Transit>, error: &RegistryError) {
        for transit in failed {
            self.end_unresolved(transit, resolution, error.clone());
        }
    }

    /// The end of a record whose schema has no id.
    fn end_unresolved(&self, mut transit: Transit, resolution: &Resolution, error: RegistryError) {
        let record = transit.take_record();
        let error = unresolved(resolution, &transit.kind, error, record);
        self.end(transit, Err(error));
    }

    /// Whether the caller has to ask the registry for this schema; then nobody else does.
    pub(crate) fn claim(&self, resolution: &Resolution) -> bool {
        let _state = self.lock();
        resolution.start()
    }

    /// Whether there is no producer: the publisher is not built yet, or was dropped.
    pub(crate) fn is_ended(&self) -> bool {
        self.lock().producer.is_none()
    }

    /// Asks the producer what the broker says of a topic; `None` after the publisher's end. Blocks the thread.
    pub(crate) fn describe_topic(
        &self,
        topic: &str,
        deadline: Duration,
    ) -> Option<Result<TopicDescription, DescribeError>> {
        let producer = self.lock().producer.clone()?;
        Some(producer.describe_topic(topic, deadline))
    }

    pub(crate) fn counts(&self) -> Counts {
        self.lock().counts
    }

    /// The end of a record that the producer refused or gave up.
    fn end_undelivered(&self, mut transit: Transit, mut error: ProduceError) {
        if let Kind::Letter(letter) = &transit.kind {
            let letter = Arc::clone(letter);
            isolated(|| {
                tracing::error!(
                    topic = letter.topic(),
                    event_id = letter.event_id(),
                    error = &error as &dyn std::error::Error,
                    "a dead letter was not delivered; its event goes back to the caller"
                );
            });
            transit = letter.unwrap(transit);
            error = letter.error.clone();
        }
        let never_sent = error.kind() == ProduceErrorKind::ShutDown && transit.persistence == Persistence::NotPersisted;
        if never_sent && self.lock().stopped {
            return self.give_back(transit);
        }
        let error = error.with_persistence(transit.persistence);
        let record = transit.take_record();
        self.end(transit, Err(PublishError::undelivered(error, record)));
    }

    /// The end of a record of which a letter was delivered.
    fn dead_lettered(&self, transit: Transit, letter: &Letter, place: LetterPlace) {
        isolated(|| {
            tracing::warn!(
                topic = letter.kind.topic(),
                event_id = letter.event_id(),
                error_code = letter.error.kind().code(),
                letter = %place,
                "a record was not delivered and became a dead letter"
            );
        });
        self.end(transit, Err(letter.answer(place)));
    }

    fn give_back(&self, mut transit: Transit) {
        // Nothing waits for it any more where its deadline has passed.
        if transit.claim.is_some() {
            let record = transit.take_record();
            self.lock().returned.push(record);
        }
        self.end(transit, Err(PublishError::ShutDown));
    }

    /// The end of a record's way: the callback, the counts, then the caller. To be called without the lock.
    fn end(&self, transit: Transit, answer: Answer) {
        let Some(claim) = transit.claim else { return };
        if let Some(on_delivery) = &self.on_delivery {
            let report = DeliveryReport {
                event_type: transit.kind.event_type(),
                result: answer.as_ref(),
            };
            // A user's panic must not unwind into the client's thread.
            if !isolated(|| on_delivery(report)) {
                isolated(|| tracing::error!("the `on_delivery` callback panicked"));
            }
        }
        let mut state = self.lock();
        state.counts.ended(&answer);
        if let Some(persistence) = transit.lettered {
            state.counts.lettered(persistence);
        }
        // In one step with the counts: after a flush every answer is there, and whoever has an answer finds it counted.
        let waker = claim.answer(answer);
        self.stepped(state);
        waker.into_iter().for_each(wake_one);
    }

    /// Tells those who wait for a step, and lets go of the lock.
    fn stepped(&self, mut state: MutexGuard<'_, State>) {
        state.steps += 1;
        let watched = state.watchers > 0;
        drop(state);
        if watched {
            self.progress.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

fn unresolved(resolution: &Resolution, kind: &Kind, error: RegistryError, record: Record) -> PublishError {
    PublishError::Registry {
        event_type: kind.event_type().unwrap_or_else(|| resolution.event_type().name()),
        subject: resolution.subject().to_owned(),
        source: Box::new(error),
        record: Box::new(record),
    }
}

fn wake(wakers: &mut Vec<Waker>) {
    wakers.drain(..).for_each(wake_one);
}

/// One that panics keeps nobody else from being woken.
fn wake_one(waker: Waker) {
    if !isolated(|| waker.wake()) {
        isolated(|| tracing::error!("a waker of a publisher's future panicked"));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing that is called under a lock panics by design; if it did, the state would still be whole between statements.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
