//! What is asked before the registry: the disk cache, then the lock file. And what is kept for the next start.
//!
//! Blocks on files; entries are small and asked for once a type.

use crate::registry::{Asked, DiskCache, SchemaLock, StoredEntry};

/// Where schemas are known from without a registry.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    pub(crate) disk: Option<DiskCache>,
    pub(crate) lock: Option<SchemaLock>,
}

impl Sources {
    pub(super) fn is_empty(&self) -> bool {
        self.disk.is_none() && self.lock.is_none()
    }

    /// The first that knows, and what it is called.
    pub(super) fn find(&self, registry: &str, subject: &str, asked: Asked) -> Option<(StoredEntry, &'static str)> {
        let on_disk = self.disk.as_ref().and_then(|disk| disk.find(registry, subject, asked));
        let on_disk = on_disk.map(|entry| (entry, "the disk cache"));
        on_disk.or_else(|| {
            let Asked::Content(fingerprint) = asked else {
                return None;
            };
            let entry = self.lock.as_ref()?.find(registry, subject, fingerprint)?;
            Some((entry.clone(), "the lock file"))
        })
    }

    /// What the disk cache has is wrong: the next start asks the registry instead of using it until it is confirmed. The
    /// lock file is people's to change.
    pub(super) fn forget(&self, registry: &str, subject: &str, asked: Asked) {
        if let Some(disk) = &self.disk
            && let Err(error) = disk.forget(registry, subject, asked)
        {
            tracing::error!(subject, %error, "a wrong schema id stays on disk: remove the file");
        }
    }

    /// Keeps an answer of the registry for the next start. A cache that cannot be written costs that start a call, so it is
    /// a warning.
    pub(super) fn keep(&self, entry: &StoredEntry) {
        if let Some(disk) = &self.disk
            && let Err(error) = disk.keep(entry)
        {
            tracing::warn!(subject = entry.subject, %error, "the schema's id is not kept on disk");
        }
    }
}
