//! What is printed of letters: times, keys, and texts that others wrote.

use publisher_core::Persistence;
use publisher_core::dead_letter::{DeadLetter, LeftOutReason};

use crate::command::counted;
use crate::date::Date;

/// A text on one line, without what would move a terminal's cursor or turn the direction of writing.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for symbol in text.chars() {
        match symbol {
            '"' | '\'' | '\\' => shown.push(symbol),
            _ => shown.extend(symbol.escape_debug()),
        }
    }
    shown
}

/// Bytes as text where they are some, else as hexadecimal digits.
pub(super) fn bytes(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => plain(text),
        Err(_) => format!("0x{}", hex(bytes)),
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `2026-05-12T08:15:30.250Z`; what no calendar has, as milliseconds.
pub(super) fn time(millis: i64) -> String {
    const YEAR_10000: i64 = 253_402_300_800_000;
    match u64::try_from(millis) {
        Ok(since) if millis < YEAR_10000 => {
            let (seconds, millis) = (since / 1_000, since % 1_000);
            let (hours, minutes) = (seconds / 3_600 % 24, seconds / 60 % 60);
            let date = Date::of_epoch_seconds(seconds);
            format!("{date}T{hours:02}:{minutes:02}:{:02}.{millis:03}Z", seconds % 60)
        }
        _ => format!("{millis} ms"),
    }
}

pub(super) fn persistence(persistence: Persistence) -> &'static str {
    match persistence {
        Persistence::NotPersisted => "not_persisted",
        Persistence::PossiblyPersisted => "possibly_persisted",
    }
}

/// Why the event cannot be sent again, if it cannot.
pub(super) fn not_whole(letter: &DeadLetter) -> Option<String> {
    let left_out = &letter.left_out;
    let parts = [
        ("value", &left_out.value),
        ("key", &left_out.key),
        ("headers", &left_out.headers),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(name, missing)| {
            let missing = missing.as_ref()?;
            let why = match missing.reason {
                LeftOutReason::TooLarge => "too large for a letter",
                LeftOutReason::Withheld => "withheld",
                LeftOutReason::Unsendable => "not sendable",
                _ => "left out",
            };
            let bytes = usize::try_from(missing.bytes).unwrap_or(usize::MAX);
            Some(format!("{name} of {} ({why})", counted(bytes, "byte")))
        })
        .collect();
    (!parts.is_empty()).then(|| format!("the letter does not hold its {}", parts.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_text_moves_nothing() {
        assert_eq!(plain("a \"b\" \\ ä"), "a \"b\" \\ ä");
        assert_eq!(plain("\u{1b}[2J\n\u{202e}"), "\\u{1b}[2J\\n\\u{202e}");
        assert_eq!(bytes(b"o-1"), "o-1");
        assert_eq!(bytes(&[0xff, 0]), "0xff00");
    }

    #[test]
    fn times_are_shown() {
        assert_eq!(time(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(time(1_778_573_730_250), "2026-05-12T08:15:30.250Z");
        assert_eq!(time(253_402_300_799_999), "9999-12-31T23:59:59.999Z");
        assert_eq!(time(253_402_300_800_000), "253402300800000 ms");
        assert_eq!(time(-1), "-1 ms");
    }
}
