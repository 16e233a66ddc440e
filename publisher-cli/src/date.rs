//! A day, as acknowledgements expire: compared and printed, nothing else.

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    pub(crate) fn new(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// The day in UTC of so many seconds after 1970.
    pub(crate) fn of_epoch_seconds(seconds: u64) -> Self {
        let mut days = seconds / 86_400;
        let mut year = 1970_u16;
        while year < u16::MAX && days >= days_of(year) {
            days -= days_of(year);
            year += 1;
        }
        let mut month = 1;
        for length in months_of(year) {
            if days < length {
                break;
            }
            days -= length;
            month += 1;
        }
        Self::new(year, month.min(12), u8::try_from(days % 31).unwrap_or(0) + 1)
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of(year: u16) -> u64 {
    365 + u64::from(is_leap(year))
}

fn months_of(year: u16) -> [u64; 12] {
    let february = 28 + u64::from(is_leap(year));
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (86_400, "1970-01-02"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_709_164_800, "2024-02-29"),
            (1_735_603_200, "2024-12-31"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(Date::of_epoch_seconds(seconds).to_string(), expected);
        }
        assert!(Date::new(2026, 9, 30) < Date::new(2026, 10, 1));
        assert!(Date::of_epoch_seconds(u64::MAX) > Date::new(9999, 12, 31));
    }
}
