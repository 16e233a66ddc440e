//! One step at a time: what a step does to the client's state, and which state calls for a fresh client.

use std::thread;
use std::time::{Duration, Instant};

use super::{
    ABORT_PATIENCE, Class, ConsumedOffset, ConsumerGroup, Coordinator, Kind, OFFSETS_SLICE, OpenTransaction, SLICE,
    TransactionFailure, Uncommitted,
};
use crate::error::{Persistence, ProduceError, ProduceErrorKind};
use crate::producer::{Ended, Transactions};

/// The first pause before a step is taken again that failed at once; doubled each time, up to [`SLICE`].
const FIRST_PAUSE: Duration = Duration::from_millis(5);

/// What is known of the client between two steps.
#[derive(Default)]
pub(super) struct Work {
    state: State,
    pub(super) open: Option<OpenTransaction>,
    last_number: u64,
}

#[derive(Default)]
enum State {
    /// The client was not announced under the id.
    #[default]
    Unannounced,
    Ready,
    /// No transaction may begin on this client: a fresh one has to take its place.
    Spent,
    /// Another producer has the id.
    Fenced(TransactionFailure),
}

/// The right to take a step, which one at a time has.
pub(super) struct Step<'a> {
    pub(super) coordinator: &'a Coordinator,
    work: Work,
}

impl<'a> Step<'a> {
    pub(super) fn new(coordinator: &'a Coordinator, work: Work) -> Self {
        Self { coordinator, work }
    }

    pub(super) fn announce(&mut self, until: Instant) -> Result<(), TransactionFailure> {
        if !matches!(self.work.state, State::Unannounced) {
            return Ok(());
        }
        let id = &self.coordinator.id;
        let announced = self.resume(until, SLICE, |transactions, slice| transactions.init(id, slice));
        match &announced {
            Ok(()) => self.work.state = State::Ready,
            // The next call goes on.
            Err(failure) if failure.class() == Class::Retriable => {}
            Err(failure) => self.spend(failure),
        }
        announced
    }

    pub(super) fn begin(&mut self, until: Instant) -> Result<u64, TransactionFailure> {
        let begun = self.begin_on_this_client(until);
        let spent = matches!(self.work.state, State::Spent);
        // What broke it may have happened since the last transaction; this one has lost nothing by it.
        let again = matches!(&begun, Err(failure) if failure.is_retriable() && spent);
        let begun = if again { self.begin_on_this_client(until) } else { begun };
        begun?;
        self.coordinator.noted.clear();
        self.work.last_number += 1;
        let number = self.work.last_number;
        let before = self.coordinator.dispatcher.counts();
        self.work.open = Some(OpenTransaction { number, before });
        Ok(number)
    }

    fn begin_on_this_client(&mut self, until: Instant) -> Result<(), TransactionFailure> {
        if self.coordinator.closing().is_some() {
            return Err(self.coordinator.shut_down());
        }
        match &self.work.state {
            State::Fenced(failure) => return Err(failure.clone()),
            State::Spent => self.renew()?,
            State::Unannounced | State::Ready => {}
        }
        self.announce(until)?;
        let begun = self.resume(until, SLICE, |transactions, _| transactions.begin());
        if let Err(failure) = &begun {
            self.spend(failure);
        }
        begun
    }

    pub(super) fn send_offsets(
        &mut self,
        group: &ConsumerGroup,
        offsets: &[ConsumedOffset],
        until: Instant,
    ) -> Result<(), TransactionFailure> {
        if self.work.open.is_none() {
            return Err(self.coordinator.shut_down());
        }
        self.resume(until, OFFSETS_SLICE, |transactions, slice| {
            transactions.send_offsets(group, offsets, slice)
        })
    }

    /// Commits once all records are in the log; aborts if one is not.
    pub(super) fn commit(&mut self, number: u64, until: Instant) -> Result<(), Uncommitted> {
        let Some(open) = self.take_open(number) else {
            return Err(Uncommitted::Aborted(self.coordinator.shut_down()));
        };
        if let Err(failure) = self.flush(&open, until) {
            let fenced = self.abort(&open);
            return Err(Uncommitted::Aborted(fenced.unwrap_or(failure)));
        }
        // As long again as the transaction may take: by then the coordinator has decided it, if it lives.
        let until = Instant::now() + self.coordinator.timeout;
        let ended = self.resume(until, SLICE, |transactions, slice| transactions.commit(slice));
        match ended {
            Ok(ended) => {
                self.ended(ended);
                Ok(())
            }
            Err(failure) if failure.may_have_ended() => {
                self.spend(&failure);
                self.coordinator.dispatcher.recount_as_unknown(open.before);
                Err(Uncommitted::Unknown(failure))
            }
            Err(failure) => {
                let fenced = self.abort(&open);
                Err(Uncommitted::Aborted(fenced.unwrap_or(failure)))
            }
        }
    }

    /// Waits until every record of the transaction has its answer, or one of them is not in the log.
    fn flush(&self, open: &OpenTransaction, until: Instant) -> Result<(), TransactionFailure> {
        let Coordinator { dispatcher, noted, .. } = self.coordinator;
        loop {
            let left = self.left(until);
            let outstanding = dispatcher.flush(left.min(SLICE));
            if let Some(failure) = noted.first() {
                return Err(failure);
            }
            if outstanding == 0 {
                break;
            }
            if left.is_zero() {
                return Err(self.coordinator.too_long());
            }
        }
        if dispatcher.counts().has_losses_since(open.before) {
            let reason = "records of the transaction are not in the log".to_owned();
            return Err(TransactionFailure::new(Class::Abortable, Kind::RecordFailed, reason));
        }
        Ok(())
    }

