//! The way of a record from the call to the report: order, buffer, schema ids.
//!
//! Knows records, routes and reports; knows nothing of events' contents or of any Kafka client.
//!
//! Records wait in one line in the order of the calls. A record leaves it for the producer when it is admitted to the
//! buffer, its schema id is known and no record of the same topic and key waits before it: so an entity keeps its order,
//! and a type whose schema the registry does not answer for holds up nobody else.

mod buffer;
mod counts;
mod line;
mod route;
mod ticket;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use buffer::{Buffer, Kind};
pub(crate) use counts::Counts;
pub(crate) use route::{Route, Routes, SharedSubject};
pub(crate) use ticket::{Answer, Ticket};

use crate::error::{ProduceErrorKind, PublishError};
use crate::producer::{Outcome, Producer, Reports, Token, Undelivered};
use crate::record::{Delivery, Record};
use crate::registry::RegistryError;
use line::Line;

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

/// A record on its way, with what its report needs.
pub(crate) struct Parcel {
    record: Record,
    kind: Kind,
}

impl Parcel {
    pub(crate) fn event(record: Record, route: Arc<Route>) -> Self {
        Self { record, kind: Kind::Event(route) }
    }

    pub(crate) fn tombstone(record: Record) -> Self {
        let kind = Kind::Tombstone(record.topic.clone());
        Self { record, kind }
    }
}

/// Whether a call waits for a place in the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    Wait,
    Try,
}

pub(crate) struct Dispatcher {
    line: Mutex<Line>,
    buffer: Buffer,
    /// Set by whoever may have made room or news for the line; whoever holds or gets the line clears it.
    news: AtomicBool,
    /// Set when a caller took a record back: a parked one may give its place free.
    withdrawn: AtomicBool,
    counts: Counts,
    /// Notified whenever a record leaves the line or its way ends.
    progress: Condvar,
    progress_lock: Mutex<()>,
    stopped: AtomicBool,
    /// The records that a shutdown gives back.
    returned: Mutex<Vec<Record>>,
    on_delivery: Option<OnDelivery>,
}

/// A record whose way has ended; its ticket is answered once no lock is held.
struct Ended {
    ticket: Arc<Ticket>,
    event_type: Option<&'static str>,
    answer: Answer,
}

impl Dispatcher {
    pub(crate) fn new(capacity: usize, on_delivery: Option<OnDelivery>) -> Self {
        Self {
            line: Mutex::new(Line::new()),
            buffer: Buffer::new(capacity),
            news: AtomicBool::new(false),
            withdrawn: AtomicBool::new(false),
            counts: Counts::default(),
            progress: Condvar::new(),
            progress_lock: Mutex::new(()),
            stopped: AtomicBool::new(false),
            returned: Mutex::new(Vec::new()),
            on_delivery,
        }
    }

    /// Gives the line its producer, which reports back to this dispatcher.
    pub(crate) fn connect(&self, producer: Arc<dyn Producer>) {
        lock(&self.line).producer = Some(producer);
    }

    /// Takes the producer away and with it the circle of references; nothing can be sent afterwards.
    pub(crate) fn disconnect(&self) -> Option<Arc<dyn Producer>> {
        lock(&self.line).producer.take()
    }

    pub(crate) fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Puts a record on its way; the ticket tells how it goes. The order of these calls is the order of an entity's records.
    pub(crate) fn submit(&self, parcel: Parcel, admission: Admission) -> Arc<Ticket> {
        let mut line = lock(&self.line);
        if self.stopped.load(Ordering::Acquire) {
            return Ticket::answered(Err(PublishError::ShutDown));
        }
        if admission == Admission::Try && (line.is_waiting() || !self.buffer.has_room()) {
            let capacity = self.buffer.capacity();
            return Ticket::answered(Err(PublishError::BufferFull { capacity, record: Box::new(parcel.record) }));
        }
        self.counts.accepted();
        let ticket = Ticket::waiting();
        line.join(parcel, Arc::clone(&ticket));
        let mut ended = Vec::new();
        line.advance(&self.buffer, &mut ended);
        drop(line);
        self.end(ended);
        self.turn();
        ticket
    }

    /// Takes a record back that has not been handed to the producer. Whether it was in time shows in the ticket.
    pub(crate) fn withdraw(&self, ticket: &Ticket) {
        if ticket.withdraw() {
            self.counts.withdrawn();
            self.withdrawn.store(true, Ordering::SeqCst);
            self.wake_line();
        }
    }

    /// The registry's answer for a route.
    pub(crate) fn resolved(&self, route: &Arc<Route>, answer: Result<crate::record::SchemaId, RegistryError>) {
        match answer {
            Ok(id) => {
                route.set_id(id);
                lock(&self.line).unpark(&self.buffer);
            }
            Err(error) => {
                let mut ended = Vec::new();
                let mut line = lock(&self.line);
                // Under the line's lock, so that no record joins between the failure and its spreading.
                route.set_failed();
                line.fail_route(route, &error, &self.buffer, &mut ended);
                drop(line);
                self.end(ended);
            }
        }
        self.wake_line();
    }

