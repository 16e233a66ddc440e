//! `as_string` for integers: their decimal digits, of every width and without loss in any reader.

use std::num::NonZero;

use super::{AsString, EventData};
use crate::encode::json;
use crate::schema::contract::default::DIGITS;
use crate::schema::{Constraint, Shape};

macro_rules! digits {
    ($($integer:ident),* => |$value:ident| $parts:expr) => {$(
        impl EventData<AsString> for $integer {
            const SHAPE: Shape = TEXT;
            const CHECKED: bool = false;

            #[inline]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                let $value = *self;
                avro($parts, out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                let $value = *self;
                text($parts, out);
            }
        }

        impl EventData<AsString> for NonZero<$integer> {
            const SHAPE: Shape = TEXT;
            const CHECKED: bool = false;

            #[inline]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                EventData::<AsString>::encode_avro(&self.get(), out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                EventData::<AsString>::encode_json(&self.get(), out);
            }
        }
    )*};
}
digits!(i8, i16, i32, i64, isize => |value| (value < 0, value.unsigned_abs() as u128));
digits!(i128 => |value| (value < 0, value.unsigned_abs()));
digits!(u8, u16, u32, u64, usize => |value| (false, value as u128));
digits!(u128 => |value| (false, value));

/// The shape of them all.
const TEXT: Shape = Shape::Constrained {
    shape: &Shape::String,
    constraints: &[Constraint::Pattern(DIGITS)],
};

/// A `string`, whose length is known when the digits stand.
fn avro((negative, magnitude): (bool, u128), out: &mut Vec<u8>) {
    let start = out.len();
    out.push(0);
    json::digits(negative, magnitude, out);
    // The longest, `i128::MIN`, has 40 characters: their number is one byte, zig-zag encoded.
    let length = out.len() - start - 1;
    out[start] = (length << 1) as u8;
}

fn text((negative, magnitude): (bool, u128), out: &mut Vec<u8>) {
    out.push(b'"');
    json::digits(negative, magnitude, out);
    out.push(b'"');
}
