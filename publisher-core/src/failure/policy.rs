//! What becomes of a record that is not delivered: [`OnFailure`], [`HeldKeys`], [`Retries`].
//!
//! Pure: says what is to be done; who does it, and what is known of the order by then, is the dispatcher's business.

use std::time::Duration;

use super::backoff::Backoff;
use super::produce_errors::of_kind;
use super::table::Resend;
use crate::error::{Persistence, ProduceError};

/// What a publisher does with a record that has failed for good, after its [`Retries`].
///
/// Set by [`on_failure`](crate::PublisherBuilder::on_failure) for all types and by
/// [`on_failure_of`](crate::PublisherBuilder::on_failure_of) for some. Whatever is chosen, the caller hears of the
/// failure, and no record goes away. What fails before it has its place and its schema's id is given back under each of
/// them, and so is what a shutdown gives up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnFailure {
    /// Gives the record back to the caller; later records of its key go on. The default.
    #[default]
    Return,
    /// Sends a letter with the record to the dead letter topic; later records of its key go on, so that a reader of both
    /// topics sees it out of order. Letters lie in the order in which their records failed. Needs [`dead_letters`](crate::PublisherBuilder::dead_letters).
    DeadLetter,
    /// Holds the record's key: no later record of the same topic and key is sent before the user releases it.
    ///
    /// To know that none has been sent already, one record of a key is on its way at a time, and the next leaves when the
    /// broker has confirmed it: a busy key is limited to one record per round trip to the broker and `linger`, while
    /// different keys fill batches as ever. A record without a key has no order to hold: it is given back, or becomes a dead
    /// letter.
    HoldKey(HeldKeys),
}

impl OnFailure {
    /// Whether one record of a key is on its way at a time.
    pub(crate) fn holds_keys(self) -> bool {
        matches!(self, Self::HoldKey(_))
    }

    /// Whether it needs a place for dead letters.
    pub(crate) fn needs_dead_letters(self) -> bool {
        matches!(self, Self::DeadLetter | Self::HoldKey(HeldKeys::DeadLetter))
    }
}

/// What becomes of the records of a key that is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeldKeys {
    /// The failed record is given back to its caller, and the later ones wait in the buffer, each for its own delivery
    /// timeout, until [`Publisher::release`](crate::Publisher::release), or until the failed record was sent by
    /// [`Publisher::resend`](crate::Publisher::resend), which goes before them. They take places in the buffer meanwhile.
    Hold,
    /// The failed record and all later ones become dead letters, each with the failed one's error and its own position
    /// behind it, until [`Publisher::release`](crate::Publisher::release): the dead letter topic holds the key's records
    /// in their order.
    DeadLetter,
}

/// When a publisher sends a record again that its client has given up.
///
/// The client repeats by itself, within [`delivery_timeout`](crate::PublisherBuilder::delivery_timeout), whatever may heal
/// by itself. What is left is a batch refused for another record's sake, which is sent again by default, and a record
/// whose time is over, which is sent again on request ([`timeouts`](Self::timeouts)).
///
/// Only a record that is surely not in the log is sent again by itself, and only while no later record of its topic and
/// key has been handed to the client: no retry makes a second copy or breaks an order. Later records of the key wait
/// until it has ended.
///
/// A record is sent again at most [`attempts`](Self::attempts) times in all and not after [`within`](Self::within) from
/// its first failure on; the pauses are those of a [`Backoff`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    attempts: u32,
    within: Duration,
    timeouts: bool,
    backoff: Backoff,
}

