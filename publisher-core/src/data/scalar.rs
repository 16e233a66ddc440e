//! Booleans, integers, floats.

use super::EventData;
use crate::encode::{avro, json};
use crate::event::Encoding;
use crate::schema::{Integer, Shape};
use crate::validate::{Checker, Path};

impl EventData for bool {
    const SHAPE: Shape = Shape::Boolean;
    const CHECKED: bool = false;

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        avro::boolean(*self, out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::boolean(*self, out);
    }
}

macro_rules! integer {
    ($($integer:ty => $width:ident),*) => {$(
        impl EventData for $integer {
            const SHAPE: Shape = Shape::Integer(Integer::$width);
            const CHECKED: bool = false;

            #[inline(always)]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                avro::long(i64::from(*self), out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                json::integer(i64::from(*self), out);
            }
        }
    )*};
}
integer!(i8 => I8, i16 => I16, i32 => I32, u16 => U16, u32 => U32);

impl EventData for i64 {
    const SHAPE: Shape = Shape::Integer(Integer::I64);

    #[inline(always)]
    fn check(&self, at: &Path<'_>, checker: &mut Checker) {
        let (min, max) = Integer::I64.json_range();
        if checker.encoding() == Encoding::Json && !(min..=max).contains(self) {
            checker.violation(
                at,
                "is beyond ±(2^53 − 1), where JSON readers lose digits: publish it as Avro, or as text with `as_string`",
            );
        }
    }

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        avro::long(*self, out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::integer(*self, out);
    }
}

macro_rules! float {
    ($($float:ty => $shape:ident, $encode:ident);*) => {$(
        impl EventData for $float {
            const SHAPE: Shape = Shape::$shape;

            #[inline(always)]
            fn check(&self, at: &Path<'_>, checker: &mut Checker) {
                if checker.encoding() == Encoding::Json && !self.is_finite() {
                    checker.violation(at, "is not a finite number, which is all that JSON can carry");
                }
            }

            #[inline(always)]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                avro::$encode(*self, out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                json::$encode(*self, out);
            }
        }
    )*};
}
float!(f32 => Float, float; f64 => Double, double);
