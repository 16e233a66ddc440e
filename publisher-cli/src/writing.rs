//! Writes a file whole or not at all.

use std::fs;
use std::io;
use std::path::Path;

/// Writes the file if its content differs; says whether it did.
///
/// # Errors
/// The folder or the file cannot be written; nothing is left half done then.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<bool> {
    if fs::read(path).is_ok_and(|found| found == text.as_bytes()) {
        return Ok(false);
    }
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let mut partial = path.as_os_str().to_owned();
    partial.push(format!(".{}.partial", std::process::id()));
    let written = fs::write(&partial, text).and_then(|()| fs::rename(&partial, path));
    if written.is_err() {
        let _ = fs::remove_file(&partial);
    }
    written.map(|()| true)
}
