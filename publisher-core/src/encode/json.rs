//! JSON text of the primitive types.
//!
//! Implements: RFC 8259; RFC 3339 for times; RFC 4648 section 4 for bytes.

use std::io::Write as _;

/// Writes a string with its quotes. Only what RFC 8259 demands is escaped.
pub fn string(value: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = value.as_bytes();
    let mut written = 0;
    for (index, byte) in bytes.iter().enumerate() {
        // Every byte of a multi-byte character is above 0x7f, so this never splits one.
        if *byte >= b' ' && *byte != b'"' && *byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[written..index]);
        written = index + 1;
        escape(*byte, out);
    }
    out.extend_from_slice(&bytes[written..]);
    out.push(b'"');
}

#[cold]
fn escape(byte: u8, out: &mut Vec<u8>) {
    match byte {
        b'"' => out.extend_from_slice(b"\\\""),
        b'\\' => out.extend_from_slice(b"\\\\"),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        _ => {
            out.extend_from_slice(b"\\u00");
            out.push(HEX[usize::from(byte >> 4)]);
            out.push(HEX[usize::from(byte & 0xf)]);
        }
    }
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Writes a whole number.
#[inline]
pub fn integer(value: i64, out: &mut Vec<u8>) {
    if value < 0 {
        out.push(b'-');
    }
    unsigned(u128::from(value.unsigned_abs()), 1, out);
}

/// Writes the digits of a whole number of any width, with a minus if it is negative.
#[inline]
pub fn digits(negative: bool, magnitude: u128, out: &mut Vec<u8>) {
    if negative {
        out.push(b'-');
    }
    unsigned(magnitude, 1, out);
}

/// Writes a number with its shortest text that reads back equal. Infinity and NaN have none: the check refuses them.
#[inline]
pub fn double(value: f64, out: &mut Vec<u8>) {
    // `Debug` is the shortest text that reads back equal, with an exponent where plain digits would be long.
    // Writing to a Vec cannot fail.
    let _ = write!(out, "{value:?}");
}

/// As [`double`], with the shortest text for a `f32`.
#[inline]
pub fn float(value: f32, out: &mut Vec<u8>) {
    let _ = write!(out, "{value:?}");
}

/// Writes `true` or `false`.
#[inline]
pub fn boolean(value: bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

/// Writes `null`.
#[inline]
pub fn null(out: &mut Vec<u8>) {
    out.extend_from_slice(b"null");
}

/// Writes a decimal of this scale as a string with exactly that many places.
#[inline]
pub fn decimal(unscaled: i128, scale: u32, out: &mut Vec<u8>) {
    out.push(b'"');
    decimal_number(unscaled, scale, out);
    out.push(b'"');
}

/// As [`decimal`], without quotes.
pub fn decimal_number(unscaled: i128, scale: u32, out: &mut Vec<u8>) {
    if unscaled < 0 {
        out.push(b'-');
    }
    let start = out.len();
    unsigned(unscaled.unsigned_abs(), scale as usize + 1, out);
    if scale > 0 {
        let point = out.len() - scale as usize;
        debug_assert!(point > start);
        out.insert(point, b'.');
    }
}

/// Writes milliseconds since 1970-01-01T00:00:00Z as `2024-02-29T12:30:00.000Z`.
pub fn timestamp_millis(millis: i64, out: &mut Vec<u8>) {
    let (days, in_day) = (
        millis.div_euclid(MILLIS_PER_DAY),
        millis.rem_euclid(MILLIS_PER_DAY) as u64,
    );
    out.push(b'"');
    civil(days, out);
    out.push(b'T');
    padded(in_day / 3_600_000, 2, out);
    out.push(b':');
    padded(in_day / 60_000 % 60, 2, out);
    out.push(b':');
    padded(in_day / 1000 % 60, 2, out);
    out.push(b'.');
    padded(in_day % 1000, 3, out);
    out.extend_from_slice(b"Z\"");
}

/// Writes days since 1970-01-01 as `2024-02-29`.
pub fn date(days: i32, out: &mut Vec<u8>) {
    out.push(b'"');
    civil(i64::from(days), out);
    out.push(b'"');
}

/// Writes a list as an array.
#[inline]
pub fn items<'a, T: 'a>(list: impl IntoIterator<Item = &'a T>, out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    out.push(b'[');
    for (index, item) in list.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(b']');
}

/// Writes entries with string keys as an object.
#[inline]
pub fn entries<'a, V: 'a>(
    entries: impl IntoIterator<Item = (&'a str, &'a V)>,
    out: &mut Vec<u8>,
    write: impl Fn(&V, &mut Vec<u8>),
) {
    out.push(b'{');
    for (index, (key, value)) in entries.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        string(key, out);
        out.push(b':');
        write(value, out);
    }
    out.push(b'}');
}

/// The milliseconds of a day.
const MILLIS_PER_DAY: i64 = 86_400_000;

/// The days since 1970-01-01 that have a four-digit year, first and last (RFC 3339 has no other).
pub const DAYS_WITH_TEXT: (i64, i64) = (-719_528, 2_932_896);

/// The milliseconds since 1970-01-01T00:00:00Z that have a four-digit year, first and last.
pub const MILLIS_WITH_TEXT: (i64, i64) = (
    DAYS_WITH_TEXT.0 * MILLIS_PER_DAY,
    (DAYS_WITH_TEXT.1 + 1) * MILLIS_PER_DAY - 1,
);

/// Writes bytes as a base64 string.
pub fn bytes(value: &[u8], out: &mut Vec<u8>) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out.push(b'"');
    for chunk in value.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = if place > chunk.len() {
                b'='
            } else {
                ALPHABET[(group >> (18 - 6 * place) & 0x3f) as usize]
            };
            out.push(digit);
        }
    }
    out.push(b'"');
}

