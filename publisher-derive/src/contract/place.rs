//! Where a committed schema is: a path from the package's root, or from a folder above it, up to the workspace's root.

use std::path::{Path, PathBuf};

/// The file, in the nearest folder that has it.
pub(super) fn find(root: &Path, file: &str) -> Option<PathBuf> {
    folders(root)
        .map(|folder| folder.join(file))
        .find(|path| path.is_file())
}

/// Where a new file goes: into the nearest folder of that name that is there, else below the package's root.
pub(super) fn new(root: &Path, file: &str) -> PathBuf {
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    let is_there = |base: &&Path| !folder.as_os_str().is_empty() && base.join(folder).is_dir();
    folders(root).find(is_there).unwrap_or(root).join(file)
}

/// The workspace ends where cargo keeps its lock file: what lies above belongs to somebody else.
fn folders(root: &Path) -> impl Iterator<Item = &Path> {
    let mut ended = false;
    root.ancestors().take_while(move |folder| {
        let inside = !ended;
        ended = folder.join("Cargo.lock").is_file();
        inside
    })
}
