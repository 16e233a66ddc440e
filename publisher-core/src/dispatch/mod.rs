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

mod closing;
mod counts;
mod expiry;
mod line;
mod resolution;
mod route;
mod sent;
mod strangers;
mod ticket;
mod transaction;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::task::Waker;
use std::thread;
use std::time::{Duration, Instant};

pub(crate) use counts::Counts;
pub(crate) use line::Deadlines;
pub(crate) use resolution::{Renewal, Resolution};
pub(crate) use route::{Naming, Route, Routes};
pub(crate) use strangers::in_strangers_code;
pub(crate) use ticket::{Answer, Ticket, polled_after_the_end};

use crate::error::{Persistence, ProduceError, ProduceErrorKind, PublishError};
use crate::framing::Chosen;
use crate::producer::{DescribeError, Outcome, Producer, Reports, SendError, Token, TopicDescription, Undelivered};
use crate::record::{Delivery, Record};
use crate::registry::RegistryError;
use line::{Line, Outgoing, Waiting};
use sent::{Kind, Sealed, Sent};
use strangers::StrangersCode;

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

/// How many records one call hands over at the most, while reports will come that can go on: nobody's call is to send
/// the records of all others for ever.
const TURN: usize = 1024;

/// How long after a refusal for want of room the producer is asked again, where no report will come first.
const ROOM_PAUSE: Duration = Duration::from_millis(2);

/// A record on its way, with what its report needs.
pub(crate) struct Parcel {
    record: Record,
    kind: Kind,
    /// Set once the record is finished, apart from which it is as its caller encoded it.
    sealed: Option<Sealed>,
}

impl Parcel {
    pub(crate) fn event(record: Record, route: Arc<Route>) -> Self {
        Self {
            record,
            kind: Kind::Event(route),
            sealed: None,
        }
    }

    /// A tombstone, with the schema of its key where that is Avro.
    pub(crate) fn tombstone(record: Record, key: Option<Arc<Resolution>>) -> Self {
        let topic = record.topic.clone();
        let kind = Kind::Tombstone { topic, key };
        Self {
            record,
            kind,
            sealed: None,
        }
    }

    /// Why it cannot be sent, if nothing of its kind can be any more.
    fn refusal(&self) -> Option<(Arc<Resolution>, RegistryError)> {
        let (resolution, error) = self.kind.refusal()?;
        Some((Arc::clone(resolution), error.clone()))
    }
}

/// Whether a call waits for a place in the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    Wait,
    Try,
}

/// A record that was accepted.
pub(crate) struct Accepted {
    pub(crate) ticket: Arc<Ticket>,
    /// The schemas whose ids the caller has to ask the registry for: nobody has yet, or the last answer was a failure.
    pub(crate) to_resolve: [Option<Arc<Resolution>>; 2],
    /// Whether the caller has to see to it that [`Dispatcher::expire`] is called: the record waits for its place, and
    /// nobody looks at the time yet.
    pub(crate) to_expire: bool,
}

pub(crate) struct Dispatcher {
    state: Mutex<State>,
    /// Notified after each step of a record while somebody waits for it.
    progress: Condvar,
    /// How long a record may wait for its place; `None` is for ever.
    block_timeout: Option<Duration>,
    /// How long a producer may have no room though nothing is on its way.
    patience: Duration,
    on_delivery: Option<OnDelivery>,
    this: Weak<Self>,
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
    /// Since when the producer has had no room though nothing is on its way.
    stuck_since: Option<Instant>,
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
}

impl Dispatcher {
    pub(crate) fn new(
        capacity: usize,
        block_timeout: Option<Duration>,
        patience: Duration,
        on_delivery: Option<OnDelivery>,
    ) -> Arc<Self> {
        let state = State {
            line: Line::new(capacity),
            producer: None,
            counts: Counts::default(),
            sending: false,
            retrying: false,
            expiring: false,
            stuck_since: None,
            stopped: false,
            closed: false,
            returned: Vec::new(),
            steps: 0,
            watchers: 0,
        };
        Arc::new_cyclic(|this| Self {
            state: Mutex::new(state),
            progress: Condvar::new(),
            block_timeout,
            patience,
            on_delivery,
            this: Weak::clone(this),
        })
    }

    /// Gives the dispatcher its producer, which reports back to it.
    pub(crate) fn connect(&self, producer: Arc<dyn Producer>) {
        self.lock().producer = Some(producer);
    }

