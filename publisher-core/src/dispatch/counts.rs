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
