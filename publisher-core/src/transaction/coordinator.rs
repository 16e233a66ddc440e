//! [`Coordinator`]: the steps of transactions on a client that may be slow, break, or be fenced.
//!
//! Every call blocks its thread. One step is taken at a time; a shutdown shortens the one that is being taken and then aborts
//! what is open. Knows the producer's contract and no protocol.

mod work;

use std::future::Future;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

use super::Noted;
use crate::clock::NEVER;
use crate::dispatch::{Counts, Dispatcher};
use crate::producer::{
    Connect, ConsumedOffset, ConsumerGroup, TransactionClass as Class, TransactionFailure,
    TransactionFailureKind as Kind,
};
use crate::publisher::Inner;
use work::{Step, Work};

/// The longest part of a step: so late is a shutdown seen.
const SLICE: Duration = Duration::from_millis(100);
/// The same for offsets, whose step begins anew each time.
const OFFSETS_SLICE: Duration = Duration::from_secs(10);
/// How long an abort may take. Nothing is lost if it takes longer: a fresh client aborts the transaction by its announcement.
const ABORT_PATIENCE: Duration = Duration::from_secs(10);
/// What a shutdown leaves of its time for the abort, at the most.
const ABORT_RESERVE: Duration = Duration::from_secs(1);

/// A transaction that was not committed.
#[derive(Debug)]
pub(super) enum Uncommitted {
    Aborted(TransactionFailure),
    Unknown(TransactionFailure),
}

pub(crate) struct Coordinator {
    dispatcher: Arc<Dispatcher>,
    connect: Connect,
    id: String,
    /// How long a transaction may be open.
    timeout: Duration,
    turns: Arc<Semaphore>,
    noted: Arc<Noted>,
    session: Mutex<Session>,
    changed: Condvar,
}

struct Session {
    /// `None` while a step is taken.
    idle: Option<Work>,
    /// Until when everything must have ended, once the publisher is shut down.
    closing: Option<Instant>,
}

/// The transaction that is open.
struct OpenTransaction {
    number: u64,
    /// The counts at its begin.
    before: Counts,
}

impl Coordinator {
    pub(crate) fn new(
        dispatcher: Arc<Dispatcher>,
        connect: Connect,
        id: String,
        timeout: Duration,
        noted: Arc<Noted>,
    ) -> Arc<Self> {
        Arc::new(Self {
            dispatcher,
            connect,
            id,
            timeout,
            turns: Arc::new(Semaphore::new(1)),
            noted,
            session: Mutex::new(Session {
                idle: Some(Work::default()),
                closing: None,
            }),
            changed: Condvar::new(),
        })
    }

    /// Announces the producer in the background, so that the one before it is fenced and what that one left open is ended
    /// before the first transaction.
    pub(crate) fn announce_soon(self: &Arc<Self>) {
        let this = Arc::downgrade(self);
        let until = Instant::now() + self.timeout;
        let announce = move || {
            // Not held on to, or it would outlive its publisher.
            while Instant::now() < until
                && let Some(this) = Weak::upgrade(&this)
                && this.announce_for_a_while()
            {}
        };
        if let Err(error) = thread::Builder::new()
            .name("publisher-announce".to_owned())
            .spawn(announce)
        {
            tracing::warn!(%error, "no thread to announce the producer; the first transaction will");
        }
    }

    /// Whether it is to be tried again.
    fn announce_for_a_while(&self) -> bool {
        let Some(mut step) = self.step(Instant::now() + SLICE) else {
            return true;
        };
        if self.closing().is_some() {
            return false;
        }
        let until = Instant::now() + SLICE;
        step.announce(until)
            .is_err_and(|failure| failure.class() == Class::Retriable)
    }

    /// Waits for those who came before.
    pub(super) fn turn(&self) -> impl Future<Output = Result<OwnedSemaphorePermit, AcquireError>> + Send + use<> {
        Arc::clone(&self.turns).acquire_owned()
    }

    /// Ends when the work of a transaction that begins now has taken too long: before the brokers would say so.
    pub(super) fn work_until(&self, inner: &Inner) -> impl Future<Output = ()> + Send + use<> {
        let _of_the_publisher = inner.runtime.enter();
        tokio::time::sleep(self.timeout - self.timeout / 10)
    }

    pub(super) fn begin(&self) -> Result<u64, TransactionFailure> {
        let until = Instant::now() + self.timeout;
        let Some(mut step) = self.step(until) else {
            return Err(self.shut_down());
        };
        let begun = step.begin(until);
        if let Err(failure) = &begun {
            tracing::warn!(transactional_id = self.id, "a transaction was not begun: {failure}");
        }
        begun
    }

