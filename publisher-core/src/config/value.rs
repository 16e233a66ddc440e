//! Values as Java reads them: numbers, truth, times, names of classes. Surrounding white space counts for nothing.
//!
//! Pure. An error quotes the value only where it cannot be a secret.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use super::InvalidSetting;
use super::secret::shown;
use super::settings::Setting;

impl Setting {
    /// This setting cannot be used, for this reason.
    pub(super) fn invalid(&self, reason: impl Into<String>) -> InvalidSetting {
        InvalidSetting::new(&self.key, self.origin.clone(), reason)
    }

    /// The value without white space around it.
    pub(super) fn text(&self) -> &str {
        self.value.trim()
    }

    /// `true` or `false`, in any case.
    pub(super) fn truth(&self) -> Result<bool, InvalidSetting> {
        match self.text().to_ascii_lowercase().as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.is_no("`true` or `false`")),
        }
    }

    /// A whole number between these two.
    pub(super) fn number<T: FromStr + PartialOrd + Display>(
        &self,
        range: RangeInclusive<T>,
    ) -> Result<T, InvalidSetting> {
        let number = self.text().parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| self.is_no(&format!("a whole number from {} to {}", range.start(), range.end())))
    }

    /// So many milliseconds, a whole number.
    pub(super) fn millis(&self, range: RangeInclusive<u64>) -> Result<Duration, InvalidSetting> {
        self.number(range).map(Duration::from_millis)
    }

    /// A time in this unit that may have a fraction, from `least` to below `limit`.
    pub(super) fn fraction(
        &self,
        unit: Duration,
        least: Duration,
        limit: Duration,
    ) -> Result<Duration, InvalidSetting> {
        let parsed: Option<f64> = self.text().parse().ok();
        let time = parsed.and_then(|number| Duration::try_from_secs_f64(number * unit.as_secs_f64()).ok());
        time.filter(|time| (least..limit).contains(time)).ok_or_else(|| {
            let of = |time: Duration| time.as_secs_f64() / unit.as_secs_f64();
            self.is_no(&format!("a number from {} to below {}", of(least), of(limit)))
        })
    }

    /// The name of a Java class, or of what stands for one, without its package.
    pub(super) fn class(&self) -> &str {
        // `Class.toString`, as in a listing of settings, has the word before it.
        let name = self.text().trim_start_matches("class ").trim();
        name.rsplit_once('.').map_or(name, |(_, class)| class)
    }

    /// The value is none of those that are allowed.
    pub(super) fn is_no(&self, allowed: &str) -> InvalidSetting {
        let value = shown(&self.key, self.text());
        let value: String = match value.char_indices().nth(60) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.into_owned(),
        };
        self.invalid(format!("{value:?} is not {allowed}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SettingOrigin;

    fn setting(key: &str, value: &str) -> Setting {
        Setting {
            key: key.to_owned(),
            value: value.to_owned(),
            origin: SettingOrigin::Text { line: 7 },
        }
    }

    fn check<T: std::fmt::Debug>(value: &str, read: impl Fn(&Setting) -> Result<T, InvalidSetting>, expected: &str) {
        let actual = match read(&setting("a", value)) {
            Ok(read) => format!("{read:?}"),
            Err(error) => error.to_string(),
        };
        assert_eq!(actual, expected, "{value}");
    }

    #[test]
    fn values_are_read() {
        check(" TRUE\t", Setting::truth, "true");
        check("False", Setting::truth, "false");
        check("yes", Setting::truth, "line 7: a: \"yes\" is not `true` or `false`");
        check(" +5 ", |s| s.number(1..=9_u32), "5");
        check(
            "0",
            |s| s.number(1..=9_u32),
            "line 7: a: \"0\" is not a whole number from 1 to 9",
        );
        check(
            "5ms",
            |s| s.millis(1..=9),
            "line 7: a: \"5ms\" is not a whole number from 1 to 9",
        );
        let linger = |s: &Setting| s.fraction(Duration::from_millis(1), Duration::ZERO, Duration::from_secs(900));
        check("0.5", linger, "500µs");
        check("5", linger, "5ms");
        for value in ["NaN", "-1", "1e300", "900000", ""] {
            let expected = format!("line 7: a: {value:?} is not a number from 0 to below 900000");
            check(value, linger, &expected);
        }
    }

    #[test]
    fn classes_are_read_without_package() {
        for value in ["a.b.C", " C ", "class a.b.C"] {
            assert_eq!(setting("a", value).class(), "C");
        }
        assert_eq!(setting("a", "").class(), "");
    }

    #[test]
    fn an_error_shows_no_secret_and_no_more_than_a_line() {
        let error = setting("sasl.password", "canary").is_no("a password").to_string();
        assert_eq!(error, "line 7: sasl.password: \"***\" is not a password");
        let long = setting("a", &"é".repeat(1_000)).is_no("short").to_string();
        assert!(long.contains("é…") && long.len() < 200, "{long}");
    }
}