    /// How many accepted records have no answer yet.
    pub(crate) fn outstanding(&self) -> usize {
        self.counts.outstanding()
    }

    /// Blocks the thread until every accepted record has its answer, or the deadline passes.
    /// Returns how many have none.
    pub(crate) fn flush(&self, deadline: Duration) -> usize {
        let end = Instant::now() + deadline;
        let producer = lock(&self.line).producer.clone();
        let Some(producer) = producer else { return self.outstanding() };
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let seen = self.counts.progress();
            producer.flush(left);
            let guard = lock(&self.progress_lock);
            if self.outstanding() == 0 {
                return 0;
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return self.outstanding();
            }
            // What remains waits for its schema id or for room; the next step of any record ends the wait.
            let waited = self.progress.wait_timeout_while(guard, left, |()| self.counts.progress() == seen);
            drop(waited.unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// From now on every call is refused. Returns whether this was the first time.
    pub(crate) fn stop(&self) -> bool {
        let _line = lock(&self.line);
        !self.stopped.swap(true, Ordering::AcqRel)
    }

    /// Ends the way of everything that has no answer: what waits is returned, what the producer holds is purged.
    pub(crate) fn give_up(&self, deadline: Duration) {
        let mut ended = Vec::new();
        let mut line = lock(&self.line);
        let returned = line.give_up(&self.buffer, &mut ended);
        let producer = line.producer.clone();
        drop(line);
        lock(&self.returned).extend(returned);
        self.end(ended);
        if let Some(producer) = producer {
            producer.purge();
            producer.flush(deadline);
        }
    }

    /// The records that were never sent.
    pub(crate) fn take_returned(&self) -> Vec<Record> {
        std::mem::take(&mut *lock(&self.returned))
    }

    fn wake_line(&self) {
        self.news.store(true, Ordering::SeqCst);
        self.turn();
    }

    /// Moves the line as long as there is news. Never waits for the lock: whoever holds it takes its turn after letting
    /// go, so a producer may report from within `send`.
    fn turn(&self) {
        while self.news.load(Ordering::SeqCst) {
            let mut line = match self.line.try_lock() {
                Ok(line) => line,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => return,
            };
            self.news.store(false, Ordering::SeqCst);
            line.parked_withdrawn |= self.withdrawn.swap(false, Ordering::SeqCst);
            let mut ended = Vec::new();
            line.advance(&self.buffer, &mut ended);
            drop(line);
            self.counts.stepped();
            self.notify();
            self.end(ended);
        }
    }

    fn end(&self, ended: Vec<Ended>) {
        for Ended { ticket, event_type, answer } in ended {
            self.answer(&ticket, event_type, answer);
        }
    }

    fn answer(&self, ticket: &Ticket, event_type: Option<&'static str>, answer: Answer) {
        if let Some(on_delivery) = &self.on_delivery {
            let report = DeliveryReport { event_type, result: answer.as_ref() };
            // A user's panic must not unwind into the client's thread.
            let call = std::panic::AssertUnwindSafe(|| on_delivery(report));
            if std::panic::catch_unwind(call).is_err() {
                tracing::error!("the `on_delivery` callback panicked");
            }
        }
        self.counts.ended(&answer);
        ticket.answer(answer);
        self.notify();
    }

    fn notify(&self) {
        drop(lock(&self.progress_lock));
        self.progress.notify_all();
    }

    fn undelivered(&self, undelivered: Undelivered) -> PublishError {
        let Undelivered { error, record } = undelivered;
        let surely_not = error.persistence() == crate::error::Persistence::NotPersisted;
        if self.stopped.load(Ordering::Acquire) && error.kind() == ProduceErrorKind::ShutDown && surely_not {
            lock(&self.returned).push(record);
            return PublishError::ShutDown;
        }
        PublishError::undelivered(error, record)
    }
}

impl Reports for Dispatcher {
    fn report(&self, token: Token, outcome: Outcome) {
        let Some(sent) = self.buffer.remove(token) else {
            tracing::error!(token = token.0, "a producer reported a record twice or one that it was never given");
            return;
        };
        let event_type = sent.kind.event_type();
        let answer = match outcome {
            Ok(placement) => Ok(sent.kind.delivery(placement)),
            Err(undelivered) => Err(self.undelivered(undelivered)),
        };
        self.buffer.free_place();
        self.wake_line();
        self.answer(&sent.ticket, event_type, answer);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic while a lock was held has been reported where it happened; the state is consistent at every await and call.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
