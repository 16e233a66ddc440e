//! JSON text of the primitive types.
//!
//! Implements: RFC 8259; RFC 3339 for times; RFC 4648 section 4 for bytes.

use std::io::Write as _;

/// Writes a string with its quotes. Only what RFC 8259 demands is escaped.
pub fn string(value: &str, out: &mut Vec<u8>) {
    let bytes = value.as_bytes();
    out.push(b'"');
    if is_plain(bytes) {
        out.extend_from_slice(bytes);
    } else {
        escaped(bytes, out);
    }
    out.push(b'"');
}

/// Whether no byte needs an escape; looks at eight bytes in one step.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    // The highest bit of each byte of a word, and the lowest.
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    const LOW: u64 = u64::from_ne_bytes([0x01; 8]);
    let has_zero = |word: u64| word.wrapping_sub(LOW) & !word & HIGH;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut found = 0;
    for word in words {
        let word = u64::from_ne_bytes(*word);
        let control = word.wrapping_sub(LOW * 0x20) & !word & HIGH;
        found |= control | has_zero(word ^ (LOW * 0x22)) | has_zero(word ^ (LOW * 0x5c));
    }
    // A borrow reaches the next byte only from one that is rightly found: there is no false alarm without a true one.
    found == 0 && !rest.iter().any(|byte| needs_escape(*byte))
}

#[inline(always)]
fn needs_escape(byte: u8) -> bool {
    // Every byte of a multi-byte character is above 0x7f.
    byte < b' ' || byte == b'"' || byte == b'\\'
}

#[cold]
fn escaped(bytes: &[u8], out: &mut Vec<u8>) {
    let mut written = 0;
    for (index, byte) in bytes.iter().enumerate() {
        if needs_escape(*byte) {
            out.extend_from_slice(&bytes[written..index]);
            written = index + 1;
            escape(*byte, out);
        }
    }
    out.extend_from_slice(&bytes[written..]);
}

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
    // Nineteen digits and the sign.
    let mut text = [0; 20];
    let mut first = text.len();
    let mut rest = value.unsigned_abs();
    loop {
        first -= 1;
        text[first] = digit(rest);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        first -= 1;
        text[first] = b'-';
    }
    out.extend_from_slice(&text[first..]);
}

