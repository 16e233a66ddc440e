//! Reads the header `Retry-After`.
//!
//! Pure: the present time comes in as an argument.
//!
//! Implements: RFC 9110 section 10.2.3, with the preferred form of a date (section 5.6.7, IMF-fixdate) alone: the two
//! obsolete forms count as no header.

use std::time::{Duration, SystemTime};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// How long to wait from `now`; nothing for a date that has passed, `None` for a text that is neither a number nor a
/// date.
pub(super) fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number too large for us is still a wish to wait for long.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let date = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(since_epoch(value)?))?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// The seconds since 1970 of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`.
fn since_epoch(date: &str) -> Option<u64> {
    let (_, rest) = date.split_once(", ")?;
    let parts = rest.split(' ').collect::<Vec<_>>();
    let [day, month, year, time, "GMT"] = parts[..] else {
        return None;
    };
    let time = time.split(':').collect::<Vec<_>>();
    let [hour, minute, second] = time[..] else {
        return None;
    };
    let month = MONTHS.iter().position(|name| *name == month)?;
    let (day, year) = (number(day, 2, 31)?, number(year, 4, 9_999)?);
    // A minute has 61 seconds where a second is inserted.
    let (hour, minute, second) = (number(hour, 2, 23)?, number(minute, 2, 59)?, number(second, 2, 60)?);
    let days = days(year, u64::try_from(month).ok()?).checked_add(day.checked_sub(1)?)?;
    let days = days.checked_sub(days_before(1970))?;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

/// So many digits, for a number up to `max`.
fn number(text: &str, digits: usize, max: u64) -> Option<u64> {
    let fits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())
        .flatten()
        .filter(|number| *number <= max)
}

/// The days of the Gregorian calendar from the year 0 to the first of a month, which counts from 0.
fn days(year: u64, month: u64) -> u64 {
    const BEFORE: [u64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let before = usize::try_from(month).ok().and_then(|month| BEFORE.get(month));
    days_before(year) + before.copied().unwrap_or(0) + u64::from(leap && month > 1)
}

/// The days of all years before this one; the year 0 is a leap year.
fn days_before(year: u64) -> u64 {
    match year.checked_sub(1) {
        None => 0,
        Some(last) => year * 365 + last / 4 - last / 100 + last / 400 + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expects seconds, asked at the second before the example of RFC 9110.
    fn check(value: &str, expected: Option<u64>) {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_776);
        assert_eq!(parse(value, now), expected.map(Duration::from_secs), "{value}");
    }

    #[test]
    fn seconds_and_dates_are_read() {
        check("120", Some(120));
        check(" 0 ", Some(0));
        check("99999999999999999999", Some(u64::from(u32::MAX)));
        check("Sun, 06 Nov 1994 08:49:37 GMT", Some(1));
        check("Mon, 07 Nov 1994 08:49:36 GMT", Some(86_400));
        check("Sun, 06 Nov 1994 08:49:35 GMT", Some(0));
        // 29 February 2000 and the first of March are a day apart.
        check("Tue, 29 Feb 2000 00:00:00 GMT", Some(951_782_400 - 784_111_776));
        check("Wed, 01 Mar 2000 00:00:00 GMT", Some(951_868_800 - 784_111_776));
        check("Fri, 31 Dec 9999 23:59:59 GMT", Some(253_402_300_799 - 784_111_776));
    }

    #[test]
    fn what_is_neither_counts_for_nothing() {
        for value in [
            "",
            "soon",
            "-1",
            "1.5",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 0000 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
        ] {
            check(value, None);
        }
    }
}