    pub(super) fn send_offsets(
        &self,
        group: &ConsumerGroup,
        offsets: &[ConsumedOffset],
    ) -> Result<(), TransactionFailure> {
        let until = Instant::now() + self.timeout;
        let sent = match self.step(until) {
            Some(mut step) => step.send_offsets(group, offsets, until),
            None => Err(self.shut_down()),
        };
        if let Err(failure) = &sent {
            self.noted.failure(failure);
        }
        sent
    }

    pub(super) fn commit(&self, number: u64) -> Result<(), Uncommitted> {
        let until = Instant::now() + self.timeout;
        let Some(mut step) = self.step(until) else {
            return Err(Uncommitted::Aborted(self.shut_down()));
        };
        let committed = step.commit(number, until);
        match &committed {
            Ok(()) => {}
            Err(Uncommitted::Aborted(failure)) => {
                tracing::warn!(transactional_id = self.id, "a transaction was aborted: {failure}");
            }
            Err(Uncommitted::Unknown(failure)) => {
                tracing::error!(
                    transactional_id = self.id,
                    "a transaction may be committed or not: {failure}"
                );
            }
        }
        committed
    }

    /// The failure that ends all transactions of this publisher, if that showed.
    pub(super) fn abort(&self, number: u64) -> Option<TransactionFailure> {
        let mut step = self.step(Instant::now() + self.timeout)?;
        let open = step.take_open(number)?;
        step.abort(&open)
    }

    /// Leaves the end of the transaction to a fresh client; asks nobody.
    pub(super) fn break_off(&self, number: u64) {
        if let Some(mut step) = self.step(Instant::now() + SLICE) {
            step.break_off(number);
        }
    }

    /// Ends everything by then, or a few slices later where the client lags: lets what is open end by itself for a while, and
    /// aborts it after that.
    pub(crate) fn close(&self, deadline: Duration) {
        let deadline = Instant::now() + deadline.min(NEVER);
        self.turns.close();
        let reserve = ABORT_RESERVE.min(deadline.saturating_duration_since(Instant::now()) / 2);
        let is_open = |session: &mut Session| session.idle.as_ref().is_none_or(|work| work.open.is_some());
        let mut session = self.wait_while(self.lock(), deadline - reserve, is_open);
        session.closing = Some(deadline);
        let is_busy = |session: &mut Session| session.idle.is_none();
        // A step that is being taken sees it a slice later, and then says what became of its transaction.
        let late = deadline + 2 * SLICE;
        let session = self.wait_while(session, late, is_busy);
        drop(session);
        let Some(mut step) = self.step(late) else { return };
        if let Some(open) = step.take_any() {
            tracing::warn!(
                transactional_id = self.id,
                "a transaction is aborted: the publisher is shut down while it is open"
            );
            step.abort(&open);
        }
    }

    pub(super) fn noted(&self) -> &Noted {
        &self.noted
    }

    pub(super) fn too_long(&self) -> TransactionFailure {
        let reason = format!(
            "the transaction of {} has not ended within {} ms: do less in one, or raise `transaction_timeout`",
            self.id,
            self.timeout.as_millis()
        );
        TransactionFailure::new(Class::Abortable, Kind::TimedOut, reason)
    }

    pub(super) fn no_thread(&self) -> TransactionFailure {
        let reason = format!("the system gives no thread for a transaction of {}", self.id);
        TransactionFailure::new(Class::Abortable, Kind::Unavailable, reason)
    }

    fn shut_down(&self) -> TransactionFailure {
        let reason = format!("the publisher with the transactional id {} is shut down", self.id);
        TransactionFailure::new(Class::Fatal, Kind::ShutDown, reason)
    }

    fn closing(&self) -> Option<Instant> {
        self.lock().closing
    }

    /// Waits until no step is taken and takes the next one. `None` if that is not by then.
    fn step(&self, until: Instant) -> Option<Step<'_>> {
        let mut session = self.wait_while(self.lock(), until, |session| session.idle.is_none());
        let work = session.idle.take()?;
        Some(Step::new(self, work))
    }

    fn wait_while<'a>(
        &'a self,
        session: MutexGuard<'a, Session>,
        until: Instant,
        condition: impl FnMut(&mut Session) -> bool,
    ) -> MutexGuard<'a, Session> {
        let left = until.saturating_duration_since(Instant::now());
        let waited = self.changed.wait_timeout_while(session, left, condition);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn lock(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
