//! Waiting for what is on its way, and giving it up.

use std::sync::{MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::counts::Counts;
use super::kind::Kind;
use super::{Dispatcher, State};
use crate::error::{Persistence, ProduceError, ProduceErrorKind};
use crate::record::Record;

impl Dispatcher {
    /// Blocks the thread until every accepted record has its answer, or the deadline passes.
    /// Returns how many have none.
    pub(crate) fn flush(&self, deadline: Duration) -> usize {
        let start = Instant::now();
        let left = || deadline.saturating_sub(start.elapsed());
        let mut state = self.lock();
        while state.counts.outstanding() > 0
            && !left().is_zero()
            && let Some(producer) = state.producer.clone()
        {
            let seen = state.steps;
            drop(state);
            producer.flush(left());
            // Before the lock is taken: it may be the last reference, and a producer that ends reports what it holds.
            drop(producer);
            // What remains waits for its schema id or for room; the next step of any record ends the wait.
            state = self.wait_while(self.lock(), left(), |state| state.steps == seen);
        }
        state.counts.outstanding()
    }

    /// From now on every call is refused.
    pub(crate) fn stop(&self) {
        self.lock().stopped = true;
    }

    /// Whether everything was given up already.
    pub(crate) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Ends the way of everything that has no answer: what waits is returned, what the producer holds is purged.
    /// Takes no longer than twice the `grace`, whatever the producer does.
    pub(crate) fn give_up(&self, grace: Duration) {
        let mut state = self.lock();
        state.closed = true;
        // A record that is being handed over at this moment could miss the purge.
        let mut state = self.wait_while(state, grace, |state| state.sending);
        let (letters, left): (Vec<_>, Vec<_>) = state
            .line
            .drain()
            .into_iter()
            .partition(|transit| matches!(transit.kind, Kind::Letter(_)));
        // No topic takes them any more.
        let reason = "given up before it was sent: the publisher was shut down";
        let error = ProduceError::new(ProduceErrorKind::ShutDown, Persistence::NotPersisted, reason);
        let letters: Vec<_> = letters.into_iter().map(|letter| (letter, error.clone())).collect();
        let mut told = self.settle(&mut state, letters, &[]);
        told.extend(state.unfiled().into_iter().map(|letter| (letter, error.clone())));
        let producer = state.producer.clone();
        drop(state);
        self.tell(told);
        for transit in left {
            self.give_back(transit);
        }
        let start = Instant::now();
        if let Some(producer) = producer {
            producer.purge();
            producer.flush(grace);
        }
        // The last ends may be under way on other threads: a report, an error of the registry.
        let left = grace.saturating_sub(start.elapsed());
        drop(self.wait_while(self.lock(), left, |state| state.counts.outstanding() > 0));
    }

    /// What a shutdown reports: the counts and the records that were never sent.
    pub(crate) fn summary(&self) -> (Counts, Vec<Record>) {
        let state = self.lock();
        (state.counts, state.returned.clone())
    }

    /// Waits until a step ends the condition.
    pub(super) fn wait_while<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        limit: Duration,
        condition: impl FnMut(&mut State) -> bool,
    ) -> MutexGuard<'a, State> {
        state.watchers += 1;
        let waited = self.progress.wait_timeout_while(state, limit, condition);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        state.watchers -= 1;
        state
    }
}
