//! Records that have been on their way for as long as they may be.
//!
//! The client has a time-out of its own and knows more: it is told to end a little before this one, which is for what it
//! does not end in time. Knows tokio's clock, which a test can stop, and no task.

use tokio::time::Instant;

use super::Dispatcher;
use super::transit::Transit;
use crate::clock::after;
use crate::error::{Persistence, ProduceError, ProduceErrorKind};

impl Dispatcher {
    /// Ends the way of those that have had their place for longer than the delivery timeout. Returns when to call again;
    /// `None` if no record has a place, and then the next one that has says so.
    pub(crate) fn overdue(&self) -> Option<Instant> {
        let patience = self.limits.delivery_timeout;
        let now = Instant::now();
        let is_over = |transit: &Transit| now >= after(transit.since, patience);
        let mut state = self.lock();
        // Those that wait for an id are told by who asks for it.
        let unsent = state
            .line
            .take_placed(|transit| !transit.is_unresolved() && is_over(transit));
        let mut sent: Vec<_> = state
            .line
            .sent_mut()
            .filter(|transit| is_over(transit))
            .filter_map(Transit::overdue)
            .collect();
        sent.sort_by_key(|transit| transit.serial);
        let others = state
            .line
            .sent_mut()
            .filter(|transit| transit.claim.is_some())
            .map(|transit| transit.since)
            .min();
        let others = others
            .into_iter()
            .chain(state.line.placed().map(|transit| transit.since))
            .min();
        // Also for those who have no place yet: they may get one before anybody says so.
        let waiting = state.counts.outstanding() > 0;
        let next = others.or(waiting.then_some(now)).map(|since| after(since, patience));
        state.watching = next.is_some();
        drop(state);
        for transit in unsent {
            let reason = format!(
                "not handed to the client within {} ms: it had no room, or was being replaced",
                patience.as_millis()
            );
            let error = ProduceError::new(ProduceErrorKind::TimedOut, Persistence::NotPersisted, reason);
            self.end_undelivered(transit, error);
        }
        for mut transit in sent {
            transit.may_be(Persistence::PossiblyPersisted);
            let reason = format!(
                "no report from the client within {} ms: the record may be in the log or get there yet",
                patience.as_millis()
            );
            let error = ProduceError::new(ProduceErrorKind::TimedOut, Persistence::PossiblyPersisted, reason);
            self.end_undelivered(transit, error);
        }
        self.advance();
        next
    }
}
