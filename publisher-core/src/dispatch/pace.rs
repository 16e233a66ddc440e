//! [`Pace`]: whether single records come so fast that who sends them had better take their reports in passing; and for how
//! long these are left to him.
//!
//! Knows times and nothing else.

use std::time::Duration;

use tokio::time::Instant;

/// After how many records the reports are taken.
const STRIDE: u32 = 64;

/// How long reports are left to who sends so fast: a few of his strides. He does not say when he waits instead, and then
/// this is how much later he hears.
pub(super) const BETWEEN_STRIDES: Duration = Duration::from_micros(200);

/// The same for batches, of which who sends them says when he waits: longer than it takes to encode a usual one, and no delay
/// that anybody else would notice.
pub(super) const BETWEEN_BATCHES: Duration = Duration::from_millis(1);

#[derive(Default)]
pub(super) struct Pace {
    records: u32,
    /// When the last stride ended.
    since: Option<Instant>,
}

impl Pace {
    /// One more record. Whether reports are to be taken now.
    pub(super) fn step(&mut self, now: Instant) -> bool {
        self.records += 1;
        if self.records < STRIDE {
            return false;
        }
        self.records = 0;
        let before = self.since.replace(now);
        before.is_some_and(|before| now.saturating_duration_since(before) < BETWEEN_STRIDES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_taken_with_every_stride_of_a_fast_one() {
        let mut pace = Pace::default();
        let mut now = Instant::now();
        let mut taken = |step: Duration| {
            let steps = (0..10 * STRIDE).filter(|_| {
                now += step;
                pace.step(now)
            });
            steps.count()
        };
        assert_eq!(taken(Duration::from_micros(1)), 9, "all but the first");
        assert_eq!(taken(Duration::from_micros(20)), 0);
        assert_eq!(taken(Duration::from_micros(1)), 10);
    }
}
