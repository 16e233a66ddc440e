//! What became of the records: exact counts, kept without a lock.

use std::sync::atomic::{AtomicU64, Ordering};

use super::ticket::Answer;
use crate::error::PublishError;

/// accepted = withdrawn + delivered + failed + unknown + returned, once nothing is outstanding.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    accepted: AtomicU64,
    withdrawn: AtomicU64,
    delivered: AtomicU64,
    failed: AtomicU64,
    unknown: AtomicU64,
    returned: AtomicU64,
    steps: AtomicU64,
}

impl Counts {
    pub(super) fn accepted(&self) {
        self.accepted.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn withdrawn(&self) {
        self.withdrawn.fetch_add(1, Ordering::SeqCst);
        self.stepped();
    }

    pub(super) fn ended(&self, answer: &Answer) {
        let count = match answer {
            Ok(_) => &self.delivered,
            Err(PublishError::Unknown { .. }) => &self.unknown,
            Err(PublishError::ShutDown) => &self.returned,
            Err(_) => &self.failed,
        };
        count.fetch_add(1, Ordering::SeqCst);
        self.stepped();
    }

    /// A record has left the line.
    pub(super) fn stepped(&self) {
        self.steps.fetch_add(1, Ordering::SeqCst);
    }

    /// A number that differs after every step.
    pub(super) fn progress(&self) -> u64 {
        self.steps.load(Ordering::SeqCst)
    }

    pub(super) fn outstanding(&self) -> usize {
        // Ends are read before beginnings, so that a record in between never counts as less than nothing.
        let ended = self.delivered() + self.failed() + self.unknown() + load(&self.returned) + load(&self.withdrawn);
        (load(&self.accepted) - ended) as usize
    }

    pub(crate) fn delivered(&self) -> u64 {
        load(&self.delivered)
    }

    pub(crate) fn failed(&self) -> u64 {
        load(&self.failed)
    }

    pub(crate) fn unknown(&self) -> u64 {
        load(&self.unknown)
    }
}

fn load(count: &AtomicU64) -> u64 {
    count.load(Ordering::SeqCst)
}
