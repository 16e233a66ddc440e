//! Regular expressions for decimal numbers within bounds.
//!
//! JSON carries a decimal as a string, of which `minimum` says nothing: here the bounds become digits. The text is
//! canonical (exactly `scale` places, no leading zeros), so that a number has one spelling.

use super::shape::{Bound, Constraint};

/// The pattern that accepts exactly the decimals of this precision and scale within the constraints.
pub(super) fn decimal_pattern(precision: u32, scale: u32, constraints: &[Constraint]) -> String {
    let limit = pow10(precision) - 1;
    let (low, high) = constraints
        .iter()
        .fold((-limit, limit), |(low, high), constraint| match constraint {
            Constraint::Min(bound) => (low.max(units(bound, scale, Rounding::Up)), high),
            Constraint::ExclusiveMin(bound) => (low.max(units(bound, scale, Rounding::Down) + 1), high),
            Constraint::Max(bound) => (low, high.min(units(bound, scale, Rounding::Down))),
            Constraint::ExclusiveMax(bound) => (low, high.min(units(bound, scale, Rounding::Up) - 1)),
            _ => (low, high),
        });
    let text = Text { precision, scale };
    let mut branches = Vec::new();
    if (low, high) == (-limit, limit) {
        branches.push(format!("-?{}", join(&text.between(0, limit))));
    } else {
        if low < 0 {
            // Zero has no sign in the canonical text.
            let branch = join(&text.between(1.max(-high), -low));
            branches.extend((!branch.is_empty()).then(|| format!("-{branch}")));
        }
        if high >= 0 {
            branches.extend(text.between(0.max(low), high));
        }
    }
    if branches.is_empty() {
        // No number lies between the bounds: a pattern that no text matches.
        return "^(?!)$".to_owned();
    }
    format!("^{}$", join(&branches))
}

/// Ten to this power; powers up to 38 fit.
pub(crate) const fn pow10(exponent: u32) -> i128 {
    10_i128.pow(exponent)
}

enum Rounding {
    Up,
    Down,
}

/// More units than any decimal has.
const BEYOND: i128 = pow10(38);

/// The bound in units of `10^-scale`, rounded where it is finer than they are; one beyond every decimal stays beyond.
fn units(bound: &Bound, scale: u32, rounding: Rounding) -> i128 {
    let mantissa = i128::from(bound.mantissa);
    if bound.scale <= scale {
        return mantissa
            .saturating_mul(pow10(scale - bound.scale))
            .clamp(-BEYOND, BEYOND);
    }
    let divisor = pow10(bound.scale - scale);
    match rounding {
        Rounding::Down => mantissa.div_euclid(divisor),
        Rounding::Up => -(-mantissa).div_euclid(divisor),
    }
}

/// The canonical text of unsigned numbers: at least one digit before the point, exactly `scale` behind it.
struct Text {
    precision: u32,
    scale: u32,
}

/// The digits that may stand at one place, both ends included.
type Digits = (u8, u8);

impl Text {
    /// Alternatives that together accept the texts of `low..=high`, in units of `10^-scale`.
    fn between(&self, low: i128, high: i128) -> Vec<String> {
        let shortest = self.scale + 1;
        let longest = self.precision.max(shortest);
        let mut branches = Vec::new();
        let mut whole: Option<(u32, u32)> = None;
        for length in shortest..=longest {
            let least = if length == shortest { 0 } else { pow10(length - 1) };
            // A decimal of 38 places has a zero before them, which makes 39 digits; the number still has 38.
            let most = pow10(length.min(38)) - 1;
            let (from, to) = (low.max(least), high.min(most));
            if from > to {
                continue;
            }
            if length > shortest && (from, to) == (least, most) {
                whole = Some((whole.map_or(length, |(first, _)| first), length));
                continue;
            }
            let mut alternatives = Vec::new();
            same_length(
                &digits(from, length),
                &digits(to, length),
                &mut Vec::new(),
                &mut alternatives,
            );
            branches.extend(alternatives.iter().map(|places| self.print(places)));
        }
        if let Some((first, last)) = whole {
            let (least, most) = (first - self.scale - 1, last - self.scale - 1);
            branches.push(format!("[1-9]{}{}", repeat("[0-9]", least, most), self.fraction()));
        }
        branches
    }