/// Writes the day as year, month and day of the Gregorian calendar.
///
/// Years run from March here, so that the leap day comes last; an era is 400 years.
pub(super) fn civil(days: i64, out: &mut Vec<u8>) {
    let shifted = days - DAYS_WITH_TEXT.0 - 60;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    padded(year.unsigned_abs(), 4, out);
    out.push(b'-');
    padded(month.unsigned_abs(), 2, out);
    out.push(b'-');
    padded(day.unsigned_abs(), 2, out);
}

#[inline]
pub(super) fn padded(value: u64, width: usize, out: &mut Vec<u8>) {
    unsigned(u128::from(value), width, out);
}

/// Writes digits, with zeros in front up to `width`.
fn unsigned(value: u128, width: usize, out: &mut Vec<u8>) {
    let mut digits = [b'0'; 40];
    let mut first = digits.len();
    let mut wide = value;
    // Nearly every value fits 64 bits, whose division is many times cheaper.
    while wide > u128::from(u64::MAX) {
        first -= 1;
        digits[first] = b'0' + (wide % 10) as u8;
        wide /= 10;
    }
    let mut rest = wide as u64;
    while rest > 0 {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    first = first.min(digits.len() - width.min(digits.len()));
    out.extend_from_slice(&digits[first..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(write: impl Fn(&mut Vec<u8>), expected: &str) {
        let mut out = Vec::new();
        write(&mut out);
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn strings() {
        check(|out| string("plain é 😀", out), r#""plain é 😀""#);
        check(
            |out| string("a\"b\\c\nd\u{1}\u{1f}\u{7f}", out),
            "\"a\\\"b\\\\c\\nd\\u0001\\u001f\u{7f}\"",
        );
    }

    #[test]
    fn numbers() {
        for value in [0, 1, -1, 10, 123_456_789, i64::MAX, i64::MIN] {
            check(|out| integer(value, out), &value.to_string());
        }
        for (value, text) in [
            (0.1, "0.1"),
            (1.0, "1.0"),
            (1e300, "1e300"),
            (1e-9, "1e-9"),
            (-0.0, "-0.0"),
        ] {
            check(|out| double(value, out), text);
        }
        check(|out| float(0.1, out), "0.1");
    }

    #[test]
    fn decimals() {
        for (unscaled, scale, text) in [
            (5, 2, "0.05"),
            (-1234, 2, "-12.34"),
            (0, 2, "0.00"),
            (7, 0, "7"),
            (-5, 3, "-0.005"),
        ] {
            check(|out| decimal(unscaled, scale, out), &format!("\"{text}\""));
        }
        check(|out| decimal(i128::MAX, 0, out), &format!("\"{}\"", i128::MAX));
    }

    #[test]
    fn times() {
        check(|out| timestamp_millis(0, out), "\"1970-01-01T00:00:00.000Z\"");
        check(|out| timestamp_millis(-1, out), "\"1969-12-31T23:59:59.999Z\"");
        check(
            |out| timestamp_millis(1_709_209_800_123, out),
            "\"2024-02-29T12:30:00.123Z\"",
        );
        check(
            |out| timestamp_millis(MILLIS_WITH_TEXT.0, out),
            "\"0000-01-01T00:00:00.000Z\"",
        );
        check(
            |out| timestamp_millis(MILLIS_WITH_TEXT.1, out),
            "\"9999-12-31T23:59:59.999Z\"",
        );
        check(|out| date(-1, out), "\"1969-12-31\"");
        check(|out| date(19_782, out), "\"2024-02-29\"");
    }

    /// Every day of the range follows the one before it.
    #[test]
    fn calendar() {
        let leap = |year: u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let (mut year, mut month, mut day) = (0, 1, 1);
        for days in DAYS_WITH_TEXT.0..=DAYS_WITH_TEXT.1 {
            let mut out = Vec::new();
            civil(days, &mut out);
            assert_eq!(out, format!("{year:04}-{month:02}-{day:02}").as_bytes());
            let length = match month {
                2 => 28 + u32::from(leap(year)),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            day += 1;
            if day > length {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
    }

    #[test]
    fn base64() {
        for (value, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            check(|out| bytes(value.as_bytes(), out), &format!("\"{text}\""));
        }
    }
}
