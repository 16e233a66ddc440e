//! The bytes of a file that holds one entry: a line that names the format, a checksum, the entry.
//!
//! Pure: knows no path and no file.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::entry::{Asked, StoredEntry};

/// No file is longer.
pub(super) const MAX_FILE_BYTES: usize = 2 * 1024 * 1024;
/// How every file begins, whatever the version of its format.
const NAME: &str = "publisher schema cache ";
/// This version's first line.
const HEAD: &str = "publisher schema cache 1\n";
/// A SHA-256 in hex.
const CHECKSUM_LEN: usize = 64;

/// The name of the file for an answer. The parts go in with their lengths, so that no two questions have one name.
pub(super) fn file_name(registry: &str, subject: &str, asked: Asked) -> String {
    let mut parts = Vec::new();
    for part in [registry, subject, &asked.to_string()] {
        parts.extend_from_slice(&(part.len() as u64).to_be_bytes());
        parts.extend_from_slice(part.as_bytes());
    }
    format!("{}.schema", checksum(&parts))
}

/// The bytes for an entry.
///
/// # Errors
/// Why such an entry cannot be kept.
pub(super) fn write(entry: &StoredEntry) -> Result<Vec<u8>, &'static str> {
    let entry = format!("{}\n", entry.text()?);
    let bytes = with_checksum(entry.as_bytes());
    match bytes.len() > MAX_FILE_BYTES {
        true => Err("its file would have more than 2 MiB"),
        false => Ok(bytes),
    }
}

/// The entry in these bytes.
///
/// # Errors
/// What is wrong with them, as the rest of a sentence that begins with the file's name.
pub(super) fn read(bytes: &[u8]) -> Result<StoredEntry, String> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err("has more than 2 MiB".to_owned());
    }
    let Some(rest) = bytes.strip_prefix(HEAD.as_bytes()) else {
        return Err(match bytes.starts_with(NAME.as_bytes()) {
            true => "is written in another version of the format".to_owned(),
            false => "is no file of this cache, or its first line is damaged".to_owned(),
        });
    };
    let damaged = "is damaged or cut: its checksum is that of another text";
    let (sum, rest) = rest.split_at_checked(CHECKSUM_LEN).ok_or(damaged)?;
    let entry = rest.strip_prefix(b"\n").ok_or(damaged)?;
    if checksum(entry).as_bytes() != sum {
        return Err(damaged.to_owned());
    }
    let entry = entry
        .strip_suffix(b"\n")
        .ok_or("holds an entry whose line has no end")?;
    let entry = std::str::from_utf8(entry).map_err(|_| "holds an entry that is no UTF-8")?;
    StoredEntry::parse(entry).map_err(|reason| format!("holds an entry that {reason}"))
}

/// The bytes of a file with these behind their checksum.
pub(super) fn with_checksum(entry: &[u8]) -> Vec<u8> {
    [format!("{HEAD}{}\n", checksum(entry)).as_bytes(), entry].concat()
}

fn checksum(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(CHECKSUM_LEN);
    for byte in Sha256::digest(bytes) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use super::super::entry::tests::sample;
    use super::*;
    use crate::record::SchemaId;
    use crate::registry::{SchemaText, SchemaType};

    #[test]
    fn no_two_questions_have_one_name() {
        let id = |id| Asked::Id(SchemaId(id));
        let names = [
            file_name("r", "s", Asked::Latest),
            file_name("rs", "", Asked::Latest),
            file_name("", "rs", Asked::Latest),
            file_name("r", "s", id(1)),
            file_name("r", "sid 1", Asked::Latest),
            file_name("r", "s", id(11)),
        ];
        for (index, name) in names.iter().enumerate() {
            assert_eq!(name.len(), 64 + ".schema".len());
            assert!(!names[..index].contains(name), "{name}");
        }
    }

    #[test]
    fn the_format_is_fixed() {
        let entry = StoredEntry::new("r", "s", Asked::Latest, SchemaId(7));
        let expected = "publisher schema cache 1\n\
            7e35daa95fa474cf7add29a8406d7cba4f5bf640fe5a2a9e4fc30a9184cb9256\n\
            {\"registry\":\"r\",\"subject\":\"s\",\"asked\":\"latest\",\"id\":7}\n";
        assert_eq!(String::from_utf8(write(&entry).unwrap()).unwrap(), expected);
    }

    #[test]
    fn what_is_no_file() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(read(bytes).unwrap_err(), expected);
        check(b"", "is no file of this cache, or its first line is damaged");
        check(
            b"publisher schema cache 2\n",
            "is written in another version of the format",
        );
        check(
            HEAD.as_bytes(),
            "is damaged or cut: its checksum is that of another text",
        );
        check(&with_checksum(b"{}\n"), "holds an entry that has no \"asked\"");
        check(&vec![b' '; MAX_FILE_BYTES + 1], "has more than 2 MiB");
        check(&with_checksum(b"{}"), "holds an entry whose line has no end");
        check(&with_checksum(b"\xff\n"), "holds an entry that is no UTF-8");
        let mut entry = sample();
        // Each of these is six bytes in JSON.
        entry.schema = Some(SchemaText::new(SchemaType::Json, "\u{1}".repeat(500_000)));
        assert_eq!(write(&entry).unwrap_err(), "its file would have more than 2 MiB");
    }
}