    /// Takes the producer away and with it the circle of references; nothing can be sent afterwards.
    pub(crate) fn disconnect(&self) -> Option<Arc<dyn Producer>> {
        self.lock().producer.take()
    }

    /// Puts a record on its way; the ticket tells how it goes. The order of these calls is the order of an entity's records.
    pub(crate) fn submit(&self, parcel: Parcel, admission: Admission) -> Result<Accepted, PublishError> {
        let mut wakers = Vec::new();
        let mut state = self.lock();
        if state.stopped {
            return Err(PublishError::ShutDown);
        }
        // Under the lock, as a schema is refused under it: no record slips past a refusal.
        if let Some((resolution, error)) = parcel.refusal() {
            drop(state);
            return Err(unresolved(&resolution, &parcel.kind, error, parcel.record));
        }
        let waits = !state.line.has_room();
        if admission == Admission::Try && waits {
            let capacity = state.line.capacity();
            return Err(PublishError::BufferFull {
                capacity,
                record: Box::new(parcel.record),
            });
        }
        let until = if waits { self.waits_until() } else { None };
        state.counts.accepted += 1;
        // Under the lock: an answer of the registry fails this record too, or this record asks anew.
        let to_resolve = parcel.kind.start_resolving();
        let ticket = state.line.join(parcel, until, &mut wakers);
        let to_expire = until.is_some() && !std::mem::replace(&mut state.expiring, true);
        drop(state);
        wake(&mut wakers);
        self.advance();
        Ok(Accepted {
            ticket,
            to_resolve,
            to_expire,
        })
    }

