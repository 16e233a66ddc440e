//! chrono: `DateTime` of any zone, `NaiveDate`, `NaiveTime`, `NaiveDateTime`, `TimeDelta`.

use ::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike as _};

use super::moment::{Day, InDay, Length, Moment, date, duration, instant, moment, time_of_day};

instant!(DateTime<Tz> where Tz: TimeZone);
moment!(NaiveDateTime => LocalTimestamp, local);
date!(NaiveDate);
time_of_day!(NaiveTime);
duration!(TimeDelta);

impl<Tz: TimeZone> Moment for DateTime<Tz> {
    fn nanos(&self) -> i128 {
        i128::from(self.timestamp()) * 1_000_000_000 + i128::from(self.timestamp_subsec_nanos())
    }

    // Floors, before 1970 too: chrono counts the fraction upwards from the second below.
    #[inline(always)]
    fn millis(&self) -> Option<i64> {
        Some(self.timestamp_millis())
    }

    #[inline]
    fn micros(&self) -> Option<i64> {
        Some(self.timestamp_micros())
    }
}

impl Moment for NaiveDateTime {
    fn nanos(&self) -> i128 {
        self.and_utc().nanos()
    }

    #[inline]
    fn millis(&self) -> Option<i64> {
        Some(self.and_utc().timestamp_millis())
    }

    #[inline]
    fn micros(&self) -> Option<i64> {
        Some(self.and_utc().timestamp_micros())
    }
}

impl Day for NaiveDate {
    #[inline]
    fn days(&self) -> i32 {
        self.to_epoch_days()
    }
}

impl InDay for NaiveTime {
    fn nanos(&self) -> u64 {
        u64::from(self.num_seconds_from_midnight()) * 1_000_000_000 + u64::from(self.nanosecond())
    }
}

impl Length for TimeDelta {
    fn millis(&self) -> Option<i64> {
        let nanos = i128::from(self.num_seconds()) * 1_000_000_000 + i128::from(self.subsec_nanos());
        i64::try_from(nanos.div_euclid(1_000_000)).ok()
    }
}
