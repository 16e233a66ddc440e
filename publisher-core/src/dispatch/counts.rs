//! What became of the records: exact counts, kept under the dispatcher's lock.

use super::ticket::Answer;
use crate::error::PublishError;

/// accepted = withdrawn + delivered + failed + unknown + returned, once nothing is outstanding.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(super) accepted: u64,
    pub(crate) withdrawn: u64,
    pub(crate) delivered: u64,
    pub(crate) failed: u64,
    pub(crate) unknown: u64,
    pub(crate) returned: u64,
}

impl Counts {
    pub(super) fn ended(&mut self, answer: &Answer) {
        let count = match answer {
            Ok(_) => &mut self.delivered,
            Err(PublishError::Unknown { .. }) => &mut self.unknown,
            Err(PublishError::ShutDown) => &mut self.returned,
            Err(_) => &mut self.failed,
        };
        *count += 1;
    }

    /// Whether a record that was accepted since then did not come to lie in the log.
    pub(crate) fn has_losses_since(&self, before: Self) -> bool {
        let losses = |counts: &Self| counts.failed + counts.unknown + counts.returned;
        losses(self) > losses(&before)
    }

    /// How many accepted records have no answer yet.
    pub(crate) fn outstanding(&self) -> usize {
        let ended = self.withdrawn + self.delivered + self.failed + self.unknown + self.returned;
        (self.accepted - ended) as usize
    }
}
