//! Numbers in attributes, exact: `mantissa / 10^scale`.
//!
//! A bound is compared with integers and decimals without rounding and printed as a JSON number, so its text is made
//! canonical here.

/// An exact number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    /// A JSON number without exponent and without zeros at the end.
    pub(crate) text: String,
    pub(crate) mantissa: i64,
    /// The places behind the point, at most [`MAX_SCALE`].
    pub(crate) scale: u32,
    /// The nearest double.
    pub(crate) double: f64,
}

/// More places behind the point than this would overflow the comparison with integers.
pub(crate) const MAX_SCALE: u32 = 9;

impl Number {
    /// The number with these decimal digits: `digits`, `digits.digits`, either with an exponent. `None` if it has more
    /// digits than fit.
    pub(crate) fn parse(digits: &str, negative: bool) -> Option<Self> {
        let (digits, exponent) = match digits.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (digits, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut mantissa = format!("{whole}{fraction}").parse::<i128>().ok()?;
        let mut scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        while scale > 0 && mantissa % 10 == 0 {
            (mantissa, scale) = (mantissa / 10, scale - 1);
        }
        while scale < 0 && mantissa != 0 {
            (mantissa, scale) = (mantissa.checked_mul(10)?, scale + 1);
        }
        let mantissa = i64::try_from(if negative { -mantissa } else { mantissa }).ok()?;
        let scale = u32::try_from(scale.max(0)).ok().filter(|scale| *scale <= MAX_SCALE)?;
        let text = text(mantissa, scale);
        let double = text.parse().ok()?;
        Some(Self {
            text,
            mantissa,
            scale,
            double,
        })
    }

    /// The value in units of `10^-MAX_SCALE`, for comparisons.
    pub(crate) fn units(&self) -> i128 {
        i128::from(self.mantissa) * 10_i128.pow(MAX_SCALE - self.scale)
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.scale == 0
    }
}

fn text(mantissa: i64, scale: u32) -> String {
    let sign = if mantissa < 0 { "-" } else { "" };
    let digits = mantissa.unsigned_abs();
    if scale == 0 {
        return format!("{sign}{digits}");
    }
    let unit = 10_u64.pow(scale);
    format!(
        "{sign}{}.{:0width$}",
        digits / unit,
        digits % unit,
        width = scale as usize
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(digits: &str, negative: bool, expected: Option<(&str, i64, u32)>) {
        let number = Number::parse(digits, negative);
        let parts = number
            .as_ref()
            .map(|number| (number.text.as_str(), number.mantissa, number.scale));
        assert_eq!(parts, expected, "{digits}");
    }

    #[test]
    fn numbers_are_canonical() {
        check("0", true, Some(("0", 0, 0)));
        check("1", false, Some(("1", 1, 0)));
        check("0.50", false, Some(("0.5", 5, 1)));
        check("0.05", true, Some(("-0.05", -5, 2)));
        check("1.0", false, Some(("1", 1, 0)));
        check("1e3", false, Some(("1000", 1000, 0)));
        check("1.5e-3", false, Some(("0.0015", 15, 4)));
        check("0e99", false, Some(("0", 0, 0)));
        check("9223372036854775808", true, Some(("-9223372036854775808", i64::MIN, 0)));
    }

    #[test]
    fn numbers_that_do_not_fit_are_refused() {
        check("9223372036854775808", false, None);
        check("0.0000000001", false, None);
        check("1e19", false, None);
        check("1e2147483648", false, None);
        check("1e-2147483648", false, None);
    }
}
