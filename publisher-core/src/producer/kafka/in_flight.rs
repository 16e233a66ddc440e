//! What is remembered of each record between `send` and its report, because the report no longer says it.
//!
//! A failed record comes back without its time and with the partitioner's choice in the place of the caller's; the mock
//! cluster's confirmations have a wrong time. librdkafka carries one word for each record; nearly always all of it fits
//! into that word, and there is nothing to keep.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::producer::Token;
use crate::record::RecordRef;
use crate::slab::Slab;

/// What a report has to be completed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) token: Token,
    pub(super) timestamp_ms: i64,
    pub(super) partition: Option<i32>,
    /// Whether its list of headers can serve the next record.
    pub(super) headers_spare: bool,
}

/// The records on their way, each under the word that librdkafka carries for it.
#[derive(Default)]
pub(super) struct InFlight {
    /// Those that do not fit.
    sent: Mutex<Slab<Sent>>,
}

impl InFlight {
    pub(super) fn insert(&self, sent: Sent) -> usize {
        match pack(sent) {
            Some(word) => word,
            None => self.lock().insert(sent),
        }
    }

    /// Takes the entry of a record that has its report. `None` if it was taken before, as far as that can be told.
    pub(super) fn take(&self, word: usize) -> Option<Sent> {
        match unpack(word) {
            Some(sent) => Some(sent),
            None => self.lock().remove(word),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Slab<Sent>> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sent {
    pub(super) fn new(record: RecordRef<'_>, token: Token, headers_spare: bool) -> Self {
        Self {
            token,
            timestamp_ms: record.timestamp_ms,
            partition: record.partition,
            headers_spare,
        }
    }
}

// A word: 1 bit that it is one and no number of the slab, 1 for the headers, the time, the token.
const PACKED: u64 = 1 << 63;
const HEADERS_SPARE: u64 = 1 << 62;
/// A million records on their way, if they are numbered from 0.
const TOKEN_BITS: u32 = 20;
/// Milliseconds until the year 2109.
const TIME_BITS: u32 = 42;

/// The word for a record that has no partition of its own, a time since 1970 and a low number. The numbers of a slab
/// never have the first bit.
fn pack(sent: Sent) -> Option<usize> {
    let token = u64::try_from(sent.token.0).ok()?;
    let time = u64::try_from(sent.timestamp_ms).ok()?;
    if sent.partition.is_some() || token >> TOKEN_BITS != 0 || time >> TIME_BITS != 0 {
        return None;
    }
    let headers = if sent.headers_spare { HEADERS_SPARE } else { 0 };
    // Where a pointer has 32 bits, the first bit is lost: no word fits.
    usize::try_from(PACKED | headers | time << TOKEN_BITS | token).ok()
}

fn unpack(word: usize) -> Option<Sent> {
    let word = word as u64;
    (word & PACKED != 0).then(|| Sent {
        token: Token((word & ((1 << TOKEN_BITS) - 1)) as usize),
        timestamp_ms: (word >> TOKEN_BITS & ((1 << TIME_BITS) - 1)).cast_signed(),
        partition: None,
        headers_spare: word & HEADERS_SPARE != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What goes in comes out once; `kept` if it is in the slab meanwhile.
    fn check(token: usize, timestamp_ms: i64, partition: Option<i32>, kept: bool) {
        for headers_spare in [false, true] {
            let sent = Sent {
                token: Token(token),
                timestamp_ms,
                partition,
                headers_spare,
            };
            let in_flight = InFlight::default();
            let word = in_flight.insert(sent);
            assert_eq!(in_flight.lock().len(), usize::from(kept), "{sent:?}");
            assert_eq!(in_flight.take(word), Some(sent));
            assert_eq!(in_flight.lock().len(), 0);
            if kept {
                assert_eq!(in_flight.take(word), None, "{sent:?} came twice");
            }
        }
    }

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn what_fits_into_a_word_is_not_kept() {
        check(0, 1, None, false);
        check(19_999, 1_700_000_000_123, None, false);
        check((1 << 20) - 1, (1 << 42) - 1, None, false);
        check(1 << 20, 1, None, true);
        check(usize::MAX, 1, None, true);
        check(0, 1 << 42, None, true);
        check(0, i64::MAX, None, true);
        check(0, 1_700_000_000_123, Some(0), true);
    }

    #[test]
    fn kept_and_packed_records_do_not_meet() {
        let in_flight = InFlight::default();
        let sent = |token, partition| Sent {
            token: Token(token),
            timestamp_ms: 1_700_000_000_000,
            partition,
            headers_spare: false,
        };
        let all: Vec<Sent> = (0..10)
            .map(|token| sent(token, (token % 2 == 0).then_some(7)))
            .collect();
        let words: Vec<usize> = all.iter().map(|sent| in_flight.insert(*sent)).collect();
        for (word, sent) in words.iter().zip(all) {
            assert_eq!(in_flight.take(*word), Some(sent));
        }
    }
}