    /// Takes a record back, if it has not been handed to the producer.
    pub(crate) fn withdraw(&self, ticket: &Ticket) {
        let mut state = self.lock();
        if state.line.withdraw(ticket) {
            state.counts.withdrawn += 1;
            self.stepped(state);
            // After the lock: a subscriber is the user's code.
            tracing::debug!(
                "a record was withdrawn: its future was dropped before the record was handed to the client"
            );
            self.advance();
        }
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

    fn fail(&self, resolution: &Arc<Resolution>, failed: Vec<Waiting>, error: &RegistryError) {
        for Waiting { parcel, ticket, .. } in failed {
            let event_type = parcel.kind.event_type();
            let error = unresolved(resolution, &parcel.kind, error.clone(), parcel.record);
            self.end(&ticket, event_type, Err(error));
        }
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

    /// Hands over what can be sent, in order.
    fn advance(&self) {
        let mut wakers = Vec::new();
        let mut state = self.lock();
        if state.sending {
            // Whoever sends looks again before it ends.
            return;
        }
        // Dropped without the lock, for it may be the last reference: a producer that ends reports what it holds.
        let Some(producer) = state.producer.clone() else { return };
        state.sending = true;
        let mut handed_over = 0;
        while !state.closed
            && (handed_over < TURN || !state.line.awaits_report())
            && let Some(outgoing) = state.line.next(&mut wakers)
        {
            handed_over += 1;
            drop(state);
            wake(&mut wakers);
            let Outgoing {
                token,
                mut record,
                seals,
            } = outgoing;
            let sent = catch_unwind(AssertUnwindSafe(|| match seals.apply(&mut record) {
                Ok(()) => producer.send(record.as_ref(), token),
                Err(error) => Err(SendError::Refused(error)),
            }));
            state = self.lock();
            let (undelivered, sent) = match sent {
                Ok(Ok(())) => {
                    state.stuck_since = None;
                    state.steps += 1;
                    continue;
                }
                Ok(Err(SendError::Full)) => {
                    let Some(sent) = state.line.reported(token) else {
                        continue;
                    };
                    if let Some((resolution, error)) = sent.kind.refusal() {
                        // The refusal came while the record was with the producer, and did not find it in the line.
                        let answer = Err(unresolved(resolution, &sent.kind, error.clone(), record));
                        drop(state);
                        self.end(&sent.ticket, sent.kind.event_type(), answer);
                        state = self.lock();
                        continue;
                    }
                    match state.no_room(self.patience) {
                        None => {
                            state.line.put_back(sent, record);
                            break;
                        }
                        Some(error) => (Undelivered { error, record }, sent),
                    }
                }
                Ok(Err(SendError::Refused(error))) => {
                    let Some(sent) = state.line.reported(token) else {
                        continue;
                    };
                    (Undelivered { error, record }, sent)
                }
                Err(panic) => {
                    // The panic is the caller's to see; the others go on.
                    state.sending = false;
                    drop(state);
                    resume_unwind(panic);
                }
            };
            drop(state);
            self.end_undelivered(undelivered, &sent);
            state = self.lock();
        }
        state.sending = false;
        if state.line.is_stuck() && !state.closed {
            self.try_later(&mut state);
        }
        self.stepped(state);
        wake(&mut wakers);
    }

    /// Asks the producer for room from time to time, until a report will come that does.
    fn try_later(&self, state: &mut State) {
        if std::mem::replace(&mut state.retrying, true) {
            return;
        }
        let dispatcher = Weak::clone(&self.this);
        let retry = move || {
            while let Some(dispatcher) = dispatcher.upgrade() {
                dispatcher.advance();
                let mut state = dispatcher.lock();
                if !state.line.is_stuck() || state.closed || state.producer.is_none() {
                    state.retrying = false;
                    return;
                }
                drop(state);
                drop(dispatcher);
                thread::sleep(ROOM_PAUSE);
            }
        };
        if let Err(error) = thread::Builder::new().name("publisher-room".to_owned()).spawn(retry) {
            state.retrying = false;
            tracing::error!(%error, "no thread to ask the producer for room again; the next call will");
        }
    }

    fn end_undelivered(&self, Undelivered { error, record }: Undelivered, sent: &Sent) {
        let never_sent = error.kind() == ProduceErrorKind::ShutDown && error.persistence() == Persistence::NotPersisted;
        let event_type = sent.kind.event_type();
        if never_sent && self.lock().stopped {
            return self.give_back(record, &sent.ticket, event_type);
        }
        self.end(&sent.ticket, event_type, Err(PublishError::undelivered(error, record)));
    }

    fn give_back(&self, record: Record, ticket: &Ticket, event_type: Option<&'static str>) {
        self.lock().returned.push(record);
        self.end(ticket, event_type, Err(PublishError::ShutDown));
    }

    /// The end of a record's way: the callback, the counts, then the caller. To be called without the lock.
    fn end(&self, ticket: &Ticket, event_type: Option<&'static str>, answer: Answer) {
        let _strangers = StrangersCode::enter();
        if let Some(on_delivery) = &self.on_delivery {
            let report = DeliveryReport {
                event_type,
                result: answer.as_ref(),
            };
            // A user's panic must not unwind into the client's thread.
            if catch_unwind(AssertUnwindSafe(|| on_delivery(report))).is_err() {
                tracing::error!("the `on_delivery` callback panicked");
            }
        }
        let mut state = self.lock();
        state.counts.ended(&answer);
        // In one step with the counts: after a flush every answer is there, and whoever has an answer finds it counted.
        let waker = ticket.answer(answer);
        self.stepped(state);
        waker.into_iter().for_each(Waker::wake);
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

impl State {
    /// The producer had no room. The error, if that cannot change any more: the record must be larger than all its room.
    fn no_room(&mut self, patience: Duration) -> Option<ProduceError> {
        let refused = |kind, reason: String| Some(ProduceError::new(kind, Persistence::NotPersisted, reason));
        if self.closed {
            return refused(
                ProduceErrorKind::ShutDown,
                "given up before it was sent: the publisher was shut down".to_owned(),
            );
        }
        if self.line.awaits_report() {
            self.stuck_since = None;
            return None;
        }
        let since = *self.stuck_since.get_or_insert_with(Instant::now);
        if since.elapsed() < patience {
            return None;
        }
        let reason = format!(
            "the client had no room for the record for {} ms though nothing else was on its way: raise the limit of its queue",
            patience.as_millis()
        );
        refused(ProduceErrorKind::TimedOut, reason)
    }
}

impl Reports for Dispatcher {
    fn report(&self, token: Token, outcome: Outcome) {
        let Some(sent) = self.lock().line.reported(token) else {
            tracing::error!(
                token = token.0,
                "a producer reported a record twice or one that it was never given"
            );
            return;
        };
        match outcome {
            Ok(placement) => {
                let event_type = sent.kind.event_type();
                self.end(&sent.ticket, event_type, Ok(sent.kind.delivery(placement, sent.sealed)));
            }
            Err(undelivered) => self.end_undelivered(*undelivered, &sent),
        }
        self.advance();
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
    if !wakers.is_empty() {
        let _strangers = StrangersCode::enter();
        wakers.drain(..).for_each(Waker::wake);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing that is called under a lock panics by design; if it did, the state would still be whole between statements.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
