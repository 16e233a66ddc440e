//! How values read.
//!
//! Knows no cursor and no schema but the logical type.

use std::fmt::Write as _;

use super::bytes::Cursor;
use crate::schema::avsc::Logical;

/// More bytes of a decimal are shown as bytes: their digits cost time by the square.
const MOST_DECIMAL_BYTES: usize = 256;

pub(super) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// A text in quotes, with JSON's escapes.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// An `int` or `long`.
pub(super) fn number(value: i64, logical: Option<&Logical>) -> String {
    match logical {
        Some(Logical::Date) => date(value),
        Some(Logical::TimeMillis) => time_of_day(value, 3),
        Some(Logical::TimeMicros) => time_of_day(value, 6),
        Some(Logical::TimestampMillis) => timestamp(value, 3) + "Z",
        Some(Logical::TimestampMicros) => timestamp(value, 6) + "Z",
        Some(Logical::TimestampNanos) => timestamp(value, 9) + "Z",
        Some(Logical::LocalTimestampMillis) => timestamp(value, 3),
        Some(Logical::LocalTimestampMicros) => timestamp(value, 6),
        Some(Logical::LocalTimestampNanos) => timestamp(value, 9),
        _ => value.to_string(),
    }
}

/// `bytes` or a fixed.
pub(super) fn binary(bytes: &[u8], logical: Option<&Logical>) -> String {
    match logical {
        Some(Logical::Decimal { scale, .. }) => decimal(bytes, i64::from(*scale)),
        Some(Logical::BigDecimal) => big_decimal(bytes),
        Some(Logical::Uuid) if bytes.len() == 16 => [0..4, 4..6, 6..8, 8..10, 10..16]
            .map(|part| hex(&bytes[part]))
            .join("-"),
        Some(Logical::Duration) => duration(bytes).unwrap_or_else(|| hex(bytes)),
        _ => hex(bytes),
    }
}

fn duration(bytes: &[u8]) -> Option<String> {
    let part = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some(format!("{} months, {} days, {} ms", part(0)?, part(4)?, part(8)?))
}

/// A length, the unscaled number, the scale.
fn big_decimal(bytes: &[u8]) -> String {
    let mut inner = Cursor { bytes, at: 0 };
    let parts = inner
        .counted("it")
        .and_then(|unscaled| Ok((unscaled, inner.long("it")?)));
    match parts {
        Ok((unscaled, scale)) if inner.at == bytes.len() => decimal(unscaled, scale),
        _ => hex(bytes),
    }
}

/// Big-endian two's complement, with the point before the last `scale` digits.
fn decimal(bytes: &[u8], scale: i64) -> String {
    if bytes.is_empty() || bytes.len() > MOST_DECIMAL_BYTES || !(0..=10_000).contains(&scale) {
        return format!("{} (unscaled), scale {scale}", hex(bytes));
    }
    let negative = bytes[0] & 0x80 != 0;
    let mut magnitude = bytes.to_vec();
    if negative {
        let mut carry = true;
        for byte in magnitude.iter_mut().rev() {
            (*byte, carry) = (!*byte).overflowing_add(u8::from(carry));
        }
    }
    // The lowest digit first.
    let mut digits = Vec::new();
    while magnitude.iter().any(|byte| *byte != 0) {
        let mut rest = 0_u32;
        for byte in &mut magnitude {
            rest = rest << 8 | u32::from(*byte);
            *byte = (rest / 10) as u8;
            rest %= 10;
        }
        digits.push(char::from(b'0' + rest as u8));
    }
    let scale = scale as usize;
    while digits.len() <= scale {
        digits.push('0');
    }
    if scale > 0 {
        digits.insert(scale, '.');
    }
    if negative {
        digits.push('-');
    }
    digits.into_iter().rev().collect()
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
fn date(days: i64) -> String {
    // Years from March 1 of the year 0 on: a leap day is then the last of its year.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day = days.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    if (0..=9999).contains(&year) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:+05}-{month:02}-{day:02}")
    }
}

fn time_of_day(value: i64, digits: u32) -> String {
    let unit = 10_i64.pow(digits);
    if !(0..86_400 * unit).contains(&value) {
        return format!("{value} (no time of day)");
    }
    clock(value, unit, digits)
}

fn clock(value: i64, unit: i64, digits: u32) -> String {
    let (seconds, fraction) = (value / unit, value % unit);
    format!(
        "{:02}:{:02}:{:02}.{fraction:0width$}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        width = digits as usize
    )
}

fn timestamp(value: i64, digits: u32) -> String {
    let unit = 10_i64.pow(digits);
    let day = 86_400 * unit;
    let clock = clock(value.rem_euclid(day), unit, digits);
    format!("{}T{clock}", date(value.div_euclid(day)))
}
