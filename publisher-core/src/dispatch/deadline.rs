//! Records that have been on their way for as long as they may be.
//!
//! The client has a time-out of its own, but looks at it from time to time only. So whatever it has not begun to send is
//! asked back when the first record is overdue: that one is surely not in the log, and the others are handed over again.
//! What is still with the client a moment later may be in the log. Knows tokio's clock, which a test can stop, and no task.

use std::time::Duration;

use tokio::time::Instant;

use super::transit::Transit;
use super::{Dispatcher, State};
use crate::clock::after;
use crate::error::{Persistence, ProduceError, ProduceErrorKind};

/// How long the client may take to give back what it has not begun to send.
const RECALL: Duration = Duration::from_millis(100);

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
        // Those that were asked back before and did not come.
        let over = |transit: &&mut Transit| now >= after(transit.since, patience.saturating_add(RECALL));
        let mut sent: Vec<_> = state
            .line
            .sent_mut()
            .filter(over)
            .filter_map(Transit::overdue)
            .collect();
        sent.sort_by_key(|transit| transit.serial);
        let recall = state
            .line
            .sent_mut()
            .any(|transit| transit.claim.is_some() && is_over(transit));
        state.recalled = recall;
        let producer = state.producer.clone().filter(|_| recall);
        let next = state.next_deadline(now, patience).filter(|_| !recall);
        // Not at once: whoever waits for an id may do so beyond its time.
        let next = if recall {
            Some(after(now, RECALL))
        } else {
            next.map(|next| next.max(after(now, RECALL)))
        };
        state.watching = next.is_some();
        drop(state);
        if let Some(producer) = producer {
            producer.recall();
        }
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

    /// Keeps a record that the producer gave back when it was asked to, unless its time is over. One that may be in the log
    /// is not sent a second time: it would be there twice.
    pub(super) fn keep_recalled(&self, state: &mut State, transit: Transit, error: &ProduceError) -> Option<Transit> {
        let is_over = Instant::now() >= after(transit.since, self.limits.delivery_timeout);
        if is_over || error.persistence() == Persistence::PossiblyPersisted || state.closed {
            return Some(transit);
        }
        // Has its answer.
        transit.claim.as_ref()?;
        state.line.put_back(transit);
        None
    }
}

impl State {
    /// When the next record is overdue; `None` if none is on its way.
    fn next_deadline(&mut self, now: Instant, patience: Duration) -> Option<Instant> {
        let sent = self
            .line
            .sent_mut()
            .filter(|transit| transit.claim.is_some())
            .map(|transit| transit.since)
            .min();
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
