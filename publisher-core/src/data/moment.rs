//! Instants, local times, dates, times of day and durations by one rule for all crates: what is finer than the unit is
//! floored, before 1970 too, alike in Avro and JSON.
//!
//! Each crate's file says how many nanoseconds its types are and calls these macros.

/// `EventData` for a type with `fn nanos(&self) -> i128` since 1970-01-01T00:00:00, and for its microseconds.
macro_rules! moment {
    ($type:ty $(where $parameter:ident: $bound:path)? => $shape:ident, $text:ident) => {
        impl$(<$parameter: $bound>)? crate::EventData for $type {
            const SHAPE: crate::schema::Shape = crate::schema::Shape::$shape(crate::schema::TimeUnit::Millis);

            #[inline(always)]
            fn check(&self, at: &crate::validate::Path<'_>, checker: &mut crate::validate::Checker) {
                crate::data::moment::check(crate::data::moment::Moment::millis(self), crate::schema::TimeUnit::Millis, at, checker);
            }

            #[inline(always)]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                crate::encode::avro::long(crate::data::moment::Moment::millis(self).unwrap_or_default(), out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                let millis = crate::data::moment::Moment::millis(self).unwrap_or_default();
                crate::encode::time::$text(millis, crate::schema::TimeUnit::Millis, out);
            }
        }

        impl$(<$parameter: $bound>)? crate::EventData<crate::AsMicros> for $type {
            const SHAPE: crate::schema::Shape = crate::schema::Shape::$shape(crate::schema::TimeUnit::Micros);

            #[inline]
            fn check(&self, at: &crate::validate::Path<'_>, checker: &mut crate::validate::Checker) {
                crate::data::moment::check(crate::data::moment::Moment::micros(self), crate::schema::TimeUnit::Micros, at, checker);
            }

            #[inline]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                crate::encode::avro::long(crate::data::moment::Moment::micros(self).unwrap_or_default(), out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                let micros = crate::data::moment::Moment::micros(self).unwrap_or_default();
                crate::encode::time::$text(micros, crate::schema::TimeUnit::Micros, out);
            }
        }
    };
}

/// An instant besides: it can be an event's time.
macro_rules! instant {
    ($type:ty $(where $parameter:ident: $bound:path)?) => {
        crate::data::moment::moment!($type $(where $parameter: $bound)? => Timestamp, instant);

        impl$(<$parameter: $bound>)? crate::EventTime for $type {
            fn timestamp_ms(&self) -> Option<i64> {
                crate::data::moment::Moment::millis(self)
            }
        }
    };
}

/// `EventData` for a type with `fn days(&self) -> i32` since 1970-01-01.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
macro_rules! date {
    ($type:ty) => {
        impl crate::EventData for $type {
            const SHAPE: crate::schema::Shape = crate::schema::Shape::Date;

            #[inline(always)]
            fn check(&self, at: &crate::validate::Path<'_>, checker: &mut crate::validate::Checker) {
                let (first, last) = crate::encode::json::DAYS_WITH_TEXT;
                let days = i64::from(crate::data::moment::Day::days(self));
                if checker.encoding() == crate::Encoding::Json && !(first..=last).contains(&days) {
                    checker.violation(at, crate::data::moment::YEAR);
                }
            }

            #[inline(always)]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                crate::encode::avro::long(i64::from(crate::data::moment::Day::days(self)), out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                crate::encode::json::date(crate::data::moment::Day::days(self), out);
            }
        }
    };
}

/// `EventData` for a type with `fn nanos(&self) -> u64` since midnight, and for its microseconds.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
macro_rules! time_of_day {
    ($type:ty) => {
        crate::data::moment::time_of_day!($type, crate::Plain, Millis, 1_000_000);
        crate::data::moment::time_of_day!($type, crate::AsMicros, Micros, 1_000);
    };
    ($type:ty, $conversion:ty, $unit:ident, $nanos:literal) => {
        impl crate::EventData<$conversion> for $type {
            const SHAPE: crate::schema::Shape = crate::schema::Shape::TimeOfDay(crate::schema::TimeUnit::$unit);
            const CHECKED: bool = false;

            #[inline]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                crate::encode::avro::long(crate::data::moment::in_day(self, $nanos), out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                let units = crate::data::moment::in_day(self, $nanos);
                crate::encode::time::time_of_day(units, crate::schema::TimeUnit::$unit, out);
            }
        }
    };
}