    /// Aborts what is open. The failure that ends all transactions of this publisher, if that showed.
    pub(super) fn abort(&mut self, open: &OpenTransaction) -> Option<TransactionFailure> {
        let dispatcher = &self.coordinator.dispatcher;
        let has_losses = dispatcher.counts().has_losses_since(open.before);
        dispatcher.abandon(SLICE, &aborted());
        let until = Instant::now() + ABORT_PATIENCE;
        match self.resume(until, SLICE, |transactions, slice| transactions.abort(slice)) {
            Ok(ended) => {
                self.ended(ended);
                // After a record that the broker refused librdkafka 2.12.1 goes on with the next sequence number, and the
                // broker refuses all that follows.
                if has_losses {
                    self.work.state = State::Spent;
                }
            }
            Err(failure) => {
                tracing::warn!(
                    transactional_id = self.coordinator.id,
                    "the abort of a transaction is left to a fresh client: {failure}"
                );
                self.spend(&failure);
            }
        }
        // The reports of what the client held: it has given them, or gives them now.
        if let Some(producer) = dispatcher.producer()
            && dispatcher.flush(self.left(Instant::now() + SLICE)) > 0
        {
            producer.purge();
            dispatcher.flush(SLICE);
        }
        dispatcher.recount_as_failed(open.before);
        match &self.work.state {
            State::Fenced(failure) => Some(failure.clone()),
            _ => None,
        }
    }

    pub(super) fn break_off(&mut self, number: u64) {
        if let Some(open) = self.take_open(number) {
            self.coordinator.dispatcher.abandon(SLICE, &aborted());
            self.coordinator.dispatcher.recount_as_failed(open.before);
            self.work.state = State::Spent;
        }
    }

    /// The transaction of this number, unless a shutdown has ended it.
    pub(super) fn take_open(&mut self, number: u64) -> Option<OpenTransaction> {
        self.work.open.take_if(|open| open.number == number)
    }

    pub(super) fn take_any(&mut self) -> Option<OpenTransaction> {
        self.work.open.take()
    }

    fn ended(&mut self, ended: Ended) {
        if ended == Ended::Again {
            tracing::info!(
                transactional_id = self.coordinator.id,
                "a request to end a transaction may have gone unanswered: a fresh client takes the place of this one"
            );
            self.work.state = State::Spent;
        }
    }

    fn spend(&mut self, failure: &TransactionFailure) {
        self.work.state = match failure.kind() {
            Kind::Fenced => State::Fenced(failure.clone()),
            _ => State::Spent,
        };
    }

    /// Puts a fresh client in the place of the one that is spent.
    fn renew(&mut self) -> Result<(), TransactionFailure> {
        let Coordinator {
            dispatcher,
            connect,
            id,
            ..
        } = self.coordinator;
        let exchanged = dispatcher.exchange(connect).map_err(|error| {
            let reason = format!("a fresh client for the transactional id {id} cannot be made: {error}");
            TransactionFailure::new(Class::Fatal, Kind::Broken, reason)
        })?;
        if !exchanged {
            return Err(self.coordinator.shut_down());
        }
        self.work.state = State::Unannounced;
        Ok(())
    }

    /// Takes a step again for as long as it is worth it and there is time.
    fn resume<T>(
        &self,
        until: Instant,
        longest: Duration,
        mut step: impl FnMut(&dyn Transactions, Duration) -> Result<T, TransactionFailure>,
    ) -> Result<T, TransactionFailure> {
        let producer = self.coordinator.dispatcher.producer();
        let Some(producer) = producer else {
            return Err(self.coordinator.shut_down());
        };
        let Some(transactions) = producer.transactions() else {
            let reason = "the producer has no transactions: connect one that has";
            return Err(TransactionFailure::new(Class::Fatal, Kind::Rejected, reason));
        };
        let mut pause = FIRST_PAUSE;
        loop {
            let start = Instant::now();
            let slice = self.left(until).min(longest);
            let taken = step(transactions, slice);
            let left = self.left(until);
            match taken {
                Err(failure) if failure.class() == Class::Retriable && !left.is_zero() => {
                    // One that was answered at once would be asked in a busy loop.
                    let rest = pause.saturating_sub(start.elapsed());
                    thread::sleep(rest.min(left));
                    pause = (pause * 2).min(SLICE);
                }
                other => return other,
            }
        }
    }

    /// What is left until then, or until everything must have ended.
    fn left(&self, until: Instant) -> Duration {
        let closing = self.coordinator.closing();
        let until = closing.map_or(until, |closing| closing.min(until));
        until.saturating_duration_since(Instant::now())
    }
}

impl Drop for Step<'_> {
    fn drop(&mut self) {
        self.coordinator.lock().idle = Some(std::mem::take(&mut self.work));
        self.coordinator.changed.notify_all();
    }
}

/// The end of a record that its transaction takes along.
fn aborted() -> ProduceError {
    ProduceError::new(
        ProduceErrorKind::Aborted,
        Persistence::NotPersisted,
        "not sent, because its transaction is aborted: run the transaction again",
    )
}
