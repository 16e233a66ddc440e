//! Records that have waited too long: for a place in the buffer, or for a schema's id.
//!
//! Knows tokio's clock, which a test can stop, and no task: who calls at the right time is the publisher's business.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::line::Deadlines;
use super::{Dispatcher, Resolution, wake};
use crate::clock::after;
use crate::error::PublishError;
use crate::registry::RegistryError;

impl Dispatcher {
    /// Ends the way of those that have waited too long. Returns when to call again; `None` if nobody waits any more, and
    /// then the next record that does says so.
    pub(crate) fn expire(&self) -> Option<Instant> {
        let mut wakers = Vec::new();
        let mut state = self.lock();
        let (expired, next) = state.line.expire(Instant::now(), &mut wakers);
        state.expiring = next.is_some();
        let (capacity, bytes) = (state.line.permits().records(), state.line.permits().bytes());
        drop(state);
        wake(&mut wakers);
        for mut transit in expired {
            let record = Box::new(transit.take_record());
            let full = PublishError::BufferFull {
                capacity,
                bytes,
                record,
            };
            self.end(transit, Err(full));
        }
        // Looking at the line has given free places to those who waited.
        self.advance();
        next
    }

    /// Ends the wait of those who have waited so long for a schema's id, with this error. The deadlines of the others, for
    /// whom the caller has to go on; if there are none, the next record asks.
    pub(crate) fn end_wait(
        &self,
        resolution: &Arc<Resolution>,
        patience: Duration,
        error: &RegistryError,
    ) -> Option<Deadlines> {
        let now = Instant::now();
        let mut state = self.lock();
        let (failed, others) = state.line.end_wait(resolution, patience, now);
        if others.is_none() {
            resolution.set_failed();
        }
        drop(state);
        self.fail(resolution, failed, error);
        self.advance();
        // Many that came one after the other end together, or each would cost a look at all of them.
        let soonest = after(now, patience / 128);
        others.map(|Deadlines { first, last }| Deadlines {
            first: first.max(soonest),
            last: last.max(soonest),
        })
    }

    /// Until when a record that has to wait from now on may do so; `None` is for ever, as is a time beyond the clock.
    pub(super) fn waits_until(&self) -> Option<Instant> {
        Instant::now().checked_add(self.limits.block_timeout?)
    }
}
