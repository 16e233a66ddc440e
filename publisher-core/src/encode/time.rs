//! The text of times in JSON, in milliseconds or microseconds.
//!
//! Implements: RFC 3339; local times are the same without the offset (ISO 8601).

use super::json;
use crate::schema::TimeUnit;

/// Writes an instant: `2024-02-29T12:30:00.000Z`.
#[inline]
pub fn instant(units: i64, unit: TimeUnit, out: &mut Vec<u8>) {
    match unit {
        TimeUnit::Millis => json::timestamp_millis(units, out),
        TimeUnit::Micros => {
            out.push(b'"');
            date_and_time(units, unit, out);
            out.extend_from_slice(b"Z\"");
        }
    }
}

/// Writes a date and time of no zone: `2024-02-29T12:30:00.000`.
pub fn local(units: i64, unit: TimeUnit, out: &mut Vec<u8>) {
    out.push(b'"');
    date_and_time(units, unit, out);
    out.push(b'"');
}

/// Writes a time of day: `12:30:00.000`.
pub fn time_of_day(units: i64, unit: TimeUnit, out: &mut Vec<u8>) {
    out.push(b'"');
    time(units, unit, out);
    out.push(b'"');
}

fn date_and_time(units: i64, unit: TimeUnit, out: &mut Vec<u8>) {
    let per_day = 86_400 * per_second(unit);
    out.extend_from_slice(&json::civil(units.div_euclid(per_day)));
    out.push(b'T');
    time(units.rem_euclid(per_day), unit, out);
}

fn time(units: i64, unit: TimeUnit, out: &mut Vec<u8>) {
    let units = units.unsigned_abs();
    let per_second = per_second(unit).unsigned_abs();
    let (seconds, mut fraction) = (units / per_second, units % per_second);
    let ([a, b], [c, d]) = (json::pair(seconds / 3600), json::pair(seconds / 60 % 60));
    let [e, f] = json::pair(seconds % 60);
    out.extend_from_slice(&[a, b, b':', c, d, b':', e, f, b'.']);
    let mut places = [b'0'; 6];
    let places = match unit {
        TimeUnit::Millis => &mut places[..3],
        TimeUnit::Micros => &mut places[..],
    };
    for place in places.iter_mut().rev() {
        *place = b'0' + (fraction % 10) as u8;
        fraction /= 10;
    }
    out.extend_from_slice(places);
}

const fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Millis => 1_000,
        TimeUnit::Micros => 1_000_000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::TimeUnit::{Micros, Millis};

    fn check(write: impl Fn(&mut Vec<u8>), expected: &str) {
        let mut out = Vec::new();
        write(&mut out);
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn times() {
        check(|out| instant(-1, Millis, out), "\"1969-12-31T23:59:59.999Z\"");
        check(|out| instant(-1, Micros, out), "\"1969-12-31T23:59:59.999999Z\"");
        check(
            |out| local(1_709_209_800_123, Millis, out),
            "\"2024-02-29T12:30:00.123\"",
        );
        check(
            |out| local(1_709_209_800_123_456, Micros, out),
            "\"2024-02-29T12:30:00.123456\"",
        );
        check(|out| time_of_day(86_399_999, Millis, out), "\"23:59:59.999\"");
        check(|out| time_of_day(1, Micros, out), "\"00:00:00.000001\"");
    }
}