/// Writes the digits of a whole number of any width, with a minus if it is negative.
pub fn digits(negative: bool, magnitude: u128, out: &mut Vec<u8>) {
    // Thirty-nine digits and the sign.
    let mut text = [0; 40];
    let mut first = text.len();
    let mut wide = magnitude;
    // Nearly every value fits 64 bits, whose division is many times cheaper.
    while wide > u128::from(u64::MAX) {
        first -= 1;
        text[first] = digit((wide % 10) as u64);
        wide /= 10;
    }
    let mut rest = wide as u64;
    loop {
        first -= 1;
        text[first] = digit(rest);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if negative {
        first -= 1;
        text[first] = b'-';
    }
    out.extend_from_slice(&text[first..]);
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
    // Nearly every value fits 64 bits, whose division is many times cheaper.
    match u64::try_from(unscaled.unsigned_abs()) {
        Ok(mut rest) => places(unscaled < 0, scale, out, || {
            let last = digit(rest);
            rest /= 10;
            (last, rest == 0)
        }),
        Err(_) => wide_decimal(unscaled, scale, out),
    }
}

/// As [`decimal`], without quotes.
pub fn decimal_number(unscaled: i128, scale: u32, out: &mut Vec<u8>) {
    let start = out.len();
    decimal(unscaled, scale, out);
    out.pop();
    out.remove(start);
}

#[cold]
fn wide_decimal(unscaled: i128, scale: u32, out: &mut Vec<u8>) {
    let mut rest = unscaled.unsigned_abs();
    places(unscaled < 0, scale, out, || {
        let last = b'0' + (rest % 10) as u8;
        rest /= 10;
        (last, rest == 0)
    });
}

/// Writes the digits that come from behind, each with whether all before it are zero.
#[inline(always)]
fn places(negative: bool, scale: u32, out: &mut Vec<u8>, mut next: impl FnMut() -> (u8, bool)) {
    // At most 39 digits, as no scale is beyond 38; the point, the sign, the quotes.
    let mut text = [b'"'; 43];
    let mut first = text.len() - 1;
    let mut put = |byte: u8| {
        first -= 1;
        text[first] = byte;
    };
    for _ in 0..scale {
        put(next().0);
    }
    if scale > 0 {
        put(b'.');
    }
    loop {
        let (digit, last) = next();
        put(digit);
        if last {
            break;
        }
    }
    if negative {
        put(b'-');
    }
    out.extend_from_slice(&text[first - 1..]);
}

/// Writes milliseconds since 1970-01-01T00:00:00Z as `2024-02-29T12:30:00.000Z`.
#[inline]
pub fn timestamp_millis(millis: i64, out: &mut Vec<u8>) {
    let (days, in_day) = (
        millis.div_euclid(MILLIS_PER_DAY),
        millis.rem_euclid(MILLIS_PER_DAY) as u64,
    );
    let mut text = *b"\"0000-00-00T00:00:00.000Z\"";
    text[1..11].copy_from_slice(&civil(days));
    text[12..14].copy_from_slice(&pair(in_day / 3_600_000));
    text[15..17].copy_from_slice(&pair(in_day / 60_000 % 60));
    text[18..20].copy_from_slice(&pair(in_day / 1000 % 60));
    text[21] = digit(in_day % 1000 / 100);
    text[22..24].copy_from_slice(&pair(in_day % 100));
    out.extend_from_slice(&text);
}

/// Writes days since 1970-01-01 as `2024-02-29`.
#[inline]
pub fn date(days: i32, out: &mut Vec<u8>) {
    let mut text = *b"\"0000-00-00\"";
    text[1..11].copy_from_slice(&civil(i64::from(days)));
    out.extend_from_slice(&text);
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

/// The day as year, month and day of the Gregorian calendar.
///
/// Years run from March here, so that the leap day comes last; an era is 400 years.
pub(super) fn civil(days: i64) -> [u8; 10] {
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
    let year = (year_of_era + era * 400 + i64::from(month <= 2)).unsigned_abs();
    let ([a, b], [c, d]) = (pair(year / 100), pair(year));
    let ([e, f], [g, h]) = (pair(month.unsigned_abs()), pair(day.unsigned_abs()));
    [a, b, c, d, b'-', e, f, b'-', g, h]
}

/// The last two digits.
#[inline(always)]
pub(super) fn pair(value: u64) -> [u8; 2] {
    [digit(value / 10), digit(value)]
}

/// The last digit.
#[inline(always)]
fn digit(value: u64) -> u8 {
    b'0' + (value % 10) as u8
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

    /// Every byte at every place of the words in which texts are looked at.
    #[test]
    fn escapes_stand_anywhere() {
        for length in 1..=17 {
            for place in 0..length {
                for byte in 0..0x80_u8 {
                    let mut text = "~".repeat(length);
                    text.replace_range(place..=place, char::from(byte).encode_utf8(&mut [0; 4]));
                    assert_eq!(is_plain(text.as_bytes()), !needs_escape(byte), "{text:?}");
                    let mut out = Vec::new();
                    string(&text, &mut out);
                    assert_eq!(serde_json::from_slice::<String>(&out).ok(), Some(text));
                }
            }
        }
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
        let (most, least) = (i128::MAX.to_string(), i128::MIN.to_string());
        check(|out| decimal(i128::MAX, 0, out), &format!("\"{most}\""));
        check(
            |out| decimal(i128::MAX, 38, out),
            &format!("\"{}.{}\"", &most[..1], &most[1..]),
        );
        check(
            |out| decimal(i128::MIN, 2, out),
            &format!("\"{}.{}\"", &least[..38], &least[38..]),
        );
        let beyond = i128::from(u64::MAX) + 1;
        check(|out| decimal(-beyond, 20, out), "\"-0.18446744073709551616\"");
        check(
            |out| decimal(-beyond, 38, out),
            "\"-0.00000000000000000018446744073709551616\"",
        );
        check(
            |out| decimal(1 - beyond, 38, out),
            "\"-0.00000000000000000018446744073709551615\"",
        );
        check(|out| decimal(beyond - 1, 19, out), "\"1.8446744073709551615\"");
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
            assert_eq!(civil(days), format!("{year:04}-{month:02}-{day:02}").as_bytes());
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
