//! `rust_decimal::Decimal`, with the precision and the scale that `#[event(decimal(p, s))]` names.

use ::rust_decimal::Decimal;

use super::decimal::{Unscaled, decimal};
use crate::schema::range::pow10;

decimal!(Decimal);

impl Unscaled for Decimal {
    #[inline]
    fn unscaled(&self, scale: u32) -> Option<i128> {
        if self.scale() == scale {
            Some(self.mantissa())
        } else {
            rescaled(self.mantissa(), self.scale(), scale)
        }
    }
}

/// Other units of the same value.
#[cold]
fn rescaled(mantissa: i128, own: u32, scale: u32) -> Option<i128> {
    if own < scale {
        // A value beyond every precision must not pass as one that fits.
        return Some(mantissa.checked_mul(pow10(scale - own)).unwrap_or(i128::MAX));
    }
    let divisor = pow10(own - scale);
    (mantissa % divisor == 0).then(|| mantissa / divisor)
}
