//! `rust_decimal::Decimal`, with the precision and the scale that `#[event(decimal(p, s))]` names.

use rust_decimal::Decimal;

use super::{AsDecimal, EventData};
use crate::encode::{avro, json};
use crate::schema::Shape;
use crate::schema::range::pow10;
use crate::validate::{Checker, Path};

impl<const P: u32, const S: u32> EventData<AsDecimal<P, S>> for Decimal {
    const SHAPE: Shape = {
        assert!(P > 0 && P <= 38, "the precision of a decimal lies between 1 and 38");
        assert!(S <= P, "the scale of a decimal is at most its precision");
        Shape::Decimal { precision: P, scale: S }
    };

    #[inline]
    fn check(&self, at: &Path<'_>, checker: &mut Checker) {
        match unscaled(self, S) {
            None => checker.violation(
                at,
                format_args!("has more than {S} decimal places; round it before publishing"),
            ),
            Some(unscaled) if unscaled.unsigned_abs() >= const { pow10(P).unsigned_abs() } => {
                checker.violation(at, format_args!("has more than {P} digits at {S} decimal places"));
            }
            Some(_) => {}
        }
    }

    #[inline]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        avro::decimal(checked(self, S), out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::decimal(checked(self, S), S, out);
    }
}

/// The value in units of `10^-scale`; `None` if it is finer than they are.
#[inline]
fn unscaled(value: &Decimal, scale: u32) -> Option<i128> {
    if value.scale() == scale {
        Some(value.mantissa())
    } else {
        rescaled(value, scale)
    }
}

#[cold]
fn rescaled(value: &Decimal, scale: u32) -> Option<i128> {
    let (mantissa, own) = (value.mantissa(), value.scale());
    if own < scale {
        // A value beyond every precision must not pass as one that fits.
        return Some(mantissa.checked_mul(pow10(scale - own)).unwrap_or(i128::MAX));
    }
    let divisor = pow10(own - scale);
    (mantissa % divisor == 0).then(|| mantissa / divisor)
}

/// The value, which has passed the check.
#[inline]
fn checked(value: &Decimal, scale: u32) -> i128 {
    let unscaled = unscaled(value, scale);
    debug_assert!(unscaled.is_some(), "encoded without a check");
    unscaled.unwrap_or_default()
}
