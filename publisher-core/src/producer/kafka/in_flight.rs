//! What is remembered of each record between `send` and its report, because the report no longer says it.
//!
//! A failed record comes back without its time and with the partitioner's choice in the place of the caller's; the mock
//! cluster's confirmations have a wrong time. The slots are reused, so that nothing is allocated once the buffer has
//! had its usual depth.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::producer::Token;
use crate::record::Record;

/// What a report has to be completed with.
#[derive(Clone, Copy)]
pub(super) struct Sent {
    pub(super) token: Token,
    pub(super) timestamp_ms: i64,
    pub(super) partition: Option<i32>,
}

/// The records on their way, each under the number that librdkafka carries for it.
#[derive(Default)]
pub(super) struct InFlight {
    slots: Mutex<Slots>,
}

#[derive(Default)]
struct Slots {
    sent: Vec<Sent>,
    free: Vec<usize>,
}

impl InFlight {
    pub(super) fn insert(&self, record: &Record, token: Token) -> usize {
        let sent = Sent {
            token,
            timestamp_ms: record.timestamp_ms,
            partition: record.partition,
        };
        let mut slots = self.lock();
        match slots.free.pop() {
            Some(slot) => {
                slots.sent[slot] = sent;
                slot
            }
            None => {
                slots.sent.push(sent);
                slots.sent.len() - 1
            }
        }
    }

    /// Takes the entry of a record that has its report. To be called once for each number that [`insert`](Self::insert)
    /// gave.
    pub(super) fn take(&self, slot: usize) -> Sent {
        let mut slots = self.lock();
        slots.free.push(slot);
        slots.sent[slot]
    }

    fn lock(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
