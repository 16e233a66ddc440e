//! Folders and files for their owner alone.
//!
//! Permissions as Unix has them; other systems have lists of rights, which a folder in a user's own place inherits. Who
//! owns a folder is not asked.

use std::fs::{DirBuilder, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder and those above it that are missing, for the owner alone.
#[cfg(unix)]
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(path)
}

/// Lets a file that is made be for its owner alone.
#[cfg(unix)]
pub(crate) fn own(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

#[cfg(not(unix))]
pub(crate) fn own(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// The permissions, if group or others may write.
pub(crate) fn mode_for_others(metadata: &Metadata) -> Option<u32> {
    mode_with(metadata, 0o022)
}

/// The permissions, if group or others may read or write.
#[cfg(feature = "kafka")]
pub(crate) fn mode_not_private(metadata: &Metadata) -> Option<u32> {
    mode_with(metadata, 0o066)
}

#[cfg(unix)]
fn mode_with(metadata: &Metadata, bits: u32) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = metadata.permissions().mode() & 0o7777;
    (mode & bits != 0).then_some(mode)
}

#[cfg(not(unix))]
fn mode_with(_: &Metadata, _: u32) -> Option<u32> {
    None
}
