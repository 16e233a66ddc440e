//! What is remembered of each record between `send` and its report, because the report no longer says it.
//!
//! A failed record comes back without its time and with the partitioner's choice in the place of the caller's; the mock
//! cluster's confirmations have a wrong time.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::producer::Token;
use crate::record::RecordRef;
use crate::slab::Slab;

/// What a report has to be completed with.
pub(super) struct Sent {
    pub(super) token: Token,
    pub(super) timestamp_ms: i64,
    pub(super) partition: Option<i32>,
}

/// The records on their way, each under the number that librdkafka carries for it.
#[derive(Default)]
pub(super) struct InFlight {
    sent: Mutex<Slab<Sent>>,
}

impl InFlight {
    pub(super) fn insert(&self, record: RecordRef<'_>, token: Token) -> usize {
        let sent = Sent {
            token,
            timestamp_ms: record.timestamp_ms,
            partition: record.partition,
        };
        self.lock().insert(sent)
    }

    /// Takes the entry of a record that has its report. `None` if it was taken before.
    pub(super) fn take(&self, slot: usize) -> Option<Sent> {
        self.lock().remove(slot)
    }

    fn lock(&self) -> MutexGuard<'_, Slab<Sent>> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
