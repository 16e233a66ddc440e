//! What can go wrong with what is kept of a registry's answers.
//!
//! Knows no registry: that an answer is missing is no error here.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// An answer that could not be kept in a [`DiskCache`](super::DiskCache), or a folder that is none for it.
///
/// Nothing is lost by it but the answer for the next start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Group or others may write into the folder, so that what lies there need not be what a registry said. Not
    /// retriable.
    #[error(
        "the folder {} of the schema cache can be written by others (mode {mode:03o}): take that away with `chmod go-w`, or name a folder that does not exist yet, which is then made for its owner alone",
        .path.display()
    )]
    OpenToOthers {
        /// The folder.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The path is that of something else. Not retriable.
    #[error("{} is no folder, so that it cannot be that of the schema cache", .path.display())]
    NoFolder {
        /// The path.
        path: PathBuf,
    },
    /// No such entry is kept: it or its schema is too large, or it contradicts itself. Not retriable.
    #[error("the answer for the subject {subject} is not kept: {reason}")]
    Entry {
        /// The subject.
        subject: String,
        /// Why.
        reason: &'static str,
    },
    /// The file system refused: a folder that is read-only, a disk that is full. Retriable once that has changed.
    #[error("{} cannot be written", .path.display())]
    Write {
        /// The folder or the file.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },
}