impl Retries {
    /// Eight attempts within 120 s, with pauses of 100 ms doubling up to 30 s; not after time-outs.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            attempts: 8,
            within: Duration::from_secs(120),
            timeouts: false,
            backoff: Backoff::new(Duration::from_millis(100), Duration::from_secs(30)),
        }
    }

    /// Every record is handed to the client once.
    #[must_use]
    pub const fn none() -> Self {
        Self::new().attempts(1)
    }

    /// How often a record is handed to the client at the most, the first time included; default 8. 0 counts as 1.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// From the first failure of a record on, how long it may be sent again; default 120 s. What is on its way by then
    /// still has its own delivery timeout.
    #[must_use]
    pub const fn within(mut self, within: Duration) -> Self {
        self.within = within;
        self
    }

    /// Whether a record whose delivery timeout is over is sent again, with as much time once more; default no.
    #[must_use]
    pub const fn timeouts(mut self, timeouts: bool) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// The pauses before a record is sent again; default 100 ms, doubling up to 30 s, each a random part of that.
    #[must_use]
    pub const fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Whether any record is sent again.
    pub(crate) fn are_made(self) -> bool {
        self.attempts > 1
    }

    /// The pause before the record is sent again; `None` if it is not. `attempts` have been made, the first failed so long
    /// ago.
    pub(crate) fn pause(self, error: &ProduceError, attempts: u32, since: Duration, random: u64) -> Option<Duration> {
        let right = match of_kind(error.kind()).resend {
            Resend::Usual => true,
            Resend::OnRequest => self.timeouts,
            Resend::Never | Resend::FreshProducer => false,
        };
        if !right || error.persistence() != Persistence::NotPersisted || attempts >= self.attempts.max(1) {
            return None;
        }
        let pause = self.backoff.delay(attempts.saturating_sub(1), random);
        (since.saturating_add(pause) <= self.within).then_some(pause)
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ProduceErrorKind as Kind;

    const HALF: u64 = 1 << 63;

    fn check(retries: Retries, failure: (Kind, Persistence), attempts: u32, since_ms: u64, expected_ms: Option<u64>) {
        let error = ProduceError::new(failure.0, failure.1, "on purpose");
        let pause = retries.pause(&error, attempts, Duration::from_millis(since_ms), HALF);
        assert_eq!(
            pause,
            expected_ms.map(Duration::from_millis),
            "{failure:?} {attempts} {since_ms}"
        );
    }

    const BATCH: (Kind, Persistence) = (Kind::BatchRejected, Persistence::NotPersisted);
    const TIME_OUT: (Kind, Persistence) = (Kind::TimedOut, Persistence::NotPersisted);

    #[test]
    fn a_batch_refused_for_anothers_sake_is_sent_again() {
        check(Retries::new(), BATCH, 1, 0, Some(50));
        check(Retries::new(), BATCH, 4, 0, Some(400));
        check(Retries::none(), BATCH, 1, 0, None);
    }

    #[test]
    fn a_time_out_is_sent_again_on_request() {
        check(Retries::new(), TIME_OUT, 1, 0, None);
        check(Retries::new().timeouts(true), TIME_OUT, 1, 0, Some(50));
    }

    #[test]
    fn what_may_be_in_the_log_is_not_sent_again() {
        let retries = Retries::new().timeouts(true);
        check(retries, (Kind::TimedOut, Persistence::PossiblyPersisted), 1, 0, None);
        check(
            retries,
            (Kind::BatchRejected, Persistence::PossiblyPersisted),
            1,
            0,
            None,
        );
    }

    #[test]
    fn what_would_fail_again_is_not_sent_again() {
        let retries = Retries::new().timeouts(true);
        for kind in [
            Kind::TooLarge,
            Kind::Unauthorised,
            Kind::UnknownTopic,
            Kind::InvalidTopic,
            Kind::Rejected,
            Kind::KeyHeld,
            Kind::Fatal,
            Kind::ShutDown,
        ] {
            check(retries, (kind, Persistence::NotPersisted), 1, 0, None);
        }
    }

    #[test]
    fn attempts_and_time_are_bounds() {
        let retries = Retries::new().attempts(3).within(Duration::from_secs(1));
        check(retries, BATCH, 2, 0, Some(100));
        check(retries, BATCH, 3, 0, None);
        check(retries, BATCH, 2, 900, Some(100));
        check(retries, BATCH, 2, 901, None);
        check(Retries::new().attempts(0), BATCH, 1, 0, None);
    }
}