/// `EventData` for a type with `fn millis(&self) -> Option<i64>`, a length of time.
macro_rules! duration {
    ($type:ty) => {
        impl crate::EventData for $type {
            const SHAPE: crate::schema::Shape = crate::schema::Shape::Duration;

            #[inline]
            fn check(&self, at: &crate::validate::Path<'_>, checker: &mut crate::validate::Checker) {
                match crate::data::moment::Length::millis(self) {
                    Some(millis) => crate::EventData::<crate::Plain>::check(&millis, at, checker),
                    None => checker.violation(at, "is longer than 64 bits of milliseconds can say"),
                }
            }

            #[inline]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                crate::encode::avro::long(crate::data::moment::Length::millis(self).unwrap_or_default(), out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                crate::encode::json::integer(crate::data::moment::Length::millis(self).unwrap_or_default(), out);
            }
        }

        impl crate::validate::Numeric for $type {
            fn satisfies(&self, bound: &crate::schema::Bound, accept: fn(std::cmp::Ordering) -> bool) -> bool {
                let millis = crate::data::moment::Length::millis(self);
                // What has no number of milliseconds is a violation already.
                millis.is_none_or(|millis| crate::validate::Numeric::satisfies(&millis, bound, accept))
            }
        }
    };
}

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
pub(super) use {date, time_of_day};
pub(super) use {duration, instant, moment};

use crate::encode::json::MILLIS_WITH_TEXT;
use crate::event::Encoding;
use crate::schema::TimeUnit;
use crate::validate::{Checker, Path};

/// A point in time, of the world or of a place.
pub(super) trait Moment {
    /// The nanoseconds since 1970-01-01T00:00:00.
    fn nanos(&self) -> i128;

    #[inline]
    fn millis(&self) -> Option<i64> {
        i64::try_from(self.nanos().div_euclid(1_000_000)).ok()
    }

    #[inline]
    fn micros(&self) -> Option<i64> {
        i64::try_from(self.nanos().div_euclid(1_000)).ok()
    }
}

/// A day of the Gregorian calendar.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
pub(super) trait Day {
    /// The days since 1970-01-01.
    fn days(&self) -> i32;
}

/// A time of day.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
pub(super) trait InDay {
    /// The nanoseconds since midnight.
    fn nanos(&self) -> u64;
}

/// A length of time.
pub(super) trait Length {
    /// The milliseconds, floored; `None` beyond 64 bits.
    fn millis(&self) -> Option<i64>;
}

pub(super) const YEAR: &str = "lies outside the years 0000 to 9999, which is all that its text can carry";

#[inline(always)]
pub(super) fn check(units: Option<i64>, unit: TimeUnit, at: &Path<'_>, checker: &mut Checker) {
    let Some(units) = units else {
        return checker.violation(at, "lies further from 1970 than 64 bits can count");
    };
    if checker.encoding() == Encoding::Json {
        let (first, last) = MILLIS_WITH_TEXT;
        let millis = match unit {
            TimeUnit::Millis => units,
            TimeUnit::Micros => units.div_euclid(1000),
        };
        if !(first..=last).contains(&millis) {
            checker.violation(at, YEAR);
        }
    }
}

/// The units since midnight; a leap second at the end of the day counts as the last unit before it, because no reader
/// takes a time beyond midnight.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
#[inline]
pub(super) fn in_day(time: &impl InDay, nanos_per_unit: u64) -> i64 {
    const LAST: u64 = 86_400_000_000_000 - 1;
    (time.nanos().min(LAST) / nanos_per_unit).cast_signed()
}
