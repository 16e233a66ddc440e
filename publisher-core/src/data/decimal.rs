//! Decimals by one rule for all crates: exactly `scale` places and at most `precision` digits, or a violation; never
//! rounded. Each crate's file says how many units its values are and calls the macro.

use crate::schema::{DecimalForm, Shape};

/// `EventData` for a type that is [`Unscaled`]: as a string in JSON, and as a number.
macro_rules! decimal {
    ($type:ty) => {
        crate::data::decimal::decimal!($type, AsDecimal, String, decimal);
        crate::data::decimal::decimal!($type, AsDecimalNumber, Number, decimal_number);
    };
    ($type:ty, $conversion:ident, $form:ident, $text:ident) => {
        impl<const P: u32, const S: u32> crate::EventData<crate::$conversion<P, S>> for $type {
            const SHAPE: crate::schema::Shape = crate::data::decimal::shape(P, S, crate::schema::DecimalForm::$form);

            #[inline]
            fn check(&self, at: &crate::validate::Path<'_>, checker: &mut crate::validate::Checker) {
                match crate::data::decimal::Unscaled::unscaled(self, S) {
                    None => checker.violation(
                        at,
                        format_args!("has more than {S} decimal places: round it before publishing"),
                    ),
                    Some(unscaled)
                        if unscaled.unsigned_abs() >= const { crate::schema::range::pow10(P).unsigned_abs() } =>
                    {
                        checker.violation(at, format_args!("has more than {P} digits at {S} decimal places"));
                    }
                    Some(_) => {}
                }
            }

            #[inline]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                crate::encode::avro::decimal(crate::data::decimal::checked(self, S), out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                crate::encode::json::$text(crate::data::decimal::checked(self, S), S, out);
            }
        }
    };
}

pub(super) use decimal;

/// A decimal that can be counted in units.
pub(super) trait Unscaled {
    /// The value in units of `10^-scale`; `None` if it is finer than they are, `i128::MAX` if it is beyond all of them.
    fn unscaled(&self, scale: u32) -> Option<i128>;
}

pub(super) const fn shape(precision: u32, scale: u32, json: DecimalForm) -> Shape {
    assert!(
        precision > 0 && precision <= 38,
        "the precision of a decimal lies between 1 and 38"
    );
    assert!(scale <= precision, "the scale of a decimal is at most its precision");
    Shape::Decimal { precision, scale, json }
}

/// The value, which has passed the check.
#[inline]
pub(super) fn checked(value: &impl Unscaled, scale: u32) -> i128 {
    let unscaled = value.unscaled(scale);
    debug_assert!(unscaled.is_some(), "encoded without a check");
    unscaled.unwrap_or_default()
}
