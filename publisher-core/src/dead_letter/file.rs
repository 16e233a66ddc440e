//! [`DeadLetterFile`]: letters on this machine's disk, for when no broker takes them.
//!
//! Knows paths, permissions and the order of writing; what a line says is in `envelope`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::DeadLetterFileError as Error;
use super::lines::MAX_LINE_BYTES;
use crate::owner_only::{make_folder, mode_for_others, mode_not_private, own};

/// A file of dead letters, a line each, as [`DeadLetters::line`](super::DeadLetters::line) writes them and
/// [`DeadLetterLines`](super::DeadLetterLines) reads them.
///
/// On Unix it is its owner's alone (0600), in a folder that nobody else can write into, and no link; a folder that is
/// missing is made (0700). It is opened for each call, so that it may be moved away at any time and a new one begins. A line
/// goes to the end in one piece: threads and processes may share the file. What a crash tore off is closed with a line
/// break by the next call, and readers pass over it and tell so.
///
/// All calls block on the file system: on an async runtime, make them where blocking is allowed.
///
/// # Examples
/// ```
/// use publisher_core::dead_letter::{DeadLetterFile, DeadLetterLines};
///
/// let folder = std::env::temp_dir().join(format!("letters-{}", std::process::id()));
/// let path = folder.join("dead-letters.jsonl");
/// DeadLetterFile::at(&path).append(&[r#"{"original_topic": "orders", "error": "no broker"}"#])?;
/// for line in DeadLetterLines::open(&path)? {
///     let line = line?;
///     println!("line {}: {}", line.number, line.letter?.error);
/// }
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct DeadLetterFile {
    path: PathBuf,
    max_bytes: u64,
    /// One writer of this process at a time: the size is looked at before it grows.
    writing: Mutex<()>,
}

impl DeadLetterFile {
    /// The file at this path, of at most 1 GiB. Looks at nothing yet.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            max_bytes: 1024 * 1024 * 1024,
            writing: Mutex::default(),
        }
    }

    /// How large the file may become, in bytes. 1 GiB. Processes that share it may pass this by a line each.
    #[must_use]
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// The path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether folder and file may be used, as far as they are there: for a start that should fail rather than do
    /// without. Makes neither.
    ///
    /// # Errors
    /// [`OpenToOthers`](Error::OpenToOthers), [`NoFile`](Error::NoFile): not retriable. [`Write`](Error::Write) if they
    /// cannot be looked at: retriable once that has changed.
    pub fn check(&self) -> Result<(), Error> {
        match fs::metadata(self.folder()) {
            Ok(metadata) => {
                if let Some(mode) = mode_for_others(&metadata) {
                    return Err(self.open_to_others(self.folder(), mode));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(self.failed(source)),
        }
        match fs::symlink_metadata(&self.path) {
            Ok(metadata) => self.check_file(&metadata),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(self.failed(source)),
        }
    }

    /// Appends lines, in their order and together. They are on the disk when this returns; of many at once that takes no
    /// longer than of one.
    ///
    /// # Errors
    /// [`Line`](Error::Line), [`OpenToOthers`](Error::OpenToOthers), [`NoFile`](Error::NoFile): not retriable.
    /// [`Full`](Error::Full): retriable once the file was moved away. [`Write`](Error::Write): retriable once the file
    /// system has changed; only after this one some of the lines can be in the file all the same.
    pub fn append(&self, lines: &[impl AsRef<str>]) -> Result<(), Error> {
        if lines.is_empty() {
            return Ok(());
        }
        let mut text = String::new();
        for line in lines.iter().map(AsRef::as_ref) {
            if line.len() > MAX_LINE_BYTES {
                return Err(Error::Line {
                    reason: "is longer than 64 MiB, which no reader takes",
                });
            }
            if line.contains(['\n', '\r']) {
                return Err(Error::Line {
                    reason: "holds a line break",
                });
            }
            text.push_str(line);
            text.push('\n');
        }
        let _one_at_a_time = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        make_folder(self.folder()).map_err(|source| self.failed(source))?;
        self.check()?;
        let mut file = self.open()?;
        let metadata = file.metadata().map_err(|source| self.failed(source))?;
        // Once more, for what was opened is what counts.
        self.check_file(&metadata)?;
        let size = metadata.len();
        if size.saturating_add(text.len() as u64) > self.max_bytes {
            return Err(Error::Full {
                path: self.path.clone(),
                max_bytes: self.max_bytes,
            });
        }
        self.write(&mut file, size, text).map_err(|source| self.failed(source))
    }

    fn write(&self, file: &mut File, size: u64, mut text: String) -> io::Result<()> {
        if size > 0 {
            let mut last = [0];
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                text.insert(0, '\n');
            }
        }
        // The file is open for appending, so one call puts all of it at the end. Only a full disk takes a part, and then
        // the rest names the reason.
        file.write_all(text.as_bytes())?;
        file.sync_data()?;
        if size == 0 {
            self.sync_folder()?;
        }
        Ok(())
    }

    fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        }
    }

    fn open(&self) -> Result<File, Error> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        no_link(own(&mut options))
            .open(&self.path)
            .map_err(|source| match is_link(&source) {
                true => Error::NoFile {
                    path: self.path.clone(),
                },
                false => self.failed(source),
            })
    }

    fn check_file(&self, metadata: &fs::Metadata) -> Result<(), Error> {
        if !metadata.is_file() {
            return Err(Error::NoFile {
                path: self.path.clone(),
            });
        }
        match mode_not_private(metadata) {
            Some(mode) => Err(self.open_to_others(&self.path, mode)),
            None => Ok(()),
        }
    }

    /// The name of a new file is on the disk with its folder.
    #[cfg(unix)]
    fn sync_folder(&self) -> io::Result<()> {
        File::open(self.folder())?.sync_all()
    }

    /// Where a folder cannot be opened, the file system sees to it.
    #[cfg(not(unix))]
    fn sync_folder(&self) -> io::Result<()> {
        Ok(())
    }

    fn open_to_others(&self, path: &Path, mode: u32) -> Error {
        Error::OpenToOthers {
            path: path.to_owned(),
            mode,
        }
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Write {
            path: self.path.clone(),
            source,
        }
    }
}

/// Lets the opening fail at a link, and not wait for the other end of a pipe.
#[cfg(unix)]
fn no_link(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
}

#[cfg(not(unix))]
fn no_link(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(unix)]
fn is_link(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::ELOOP)
}

#[cfg(not(unix))]
fn is_link(_: &io::Error) -> bool {
    false
}

#[cfg(test)]
mod tests;
