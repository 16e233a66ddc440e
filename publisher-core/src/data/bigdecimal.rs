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

impl Unscaled for BigDecimal {
    fn unscaled(&self, scale: u32) -> Option<i128> {
        let (digits, own) = self.as_bigint_and_exponent();
        if i64::from(scale) >= own {
            // A value beyond every precision must not pass as one that fits.
            let factor = u32::try_from(i64::from(scale) - own)
                .ok()
                .filter(|places| *places <= 38);
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
        let places = u32::try_from(i64::from(scale) - own)
            .ok()
            .filter(|places| *places <= 38);
        let value = places.and_then(|places| digits.to_i128()?.checked_mul(pow10(places)));
        Some(value.unwrap_or(if digits == BigInt::ZERO { 0 } else { i128::MAX }))
    }
}

impl Numeric for BigDecimal {
    #[inline]
    fn satisfies(&self, bound: &Bound, accept: fn(Ordering) -> bool) -> bool {
        accept(self.cmp(&Self::new(bound.mantissa.into(), bound.scale.into())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_exact_and_cheap_at_any_exponent() {
        let bound = Bound {
            text: "-1.5",
            mantissa: -15,
            scale: 1,
            double: -1.5,
        };
        for (text, expected) in [
            ("-1.50", Ordering::Equal),
            (
                "-1.50000000000000000000000000000000000000000000000000001",
                Ordering::Less,
            ),
            ("-1.4999999999999999999", Ordering::Greater),
            ("0", Ordering::Greater),
            ("-1e999999999999", Ordering::Less),
            ("-1e-999999999999", Ordering::Greater),
        ] {
            let value: BigDecimal = text.parse().expect("a decimal");
            for order in [Ordering::Less, Ordering::Equal, Ordering::Greater] {
                let accept = match order {
                    Ordering::Less => Ordering::is_lt,
                    Ordering::Equal => Ordering::is_eq,
                    Ordering::Greater => Ordering::is_gt,
                };
                assert_eq!(value.satisfies(&bound, accept), order == expected, "{text} {order:?}");
            }
        }
    }
}
