//! `rust_decimal::Decimal`, with the precision and the scale that `#[event(decimal(p, s))]` names.

use ::rust_decimal::Decimal;

use super::decimal::{Unscaled, decimal, rescaled};

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
