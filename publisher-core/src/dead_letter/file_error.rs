//! [`DeadLetterFileError`]: why letters could not be written into a file.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Letters that are not in the file of dead letters. Their events are still the caller's.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DeadLetterFileError {
    /// Group or others may write into the folder, or read or write the file. Not retriable.
    #[error(
        "{} is not for its owner alone (mode {mode:03o}), and dead letters hold events: take that away with \
         `chmod go-rwx`, or name a file in a folder that does not exist yet, which is then made",
        .path.display()
    )]
    OpenToOthers {
        /// The folder or the file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The path is that of a link, a folder, a pipe or a device. Not retriable.
    #[error("{} is no file of its own, so that no dead letter is written there: name another path", .path.display())]
    NoFile {
        /// The path.
        path: PathBuf,
    },
    /// The file would become larger than it may. Retriable once it was moved away.
    #[error(
        "{} has no room below its bound of {max_bytes} bytes: replay it and move it away, or raise `max_file_bytes`",
        .path.display()
    )]
    Full {
        /// The file.
        path: PathBuf,
        /// The bound.
        max_bytes: u64,
    },
    /// What was given is no line for such a file. Not retriable.
    #[error("the line {reason}")]
    Line {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The file system refused: a folder that is read-only, a disk that is full. Retriable once that has changed.
    #[error("{} cannot be written", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },
}

impl DeadLetterFileError {
    /// Whether the same lines may be taken later without a change on our side.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        matches!(self, Self::Full { .. } | Self::Write { .. })
    }
}
