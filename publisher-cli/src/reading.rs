//! Reads a file of the project whole, within bounds, and says in one clause why it cannot.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// No file that is read here is longer; the same as for a schema.
pub(crate) const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

/// The text of a file, its lines ended by `\n` alone.
///
/// # Errors
/// It is missing, no file, too large or no UTF-8.
pub(crate) fn text(path: &Path) -> io::Result<String> {
    let bytes = bytes(path)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        io::Error::other(format!("is no UTF-8 from byte {at} on"))
    })?;
    Ok(unix(text))
}

/// The text of a schema's file.
///
/// # Errors
/// As [`text`], and for a byte order mark.
pub(crate) fn schema(path: &Path) -> io::Result<String> {
    unmarked(text(path)?).map_err(io::Error::other)
}

/// A text without a byte order mark, which JSON may not have and no editor shows.
///
/// # Errors
/// It has one.
pub(crate) fn unmarked(text: String) -> Result<String, &'static str> {
    if text.starts_with('\u{feff}') {
        return Err("begins with a byte order mark (UTF-8 BOM), which JSON may not have: save it without one");
    }
    Ok(text)
}

/// The bytes of a file.
///
/// # Errors
/// As [`text`], but for UTF-8.
pub(crate) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    // A pipe or a device would be waited for.
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("is no file"));
    }
    let mut bytes = Vec::new();
    // The size that was said before need not be true when it is read.
    File::open(path)?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(io::Error::other(format!("has more than {MAX_FILE_BYTES} bytes")));
    }
    Ok(bytes)
}

/// Git may write a file's lines otherwise in a working tree than it holds them.
pub(crate) fn unix(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n")
    } else {
        text
    }
}

/// A path for people: relative to the folder where it lies below it, with `/`.
pub(crate) fn shown(path: &Path, folder: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace('\\', "/")
    }
}
