//! The regular expressions of the named formats, to check defaults with.
//!
//! The same texts as those of `Format::pattern` in `publisher-core`, which a derive cannot depend on.

use regex_lite::Regex;

use crate::attr::Format;

impl Format {
    pub(crate) fn matches(self, text: &str) -> bool {
        Regex::new(self.pattern()).is_ok_and(|regex| regex.is_match(text))
    }

    fn pattern(self) -> &'static str {
        match self {
            Self::Uuid => "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
            Self::Email => {
                "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$"
            }
            Self::Uri => "^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+$",
            Self::DateTime => {
                "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Format; 4] = [Format::Uuid, Format::Email, Format::Uri, Format::DateTime];

    #[test]
    fn the_patterns_are_those_of_the_schema() {
        let core = include_str!("../../publisher-core/src/schema/shape.rs");
        for format in ALL {
            let written = format!("{:?}", format.pattern());
            assert_eq!(core.matches(&written).count(), 1, "{format:?}: {written}");
        }
    }

    #[test]
    fn each_format_knows_its_own() {
        let texts = [
            "0190b5a4-1b2c-7def-8a9b-0c1d2e3f4a5b",
            "ada@example.com",
            "https://example.com/a?b#c",
            "2024-02-29T12:30:00.000Z",
        ];
        for (row, format) in ALL.into_iter().enumerate() {
            for (column, text) in texts.into_iter().enumerate() {
                assert_eq!(format.matches(text), row == column, "{format:?} {text}");
            }
        }
    }
}
