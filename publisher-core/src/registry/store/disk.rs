//! [`DiskCache`]: answers of registries that outlive the process, one file each.
//!
//! Knows paths, permissions and the order of writing; what a file says is in `format.rs`. What cannot be trusted is no
//! answer: whoever asks then asks the registry.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::entry::{Asked, StoredEntry};
use super::error::StoreError;
use super::format;
use crate::owner_only::{make_folder, mode_for_others, own};

/// Answers of registries in a folder, for the next start without a registry.
///
/// Every file has a checksum and says which registry, which subject and what it answers; it is written whole or not at
/// all, so that threads and processes may share the folder: of two that keep the same answer the last one stays. On Unix
/// the folder is made for its owner alone (0700, the files 0600), and one that group or others may write into is
/// refused. Name a folder whose parents are the service's own or root's: who owns it is not asked.
///
/// All calls block on the file system: on an async runtime, make them where blocking is allowed.
///
/// # Examples
/// ```
/// use publisher_core::SchemaId;
/// use publisher_core::registry::{Asked, DiskCache, StoredEntry};
///
/// let folder = std::env::temp_dir().join(format!("schemas-of-{}", std::process::id()));
/// let cache = DiskCache::at(&folder);
/// let entry = StoredEntry::new("https://registry.example", "orders-value", Asked::Latest, SchemaId(7));
/// cache.keep(&entry)?;
/// assert_eq!(cache.find("https://registry.example", "orders-value", Asked::Latest), Some(entry));
/// assert_eq!(cache.find("https://another.example", "orders-value", Asked::Latest), None);
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct DiskCache {
    folder: PathBuf,
    /// The paths that were complained of.
    warned: Mutex<HashSet<PathBuf>>,
}

impl DiskCache {
    /// A cache in this folder, which [`keep`](Self::keep) makes if it is missing. Looks at nothing yet.
    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            warned: Mutex::default(),
        }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the folder may be used, if it is there: for a start that should fail rather than do without.
    ///
    /// # Errors
    /// [`StoreError::NoFolder`], [`StoreError::OpenToOthers`]: not retriable. [`StoreError::Write`] if the folder cannot
    /// be looked at: retriable once that has changed.
    pub fn check(&self) -> Result<(), StoreError> {
        match fs::metadata(&self.folder) {
            Ok(metadata) if !metadata.is_dir() => Err(StoreError::NoFolder {
                path: self.folder.clone(),
            }),
            Ok(metadata) => match mode_for_others(&metadata) {
                Some(mode) => Err(StoreError::OpenToOthers {
                    path: self.folder.clone(),
                    mode,
                }),
                None => Ok(()),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(StoreError::Write {
                path: self.folder.clone(),
                source,
            }),
        }
    }

    /// The answer that was kept for this question to this registry.
    ///
    /// `None` also where the file is damaged, of another version, another's, open to others or a link; the first time
    /// that is a line in the log (`warn`) with path and reason.
    #[must_use]
    pub fn find(&self, registry: &str, subject: &str, asked: Asked) -> Option<StoredEntry> {
        let path = self.folder.join(format::file_name(registry, subject, asked));
        match read(&path) {
            Ok(None) => None,
            Ok(Some(entry)) => {
                if !entry.is_for(registry, subject, asked) {
                    self.warn(&path, "holds the answer to another question");
                    return None;
                }
                if let Err(error) = self.check() {
                    self.warn(&self.folder, &error.to_string());
                    return None;
                }
                Some(entry)
            }
            Err(reason) => {
                self.warn(&path, &reason);
                None
            }
        }
    }

    /// Keeps an answer in place of an earlier one to the same question. It is on the disk when this returns.
    ///
    /// # Errors
    /// [`StoreError::Entry`], [`StoreError::NoFolder`], [`StoreError::OpenToOthers`]: not retriable.
    /// [`StoreError::Write`]: retriable once the file system has changed. What was kept before stays in each case.
    pub fn keep(&self, entry: &StoredEntry) -> Result<(), StoreError> {
        let bytes = format::write(entry).map_err(|reason| StoreError::Entry {
            subject: entry.subject.clone(),
            reason,
        })?;
        self.check()?;
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| StoreError::Write { path, source }
        };
        make_folder(&self.folder).map_err(failed(&self.folder))?;
        let path = self
            .folder
            .join(format::file_name(&entry.registry, &entry.subject, entry.asked));
        replace(&path, &bytes).map_err(failed(&path))?;
        // What is wrong with it from now on has not been told.
        self.warned().remove(&path);
        Ok(())
    }

    /// Removes what was kept for a question, if there is anything: it has turned out wrong.
    ///
    /// # Errors
    /// [`StoreError::Write`]: retriable once the file system has changed.
    pub fn forget(&self, registry: &str, subject: &str, asked: Asked) -> Result<(), StoreError> {
        let path = self.folder.join(format::file_name(registry, subject, asked));
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(StoreError::Write { path, source }),
            _ => Ok(()),
        }
    }

    fn warn(&self, path: &Path, reason: &str) {
        if self.warned().insert(path.to_owned()) {
            let path = path.display();
            tracing::warn!(%path, reason, "a kept answer of a schema registry is not used");
        }
    }

    fn warned(&self) -> std::sync::MutexGuard<'_, HashSet<PathBuf>> {
        self.warned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The entry in a file; `None` if there is none.
fn read(path: &Path) -> Result<Option<StoredEntry>, String> {
    let unreadable = |error: io::Error| format!("cannot be read: {error}");
    let before = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    // A pipe would be waited for, a link may lead anywhere.
    if !before.is_file() {
        return Err("is no file of its own".to_owned());
    }
    let file = match File::open(path) {
        Ok(file) => file,
        // Removed since.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    // Another process may have put a new file here since; what was opened must be a file all the same.
    let opened = file.metadata().map_err(unreadable)?;
    if !opened.is_file() {
        return Err("is no file of its own".to_owned());
    }
    if let Some(mode) = mode_for_others(&opened) {
        return Err(format!("can be written by others (mode {mode:03o})"));
    }
    let mut bytes = Vec::new();
    let limit = format::MAX_FILE_BYTES as u64 + 1;
    file.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    format::read(&bytes).map(Some)
}

/// Writes the file whole or not at all, for its owner alone.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A number that no other process has: in containers many have the same process id.
    let number = RandomState::new().build_hasher().finish();
    let partial = path.with_extension(format!("{number:016x}.partial"));
    let mut file = own(OpenOptions::new().write(true).create_new(true)).open(&partial)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&partial, path));
    if written.is_err() {
        let _ = fs::remove_file(&partial);
        return written;
    }
    // The name is on the disk with the folder. Where a folder cannot be opened, the file system sees to it.
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        let _ = folder.sync_all();
    }
    Ok(())
}

#[cfg(test)]
mod tests;
