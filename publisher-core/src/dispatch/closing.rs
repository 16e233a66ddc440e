//! Waiting for what is on its way, and giving it up.

use std::sync::{MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::counts::Counts;
use super::kind::Kind;
use super::{Dispatcher, State};
use crate::error::{Persistence, ProduceError, ProduceErrorKind, PublishError};
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
    /// Takes no longer than the `grace`, unless the producer or a callback does.
    pub(crate) fn give_up(&self, grace: Duration) {
        let start = Instant::now();
        let left = || grace.saturating_sub(start.elapsed());
        let mut state = self.lock();
        state.closed = true;
        // A record that is being handed over at this moment could miss the purge, or come back into the line. Not for all of
        // the time: a producer that hangs there keeps nothing else.
        let state = self.wait_while(state, left() / 2, |state| state.sending);
        let producer = state.producer.clone();
        self.return_all(state);
        if let Some(producer) = producer {
            producer.purge();
            producer.flush(left());
        }
        // The last ends may be under way on other threads: a report, an error of the registry.
        drop(self.wait_while(self.lock(), left(), |state| state.counts.outstanding() > 0));
    }

    /// Returns what waits in the line. All of it before the first callback, which may hang.
    fn return_all(&self, mut state: MutexGuard<'_, State>) {
        let (letters, mut waiting): (Vec<_>, Vec<_>) = state
            .line
            .drain()
            .into_iter()
            // Nothing waits any more for one whose deadline has passed.
            .filter(|transit| transit.claim.is_some())
            .partition(|transit| matches!(transit.kind, Kind::Letter(_)));
        for transit in &mut waiting {
            let record = transit.take_record();
            state.returned.push(record);
        }
        // No topic takes them any more.
        let reason = "given up before it was sent: the publisher was shut down";
        let error = ProduceError::new(ProduceErrorKind::ShutDown, Persistence::NotPersisted, reason);
        let letters: Vec<_> = letters.into_iter().map(|letter| (letter, error.clone())).collect();
        let mut told = self.settle(&mut state, letters, &[]);
        told.extend(state.unfiled().into_iter().map(|letter| (letter, error.clone())));
        drop(state);
        self.tell(told);
        for transit in waiting {
            self.end(transit, Err(PublishError::ShutDown));
        }
    }

    /// What a shutdown reports: the counts and the records that were never sent. What has no answer counts as unknown, but
    /// for records that are being returned at this moment.
    pub(crate) fn summary(&self) -> (Counts, Vec<Record>) {
        let state = self.lock();
        let (mut counts, returned) = (state.counts, state.returned.clone());
        let being_returned = (returned.len() as u64).saturating_sub(counts.returned);
        counts.settle(being_returned);
        counts.returned = returned.len() as u64;
        (counts, returned)
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
