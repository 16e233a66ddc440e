//! `std::time::SystemTime` and `std::time::Duration`.

use std::time::{Duration, SystemTime};

use super::moment::{Length, Moment, duration, instant};

instant!(SystemTime);
duration!(Duration);

impl Moment for SystemTime {
    fn nanos(&self) -> i128 {
        // 64 bits of seconds in nanoseconds fit 128 bits many times.
        match self.duration_since(Self::UNIX_EPOCH) {
            Ok(after) => after.as_nanos().cast_signed(),
            Err(before) => -before.duration().as_nanos().cast_signed(),
        }
    }
}

impl Length for Duration {
    fn millis(&self) -> Option<i64> {
        i64::try_from(self.as_millis()).ok()
    }
}
