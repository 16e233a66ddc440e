//! What can go wrong with what is kept of a registry's answers.
//!
//! Knows no registry: that an answer is missing is no error here.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

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

impl StoreError {
    /// Whether keeping the same answer may succeed later without a change on our side.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        matches!(self, Self::Write { .. })
    }
}

/// A lock that cannot be read, or an entry that does not belong into one. None is retriable: the file must change.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LockError {
    /// There is no such file, or it cannot be read.
    #[error("the lock {} cannot be read", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The refusal; [`NotFound`](io::ErrorKind::NotFound) if there is no file.
        source: io::Error,
    },
    /// Git left a conflict in it.
    #[error("{0} is part of a merge conflict: leave the entries of both sides, then run `publisher lock`")]
    Conflict(LockPlace),
    /// It was written in another version of the format.
    #[error(
        "{place} names the format {found}, and this version reads the format 1: use the version that wrote it, or remove the file and run `publisher lock`"
    )]
    Format {
        /// The first line.
        place: LockPlace,
        /// The format that it names.
        found: String,
    },
    /// A line is none of a lock.
    #[error("{place} {reason}; take the file from the last commit, or remove the line, then run `publisher lock`")]
    Line {
        /// The line.
        place: LockPlace,
        /// What is wrong with it.
        reason: String,
    },
    /// Two lines answer to one schema.
    #[error(
        "{place} speaks of the schema under {subject} of which line {first} speaks: remove one of the two, then run `publisher lock`"
    )]
    Twice {
        /// The second of the two lines.
        place: LockPlace,
        /// The number of the first one.
        first: usize,
        /// The subject.
        subject: String,
    },
    /// An entry that no lock holds.
    #[error("the entry for the subject {subject} is none for a lock: {reason}")]
    Entry {
        /// The subject.
        subject: String,
        /// Why.
        reason: &'static str,
    },
}

/// A line of a lock. Prints as `schemas/schemas.lock:5`, or as `line 5` where the file is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockPlace {
    path: Option<PathBuf>,
    line: usize,
}

impl LockPlace {
    pub(super) fn new(path: Option<&Path>, line: usize) -> Self {
        Self {
            path: path.map(Path::to_owned),
            line,
        }
    }

    /// The file; `None` for a text.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The number of the line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for LockPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}:{}", path.display(), self.line),
            None => write!(f, "line {}", self.line),
        }
    }
}
