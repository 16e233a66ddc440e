//! `u64`: no reader has it, so its upper half is a violation.

use super::EventData;
use crate::encode::{avro, json};
use crate::event::Encoding;
use crate::schema::{Integer, Shape};
use crate::validate::{Checker, Path};

impl EventData for u64 {
    const SHAPE: Shape = Shape::Integer(Integer::U64);

    #[inline(always)]
    fn check(&self, at: &Path<'_>, checker: &mut Checker) {
        if checker.encoding() == Encoding::Json && *self > Integer::U64.json_range().1.unsigned_abs() {
            checker.violation(
                at,
                "is beyond 2^53 − 1, where JSON readers lose digits: publish it as Avro, or as text with `as_string`",
            );
        } else if *self > i64::MAX.unsigned_abs() {
            checker.violation(
                at,
                "is beyond 2^63 − 1, the largest integer that readers have: publish it as text with `as_string`",
            );
        }
    }

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        avro::long(self.cast_signed(), out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::integer(self.cast_signed(), out);
    }
}
