//! `chrono::DateTime<Utc>` and `chrono::NaiveDate`.

use ::chrono::{DateTime, NaiveDate, Utc};

use super::EventData;
use crate::encode::{avro, json};
use crate::event::Encoding;
use crate::schema::{Shape, TimeUnit};
use crate::validate::{Checker, Path};

impl EventData for DateTime<Utc> {
    const SHAPE: Shape = Shape::Timestamp(TimeUnit::Millis);

    #[inline(always)]
    fn check(&self, at: &Path<'_>, checker: &mut Checker) {
        let (first, last) = json::MILLIS_WITH_TEXT;
        if checker.encoding() == Encoding::Json && !(first..=last).contains(&self.timestamp_millis()) {
            checker.violation(at, YEAR);
        }
    }

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        // Floors, before 1970 too: chrono counts the fraction upwards from the second below.
        avro::long(self.timestamp_millis(), out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::timestamp_millis(self.timestamp_millis(), out);
    }
}

impl EventData for NaiveDate {
    const SHAPE: Shape = Shape::Date;

    #[inline(always)]
    fn check(&self, at: &Path<'_>, checker: &mut Checker) {
        let (first, last) = json::DAYS_WITH_TEXT;
        if checker.encoding() == Encoding::Json && !(first..=last).contains(&i64::from(days(self))) {
            checker.violation(at, YEAR);
        }
    }

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        avro::long(i64::from(days(self)), out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::date(days(self), out);
    }
}

const YEAR: &str = "lies outside the years 0000 to 9999, which is all that its text can carry";

/// The days since 1970-01-01.
#[inline]
fn days(date: &NaiveDate) -> i32 {
    date.to_epoch_days()
}
