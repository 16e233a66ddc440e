//! Records that have waited too long for a place in the buffer.
//!
//! Knows tokio's clock, which a test can stop, and no task: who calls at the right time is the publisher's business.

use tokio::time::Instant;

use super::line::Waiting;
use super::{Dispatcher, Parcel, wake};
use crate::error::PublishError;

impl Dispatcher {
    /// Ends the way of those that have waited too long. Returns when to call again; `None` if nobody waits any more, and
    /// then the next record that does says so.
    pub(crate) fn expire(&self) -> Option<Instant> {
        let mut wakers = Vec::new();
        let mut state = self.lock();
        let (expired, next) = state.line.expire(Instant::now(), &mut wakers);
        state.expiring = next.is_some();
        let capacity = state.line.capacity();
        drop(state);
        wake(&mut wakers);
        for Waiting {
            parcel: Parcel { record, kind, .. },
            ticket,
            ..
        } in expired
        {
            let record = Box::new(record);
            let full = PublishError::BufferFull { capacity, record };
            self.end(&ticket, kind.event_type(), Err(full));
        }
        // Looking at the line has given free places to those who waited.
        self.advance();
        next
    }

    /// Until when a record that has to wait from now on may do so; `None` is for ever, as is a time beyond the clock.
    pub(super) fn waits_until(&self) -> Option<Instant> {
        Instant::now().checked_add(self.block_timeout?)
    }
}
