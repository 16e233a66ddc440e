//! How long to wait before something is tried again: [`Backoff`].
//!
//! Pure: the random number comes in as an argument. Knows neither clock nor network, nor what is tried.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

/// Exponential pauses with full jitter: a random part of a ceiling that doubles with each round up to a cap, so that
/// clients which failed together do not come back together.
///
/// The default is that of records that are sent again: 100 ms, doubling up to 30 s.
///
/// Implements: "Exponential Backoff And Jitter" (AWS Architecture Blog), full jitter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    base: Duration,
    cap: Duration,
}

impl Backoff {
    /// For what is asked again within one call or one outage, unless a setting says otherwise.
    pub(crate) const UP_TO_10_S: Self = Self::new(Duration::from_millis(100), Duration::from_secs(10));

    /// The ceiling of the first pause, and the one that no later pause goes over.
    #[must_use]
    pub const fn new(base: Duration, cap: Duration) -> Self {
        Self { base, cap }
    }

    /// The ceiling of the first pause.
    #[must_use]
    pub const fn base(self) -> Duration {
        self.base
    }

    /// No pause is longer.
    #[must_use]
    pub const fn cap(self) -> Duration {
        self.cap
    }

    /// The wait after the round with this number, which counts from 0. `random` spreads it evenly from nothing (0) to the
    /// ceiling (`u64::MAX`).
    pub(crate) fn delay(self, round: u32, random: u64) -> Duration {
        let ceiling = self.base.saturating_mul(2_u32.saturating_pow(round)).min(self.cap);
        // Seconds and the rest apart: a product of the whole in nanoseconds may not fit.
        let part = |whole: u64| u64::try_from((u128::from(whole) * u128::from(random)) >> 64).unwrap_or(whole);
        if ceiling.as_secs() > u64::from(u32::MAX) {
            return Duration::from_secs(part(ceiling.as_secs()));
        }
        Duration::from_nanos(part(u64::try_from(ceiling.as_nanos()).unwrap_or(u64::MAX)))
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new(Duration::from_millis(100), Duration::from_secs(30))
    }
}

/// Hashing with the keys that the standard library draws for its maps is random enough to spread clients, and needs no
/// crate.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(backoff: Backoff, round: u32, random: u64, expected: Duration) {
        assert_eq!(backoff.delay(round, random), expected, "round {round}, random {random}");
    }

    const USUAL: Backoff = Backoff::UP_TO_10_S;
    const HALF: u64 = 1 << 63;

    #[test]
    fn the_ceiling_doubles_up_to_the_cap() {
        for (round, millis) in [
            (0, 50),
            (1, 100),
            (2, 200),
            (6, 3_200),
            (7, 5_000),
            (31, 5_000),
            (u32::MAX, 5_000),
        ] {
            check(USUAL, round, HALF, Duration::from_millis(millis));
        }
    }

    #[test]
    fn a_record_is_spared_longer_than_a_registry() {
        for (round, millis) in [(0, 50), (8, 12_800), (9, 15_000), (40, 15_000)] {
            check(Backoff::default(), round, HALF, Duration::from_millis(millis));
        }
    }

    #[test]
    fn the_wait_is_anything_from_nothing_to_the_ceiling() {
        check(USUAL, 3, 0, Duration::ZERO);
        check(USUAL, 3, u64::MAX, Duration::from_nanos(799_999_999));
    }

    #[test]
    fn no_setting_overflows() {
        let longest = Backoff::new(Duration::MAX, Duration::MAX);
        check(longest, 5, HALF, Duration::from_secs(u64::MAX / 2));
        let none = Backoff::new(Duration::ZERO, Duration::ZERO);
        check(none, 5, u64::MAX, Duration::ZERO);
    }
}
