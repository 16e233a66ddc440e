//! The crate time: `OffsetDateTime`, `UtcDateTime`, `Date`, `Time`, `PrimitiveDateTime`, `Duration`.

use ::time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time, UtcDateTime};

use super::moment::{Day, InDay, Length, Moment, date, duration, instant, moment, time_of_day};

instant!(OffsetDateTime);
instant!(UtcDateTime);
moment!(PrimitiveDateTime => LocalTimestamp, local);
date!(Date);
time_of_day!(Time);
duration!(Duration);

impl Moment for OffsetDateTime {
    fn nanos(&self) -> i128 {
        self.unix_timestamp_nanos()
    }
}

impl Moment for UtcDateTime {
    fn nanos(&self) -> i128 {
        self.unix_timestamp_nanos()
    }
}

impl Moment for PrimitiveDateTime {
    fn nanos(&self) -> i128 {
        self.as_utc().unix_timestamp_nanos()
    }
}

impl Day for Date {
    fn days(&self) -> i32 {
        /// The Julian day of 1970-01-01.
        const EPOCH: i32 = 2_440_588;
        self.to_julian_day() - EPOCH
    }
}

impl InDay for Time {
    fn nanos(&self) -> u64 {
        let (hour, minute, second, nano) = self.as_hms_nano();
        (u64::from(hour) * 3600 + u64::from(minute) * 60 + u64::from(second)) * 1_000_000_000 + u64::from(nano)
    }
}

impl Length for Duration {
    fn millis(&self) -> Option<i64> {
        i64::try_from(self.whole_nanoseconds().div_euclid(1_000_000)).ok()
    }
}
