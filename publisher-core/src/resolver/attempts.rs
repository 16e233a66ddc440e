//! When a registry that did not answer is asked again: [`Attempts`].
//!
//! Pure: the time comes in as an argument. Knows errors; asks nobody.

use std::time::Duration;

use tokio::time::Instant;

use crate::clock::after;
use crate::dispatch::Deadlines;
use crate::failure::{Backoff, random};
use crate::registry::{LONGEST_RETRY_AFTER, RegistryError};

/// Between two questions while the registry cannot be reached.
const BACKOFF: Backoff = Backoff::UP_TO_10_S;

/// The questions about one schema so far. They outlive a deadline: who comes later has a later one, and the registry is to
/// have its pauses all the same.
pub(super) struct Attempts {
    patience: Duration,
    deadline: Instant,
    round: u32,
    last: Option<RegistryError>,
    /// Until when there is a pause, unless the deadline is near.
    pause: Instant,
    /// Until when the registry wants to be left alone.
    hold: Instant,
}

impl Attempts {
    /// Before the first question, for one who waits so long from now on.
    pub(super) fn new(patience: Duration) -> Self {
        let now = Instant::now();
        Self {
            patience,
            deadline: after(now, patience),
            round: 0,
            last: None,
            pause: now,
            hold: now,
        }
    }

    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// That of whom they began for.
    pub(super) fn deadlines(&self) -> Deadlines {
        Deadlines {
            first: self.deadline,
            last: self.deadline,
        }
    }

    /// How the last question failed.
    pub(super) fn last(&self) -> Option<&RegistryError> {
        self.last.as_ref()
    }

    /// When to ask next; `None` if not before the first deadline.
    pub(super) fn next(&self, now: Instant, deadlines: Deadlines) -> Option<Instant> {
        if self.last.is_none() {
            return Some(now);
        }
        let left = deadlines.last.saturating_duration_since(now);
        // Half of the time at the most, so that a registry which comes back late is still found.
        let next = self.pause.min(now + left / 2).max(self.hold);
        (left >= BACKOFF.base() && next < deadlines.first).then_some(next)
    }

    /// A question failed in a way that may heal.
    pub(super) fn failed(&mut self, now: Instant, error: RegistryError) {
        let hold = error
            .failure()
            .retry_after()
            .unwrap_or_default()
            .min(LONGEST_RETRY_AFTER);
        self.hold = now + hold;
        self.pause = now + BACKOFF.delay(self.round, random());
        self.round = self.round.saturating_add(1);
        self.last = Some(error);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use super::*;
    use crate::registry::RegistryFailure;

    const SECOND: Duration = Duration::from_secs(1);

    /// When the next question is due, in milliseconds from now, after one that failed with a pause and a wish of the
    /// registry's of so many milliseconds, for those who wait so long.
    fn check(pause: u64, hold: u64, first: u64, last: u64, expected: Option<u64>) {
        let mut attempts = Attempts::new(SECOND);
        let now = Instant::now();
        let at = |millis| now + Duration::from_millis(millis);
        attempts.last = Some(RegistryError::Unreachable(RegistryFailure::new("a", "b")));
        (attempts.pause, attempts.hold) = (at(pause), at(hold));
        let deadlines = Deadlines {
            first: at(first),
            last: at(last),
        };
        let found = attempts.next(now, deadlines);
        assert_eq!(found, expected.map(at), "{pause} {hold} {first} {last}");
    }

    #[test]
    fn the_next_question_is_in_time_for_who_waits() {
        check(300, 0, 1_000, 1_000, Some(300));
        // Sooner than the pause, for nobody would be there.
        check(8_000, 0, 1_000, 1_000, Some(500));
        // For those who came later there is time.
        check(8_000, 0, 1_000, 20_000, None);
        check(8_000, 0, 9_000, 20_000, Some(8_000));
        check(0, 0, 99, 99, None);
        check(0, 0, 100, 100, Some(0));
    }

    #[test]
    fn a_registry_that_asks_for_patience_has_it() {
        check(300, 700, 1_000, 1_000, Some(700));
        check(300, 1_000, 1_000, 1_000, None);
        check(8_000, 60_000, 1_000, 20_000, None);
    }

    #[test]
    fn the_first_question_is_due_at_once() {
        let attempts = Attempts::new(Duration::ZERO);
        let now = Instant::now();
        assert_eq!(attempts.next(now, attempts.deadlines()), Some(now));
        let endless = Attempts::new(Duration::MAX);
        assert!(endless.deadlines().first > now + 1_000_000 * SECOND);
    }
}
