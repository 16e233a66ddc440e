//! What a transaction's end means for records: those that wait are given up, and those that were delivered count anew.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::counts::Counts;
use super::line::Waiting;
use super::{Dispatcher, Parcel};
use crate::error::{ProduceError, PublishError};
use crate::producer::Producer;

impl Dispatcher {
    /// The producer; `None` after the publisher's end.
    pub(crate) fn producer(&self) -> Option<Arc<dyn Producer>> {
        self.lock().producer.clone()
    }

    /// Ends the way of everything that was not handed over, with this error. Waits so long for what is being handed over.
    pub(crate) fn abandon(&self, grace: Duration, error: &ProduceError) {
        let start = Instant::now();
        loop {
            let mut state = self.lock();
            let (left, sending) = (state.line.drain(), state.sending);
            drop(state);
            let idle = left.is_empty() && !sending;
            for Waiting {
                parcel: Parcel { record, kind, .. },
                ticket,
                ..
            } in left
            {
                let error = PublishError::undelivered(error.clone(), record);
                self.end(&ticket, kind.event_type(), Err(error));
            }
            let grace = grace.saturating_sub(start.elapsed());
            if idle || grace.is_zero() {
                return;
            }
            // One that is being handed over at this moment may come back for want of room.
            drop(self.wait_while(self.lock(), grace, |state| state.sending));
        }
    }

    /// What was delivered since then, or may have been, has failed: its transaction is aborted.
    pub(crate) fn recount_as_failed(&self, before: Counts) {
        let counts = &mut self.lock().counts;
        let ended = (counts.delivered - before.delivered) + (counts.unknown - before.unknown);
        counts.delivered = before.delivered;
        counts.unknown = before.unknown;
        counts.failed += ended;
    }

    /// What was delivered since then is unknown: its transaction may be committed or not.
    pub(crate) fn recount_as_unknown(&self, before: Counts) {
        let counts = &mut self.lock().counts;
        counts.unknown += counts.delivered - before.delivered;
        counts.delivered = before.delivered;
    }
}
