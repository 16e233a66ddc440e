//! Records that have been on their way for as long as they may be.
//!
//! The client has a time-out of its own, but looks at it from time to time only, so that it is told to end somewhat before
//! this one. If all that it holds is overdue, it is asked back for what it has not begun to send, which is then surely not
//! in the log. What it holds a moment later may be there. Nothing that was asked back is sent again: a later record of the
//! same key could be on its way already. Knows tokio's clock, which a test can stop, and no task.

use std::time::Duration;

use tokio::time::Instant;

use super::transit::Transit;
use super::{Dispatcher, State};
use crate::clock::after;
use crate::error::{Persistence, ProduceError, ProduceErrorKind};

/// How long the client may take to give back what it has not begun to send, and for its last reports.
const GRACE: Duration = Duration::from_millis(250);

impl Dispatcher {
    /// Ends the way of those that have had their place for longer than the delivery timeout. Returns when to call again;
    /// `None` if no record is on its way, and then the next one says so.
    pub(crate) fn overdue(&self) -> Option<Instant> {
        let patience = self.limits.delivery_timeout;
        let now = Instant::now();
        let is_over = |transit: &Transit| now >= after(transit.since, patience);
        let mut state = self.lock();
        // Those that wait for an id are told by who asks for it.
        let unsent = state
            .line
            .take_placed(|transit| !transit.is_unresolved() && is_over(transit));
        let sent = state
            .line
            .overdue(|since| now >= after(since, patience.saturating_add(GRACE)));
        let (mut any, mut all) = (false, true);
        for since in state.line.unanswered() {
            let is_over = now >= after(since, patience);
            any |= is_over;
            all &= is_over;
        }
        // Nothing is handed over meanwhile, or that would be asked back too.
        let producer = state.producer.clone().filter(|_| any && all && !state.sending);
        state.recalled = producer.is_some();
        let next = state.next_deadline(now, patience);
        // Not at once: whoever waits for an id may do so beyond its time.
        let next = if any {
            Some(after(now, GRACE))
        } else {
            next.map(|next| next.max(after(now, GRACE)))
        };
        state.watching = next.is_some();
        let mut failed = Vec::new();
        for transit in unsent {
            let reason = format!(
                "not handed to the client within {} ms: it had no room, or was being replaced",
                patience.as_millis()
            );
            let (kind, reason) = match state.line.keys().holder(&transit) {
                Some(held) => (ProduceErrorKind::KeyHeld, held.reason(patience)),
                None => (ProduceErrorKind::TimedOut, reason),
            };
            failed.push((transit, ProduceError::new(kind, Persistence::NotPersisted, reason)));
        }
        for mut transit in sent {
            transit.may_be(Persistence::PossiblyPersisted);
            let reason = format!(
                "no report from the client within {} ms: the record may be in the log or get there yet",
                patience.as_millis()
            );
            let error = ProduceError::new(ProduceErrorKind::TimedOut, Persistence::PossiblyPersisted, reason);
            failed.push((transit, error));
        }
        let told = self.settle(&mut state, failed, &[]);
        drop(state);
        if let Some(producer) = producer {
            producer.recall();
        }
        self.tell(told);
        self.advance();
        next
    }
}

impl State {
    /// When the next record is overdue; `None` if none is on its way.
    fn next_deadline(&self, now: Instant, patience: Duration) -> Option<Instant> {
        let sent = self.line.unanswered().min();
        let placed = self.line.placed().map(|transit| transit.since).min();
        // Also for those that have no place yet: they may get one before anybody says so.
        let waiting = (self.counts.outstanding() > 0).then_some(now);
        sent.into_iter()
            .chain(placed)
            .min()
            .or(waiting)
            .map(|since| after(since, patience))
    }
}