    fn fraction(&self) -> String {
        if self.scale == 0 {
            String::new()
        } else {
            format!("\\.{}", repeat("[0-9]", self.scale, self.scale))
        }
    }

    fn print(&self, places: &[Digits]) -> String {
        let (whole, fraction) = places.split_at(places.len() - self.scale as usize);
        let mut out = runs(whole);
        if !fraction.is_empty() {
            out.push_str("\\.");
            out.push_str(&runs(fraction));
        }
        out
    }
}

fn digits(value: i128, length: u32) -> Vec<u8> {
    (0..length)
        .rev()
        .map(|place| ((value / pow10(place)) % 10) as u8)
        .collect()
}

/// Alternatives for the numbers between two of the same length.
fn same_length(low: &[u8], high: &[u8], prefix: &mut Vec<Digits>, out: &mut Vec<Vec<Digits>>) {
    let free = low.iter().all(|digit| *digit == 0) && high.iter().all(|digit| *digit == 9);
    let ([first_low, rest_low @ ..], [first_high, rest_high @ ..]) = (low, high) else {
        out.push(prefix.clone());
        return;
    };
    if free {
        let mut places = prefix.clone();
        places.extend(low.iter().map(|_| (0, 9)));
        out.push(places);
        return;
    }
    if first_low == first_high {
        with(prefix, (*first_low, *first_low), |prefix| {
            same_length(rest_low, rest_high, prefix, out)
        });
        return;
    }
    let (zeros, nines) = (vec![0; rest_low.len()], vec![9; rest_low.len()]);
    // The lowest and the highest first digit join the middle where their rest is free.
    let mut middle = (*first_low, *first_high);
    if *rest_low != zeros[..] {
        with(prefix, (*first_low, *first_low), |prefix| {
            same_length(rest_low, &nines, prefix, out)
        });
        middle.0 += 1;
    }
    let top = *rest_high != nines[..];
    if top {
        middle.1 -= 1;
    }
    if middle.0 <= middle.1 {
        with(prefix, middle, |prefix| same_length(&zeros, &nines, prefix, out));
    }
    if top {
        with(prefix, (*first_high, *first_high), |prefix| {
            same_length(&zeros, rest_high, prefix, out)
        });
    }
}

fn with(prefix: &mut Vec<Digits>, place: Digits, then: impl FnOnce(&mut Vec<Digits>)) {
    prefix.push(place);
    then(prefix);
    prefix.pop();
}

fn runs(places: &[Digits]) -> String {
    places
        .chunk_by(|a, b| a == b)
        .map(|run| {
            let class = match run[0] {
                (low, high) if low == high => low.to_string(),
                (low, high) => format!("[{low}-{high}]"),
            };
            let count = run.len() as u32;
            repeat(&class, count, count)
        })
        .collect()
}

fn repeat(class: &str, least: u32, most: u32) -> String {
    match (least, most) {
        (1, 1) => class.to_owned(),
        (least, most) if least == most => format!("{class}{{{least}}}"),
        (least, most) => format!("{class}{{{least},{most}}}"),
    }
}

fn join(branches: &[String]) -> String {
    match branches {
        [] => String::new(),
        [branch] => branch.clone(),
        branches => format!("(?:{})", branches.join("|")),
    }
}

#[cfg(test)]
mod tests {
    use regex_lite::Regex;

    use super::*;

    fn text(units: i128, scale: u32) -> String {
        let sign = if units < 0 { "-" } else { "" };
        let magnitude = units.abs();
        if scale == 0 {
            return format!("{sign}{magnitude}");
        }
        format!(
            "{sign}{}.{:0width$}",
            magnitude / pow10(scale),
            magnitude % pow10(scale),
            width = scale as usize
        )
    }

