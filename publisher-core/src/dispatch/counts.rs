//! What became of the records: exact counts, kept under the dispatcher's lock.

use super::ticket::Answer;
use crate::error::{Persistence, PublishError};

/// accepted = withdrawn + delivered + failed + unknown + returned, once nothing is outstanding.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(super) accepted: u64,
    pub(crate) withdrawn: u64,
    pub(crate) delivered: u64,
    pub(crate) failed: u64,
    pub(crate) unknown: u64,
    pub(crate) returned: u64,
    /// How many of the failed and unknown ones became dead letters.
    pub(crate) dead_lettered: u64,
    /// How many of those without an answer have surely failed, and wait for their dead letters.
    failed_with_letter: u64,
}

impl Counts {
    pub(super) fn ended(&mut self, answer: &Answer) {
        let count = match answer {
            Ok(_) => &mut self.delivered,
            Err(PublishError::Unknown { .. }) => &mut self.unknown,
            Err(PublishError::ShutDown) => &mut self.returned,
            Err(PublishError::DeadLettered { source, .. }) => {
                self.dead_lettered += 1;
                match source.persistence() {
                    Persistence::NotPersisted => &mut self.failed,
                    Persistence::PossiblyPersisted => &mut self.unknown,
                }
            }
            Err(_) => &mut self.failed,
        };
        *count += 1;
    }

    /// A record of this persistence has a letter on its way.
    pub(super) fn lettering(&mut self, persistence: Persistence) {
        self.failed_with_letter += u64::from(persistence == Persistence::NotPersisted);
    }

    /// A record of this persistence that had a letter on its way has its answer.
    pub(super) fn lettered(&mut self, persistence: Persistence) {
        self.failed_with_letter -= u64::from(persistence == Persistence::NotPersisted);
    }

    /// Counts what has no answer as what will come of it, as far as that is known: so many are being returned.
    pub(super) fn settle(&mut self, being_returned: u64) {
        let failed = self.failed_with_letter;
        self.unknown += (self.outstanding() as u64).saturating_sub(being_returned + failed);
        self.failed += failed;
    }

    /// Whether a record that was accepted since then did not come to lie in the log.
    pub(crate) fn has_losses_since(&self, before: Self) -> bool {
        let losses = |counts: &Self| counts.failed + counts.unknown + counts.returned;
        losses(self) > losses(&before)
    }

    /// Grows whenever the cluster has confirmed a record, letters included.
    pub(super) fn confirmed(&self) -> u64 {
        self.delivered + self.dead_lettered
    }

    /// How many accepted records have no answer yet.
    pub(crate) fn outstanding(&self) -> usize {
        let ended = self.withdrawn + self.delivered + self.failed + self.unknown + self.returned;
        (self.accepted - ended) as usize
    }
}
