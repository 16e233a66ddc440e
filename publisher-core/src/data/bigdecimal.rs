//! `bigdecimal::BigDecimal`, with the precision and the scale that `#[event(decimal(p, s))]` names.

use std::cmp::Ordering;

use ::bigdecimal::BigDecimal;
use ::bigdecimal::num_bigint::BigInt;
use ::bigdecimal::num_traits::ToPrimitive as _;

use super::decimal::{Unscaled, decimal};
use crate::schema::Bound;
use crate::schema::range::pow10;
use crate::validate::Numeric;

decimal!(BigDecimal);

impl Numeric for BigDecimal {
    fn satisfies(&self, bound: &Bound, accept: fn(Ordering) -> bool) -> bool {
        accept(self.cmp(&Self::new(bound.mantissa.into(), bound.scale.into())))
    }
}

impl Unscaled for BigDecimal {
    fn unscaled(&self, scale: u32) -> Option<i128> {
        let (digits, own) = self.as_bigint_and_exponent();
        if i64::from(scale) >= own {
            // A value beyond every precision must not pass as one that fits.
            let factor = places(scale, own);
            let scaled = |factor: i128| digits.to_i128()?.checked_mul(factor);
            return match factor {
                Some(places) => Some(scaled(pow10(places)).unwrap_or(i128::MAX)),
                None if digits == BigInt::ZERO => Some(0),
                None => Some(i128::MAX),
            };
        }
        // Only zeros may stand behind the last place.
        let (digits, own) = self.normalized().into_bigint_and_exponent();
        if own > i64::from(scale) {
            return None;
        }
        let value = places(scale, own).and_then(|places| digits.to_i128()?.checked_mul(pow10(places)));
        Some(value.unwrap_or(if digits == BigInt::ZERO { 0 } else { i128::MAX }))
    }
}

/// How many places the scale has more, if a power of ten has as many. An exponent can be any number of 64 bits.
fn places(scale: u32, own: i64) -> Option<u32> {
    let places = i64::from(scale).checked_sub(own)?;
    u32::try_from(places).ok().filter(|places| *places <= 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_of_every_size() {
        let check = |digits: i64, own: i64, expected| {
            assert_eq!(
                BigDecimal::new(digits.into(), own).unscaled(2),
                expected,
                "{digits}, {own}"
            );
        };
        check(7, i64::MIN, Some(i128::MAX));
        check(0, i64::MIN, Some(0));
        check(7, -100, Some(i128::MAX));
        check(7, 0, Some(700));
        check(7, 3, None);
        check(70, 3, Some(7));
    }
}