    /// Every number of the precision against every pair of bounds from a small set.
    #[test]
    fn accepts_exactly_the_numbers_between_the_bounds() {
        let bound = |mantissa, scale| Bound {
            text: "",
            mantissa,
            scale,
            double: 0.0,
        };
        for scale in 0..=3 {
            for low in [-1000, -105, -99, -1, 0, 1, 7, 10, 99, 100, 512] {
                for high in [-100, -2, 0, 3, 9, 99, 101, 873, 999, 5000] {
                    let constraints = [Constraint::Min(bound(low, scale)), Constraint::Max(bound(high, scale))];
                    let pattern = decimal_pattern(3, scale, &constraints);
                    if low.max(-999) > high.min(999) {
                        assert_eq!(pattern, "^(?!)$", "{low}..={high}");
                        continue;
                    }
                    let pattern = Regex::new(&pattern).expect(&pattern);
                    for value in -1005..=1005_i64 {
                        let inside = (low..=high).contains(&value) && value.abs() <= 999;
                        let text = text(i128::from(value), scale);
                        let accepted = pattern.is_match(&text);
                        assert_eq!(accepted, inside, "{text} in {low}..={high} of scale {scale}: {pattern}");
                    }
                }
            }
        }
    }

    /// Bounds that no `i128` holds in units of the scale, with decimals of the greatest precision.
    #[test]
    fn bounds_beyond_every_decimal_allow_all_or_nothing() {
        for scale in [0, 19, 20, 29, 30, 37, 38] {
            let most = pow10(38) - 1;
            let values = [-most, -1, 0, 1, most].map(|units| text(units, scale));
            for mantissa in [1_000_000_000, i64::MAX, -1_000_000_000, i64::MIN] {
                let bound = Bound {
                    text: "",
                    mantissa,
                    scale: 0,
                    double: 0.0,
                };
                for (constraint, is_lower) in [
                    (Constraint::Min(bound), true),
                    (Constraint::ExclusiveMin(bound), true),
                    (Constraint::Max(bound), false),
                    (Constraint::ExclusiveMax(bound), false),
                ] {
                    let pattern = decimal_pattern(38, scale, &[constraint]);
                    if pattern == "^(?!)$" {
                        assert!(scale >= 19 && is_lower == (mantissa > 0), "{constraint:?} {scale}");
                        continue;
                    }
                    let regex = Regex::new(&pattern).expect(&pattern);
                    for (value, units) in values.iter().zip([-most, -1, 0, 1, most]) {
                        // In whole numbers, which the small values round to zero.
                        let order = (units / pow10(scale)).cmp(&i128::from(mantissa));
                        let expected = if is_lower { order.is_gt() } else { order.is_lt() };
                        assert_eq!(regex.is_match(value), expected, "{value} {constraint:?}: {pattern}");
                    }
                }
            }
        }
    }

    #[test]
    fn plain_money_reads_well() {
        assert_eq!(
            decimal_pattern(18, 2, &[]),
            r"^-?(?:[0-9]\.[0-9]{2}|[1-9][0-9]{1,15}\.[0-9]{2})$"
        );
        let zero = Bound {
            text: "0",
            mantissa: 0,
            scale: 0,
            double: 0.0,
        };
        assert_eq!(
            decimal_pattern(18, 2, &[Constraint::Min(zero)]),
            r"^(?:[0-9]\.[0-9]{2}|[1-9][0-9]{1,15}\.[0-9]{2})$"
        );
    }

    #[test]
    fn bounds_finer_than_the_scale_are_rounded_inwards() {
        let half = Bound {
            text: "0.005",
            mantissa: 5,
            scale: 3,
            double: 0.005,
        };
        assert_eq!(
            decimal_pattern(3, 2, &[Constraint::Min(half)]),
            decimal_pattern(
                3,
                2,
                &[Constraint::Min(Bound {
                    text: "0.01",
                    mantissa: 1,
                    scale: 2,
                    double: 0.01,
                })]
            )
        );
    }
}
