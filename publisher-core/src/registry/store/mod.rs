//! What a registry answered, kept where it outlives the process: on disk for one service, in a reviewed file for all.
//!
//! Blocking calls of the file system and nothing else: asks no registry, and decides nothing about which answer counts.

mod disk;
mod entry;
mod error;
mod format;
#[cfg(test)]
mod fuzz;
mod lock;

pub use disk::DiskCache;
pub use entry::{Asked, StoredEntry};
pub use error::{LockError, LockPlace, StoreError};
pub use lock::SchemaLock;
