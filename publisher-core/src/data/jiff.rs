//! jiff: `Timestamp`, `Zoned`, `civil::{Date, Time, DateTime}`, `SignedDuration`. A `Span` has no one length.

use ::jiff::civil::{Date, DateTime, Time, date as civil_date};
use ::jiff::{SignedDuration, Timestamp, Zoned};

use super::moment::{Day, InDay, Length, Moment, date, duration, instant, moment, time_of_day};

instant!(Timestamp);
instant!(Zoned);
moment!(DateTime => LocalTimestamp, local);
date!(Date);
time_of_day!(Time);
duration!(SignedDuration);

impl Moment for Timestamp {
    fn nanos(&self) -> i128 {
        self.as_nanosecond()
    }
}

impl Moment for Zoned {
    fn nanos(&self) -> i128 {
        self.timestamp().as_nanosecond()
    }
}

impl Moment for DateTime {
    fn nanos(&self) -> i128 {
        self.duration_since(civil_date(1970, 1, 1).at(0, 0, 0, 0)).as_nanos()
    }
}

impl Day for Date {
    fn days(&self) -> i32 {
        let days = self.duration_since(civil_date(1970, 1, 1)).as_hours() / 24;
        // Nineteen thousand years are seven million days.
        i32::try_from(days).unwrap_or(i32::MAX)
    }
}

impl InDay for Time {
    fn nanos(&self) -> u64 {
        let since = self.duration_since(Self::midnight());
        u64::try_from(since.as_nanos()).unwrap_or_default()
    }
}

impl Length for SignedDuration {
    fn millis(&self) -> Option<i64> {
        i64::try_from(self.as_nanos().div_euclid(1_000_000)).ok()
    }
}
