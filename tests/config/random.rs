//! Random texts through the reader of properties: it always ends in settings or in an error, what Java's rules write is
//! what is read, and what was read can be written and read again.
//!
//! A failure prints the text; `PROPTEST_RNG_SEED` chooses other texts.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use publisher_core::ConfigError;
use publisher_core::config::Settings;

/// The parts of which the format is made, so that most texts are near it.
const PARTS: &[&str] = &[
    "key", "value", "=", ":", " ", "\t", "\x0c", "\n", "\r", "\r\n", "\\", "\\\n", "\\\r\n", "#", "!", "\\u",
    "\\u0041", "\\ud83d", "\\ude00", "\\t", "ß", "😀", "\u{feff}", "\0",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_or_refused(parts in vec(prop_oneof![3 => proptest::sample::select(PARTS).prop_map(str::to_owned), 1 => ".{0,4}"], 0..40)) {
        let text = parts.concat();
        match Settings::from_properties(&text) {
            Ok(settings) => {
                let pairs = pairs(&settings);
                let again = Settings::from_properties(&written(&pairs, &Style::default())).unwrap();
                prop_assert_eq!(self::pairs(&again), pairs);
            }
            Err(ConfigError::Settings(invalid)) => {
                let lines = text.split(['\n', '\r']).count();
                prop_assert!(!invalid.refused().is_empty());
                for refused in invalid.refused() {
                    let place = refused.origin().to_string();
                    let line: usize = place.strip_prefix("line ").unwrap().parse().unwrap();
                    prop_assert!((1..=lines).contains(&line), "{}", refused);
                }
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn what_is_written_by_the_rules_is_read(pairs in vec((key(), any::<String>()), 0..8), style in style()) {
        let settings = Settings::from_properties(&written(&pairs, &style)).unwrap();
        let mut last: Vec<(String, String)> = Vec::new();
        for pair in pairs {
            last.retain(|(key, _)| *key != pair.0);
            last.push(pair);
        }
        prop_assert_eq!(self::pairs(&settings), last);
    }
}

/// An empty key can only be written with some of the separators, and says nothing.
fn key() -> impl Strategy<Value = String> {
    (any::<char>(), any::<String>()).prop_map(|(first, rest)| format!("{first}{rest}"))
}

/// What is left to whoever writes such a file.
#[derive(Clone, Debug)]
struct Style {
    separator: &'static str,
    end: &'static str,
    between: &'static str,
    /// Breaks the line after so many characters of a value.
    wrap: usize,
    /// Whether characters beyond ASCII are written as `\uXXXX`.
    ascii: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            separator: "=",
            end: "\n",
            between: "",
            wrap: usize::MAX,
            ascii: false,
        }
    }
}

fn style() -> impl Strategy<Value = Style> {
    let choose = proptest::sample::select;
    (
        choose(&["=", ":", " ", "\t", "\x0c = ", " : "][..]),
        choose(&["\n", "\r", "\r\n"][..]),
        choose(&["", "# comment = \\\n", "!\r", " \t\n", "\n\n"][..]),
        prop_oneof![Just(usize::MAX), 1..5_usize],
        any::<bool>(),
    )
        .prop_map(|(separator, end, between, wrap, ascii)| Style {
            separator,
            end,
            between,
            wrap,
            ascii,
        })
}

/// The text of a file with these keys and values, by the rules of `java.util.Properties.store`.
fn written(pairs: &[(String, String)], style: &Style) -> String {
    let mut text = String::new();
    for (key, value) in pairs {
        text.push_str(style.between);
        text.extend(key.chars().map(|c| escaped(c, true, style.ascii)));
        text.push_str(style.separator);
        for (index, c) in value.chars().enumerate() {
            if index > 0 && index % style.wrap == 0 {
                text.push('\\');
                text.push_str(style.end);
                text.push_str("  ");
            }
            // After a break, white space would count as indentation.
            let begins = index == 0 || index % style.wrap == 0;
            text.push_str(&escaped(c, begins, style.ascii));
        }
        text.push_str(style.end);
    }
    text
}

fn escaped(c: char, white_too: bool, ascii: bool) -> String {
    match c {
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\x0c' => "\\f".to_owned(),
        ' ' if white_too => "\\ ".to_owned(),
        '=' | ':' | '#' | '!' | '\\' => format!("\\{c}"),
        _ if ascii && !(' '..='~').contains(&c) => {
            c.encode_utf16(&mut [0; 2]).iter().fold(String::new(), |mut out, unit| {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{unit:04X}");
                out
            })
        }
        // The only character that the reader would take for something else, and only at the very beginning.
        '\u{feff}' => "\\uFEFF".to_owned(),
        _ => c.to_string(),
    }
}

fn pairs(settings: &Settings) -> Vec<(String, String)> {
    let value = |key: &str| settings.get(key).unwrap().to_owned();
    settings.keys().map(|key| (key.to_owned(), value(key))).collect()
}
