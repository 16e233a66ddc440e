//! Folders that are either complete or absent: what was fetched once is not fetched again.
//!
//! A folder is filled under another name and gets its own name only when it is whole and stamped, so one that an
//! interruption left behind is never taken for the real one. Two first runs at the same time are not supported.
//! Does not know where the content comes from.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context as _, Result};

const MARKER: &str = "complete";

/// Leaves a folder `dir` that holds what `fill` puts there for `stamp`; calls `fill` only when it does not already.
pub(crate) fn ensure(dir: &Path, stamp: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    if is_complete(dir, stamp) {
        return Ok(());
    }
    let mut partial = dir.as_os_str().to_owned();
    partial.push(".partial");
    let partial = Path::new(&partial);
    remove(partial)?;
    fs::create_dir_all(partial).with_context(|| format!("cannot make {}", partial.display()))?;
    fill(partial)?;
    fs::write(partial.join(MARKER), stamp)?;
    remove(dir)?;
    fs::rename(partial, dir).with_context(|| format!("cannot rename {} to {}", partial.display(), dir.display()))
}

/// Whether `dir` was filled for exactly this stamp.
pub(crate) fn is_complete(dir: &Path, stamp: &str) -> bool {
    fs::read_to_string(dir.join(MARKER)).is_ok_and(|found| found == stamp)
}

fn remove(dir: &Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", dir.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn fills_once_and_again_only_for_another_stamp() {
        let root = std::env::temp_dir().join(format!("xtask-store-{}", std::process::id()));
        let dir = root.join("kafka-1.2");
        let write = |text: &'static str| move |at: &Path| Ok(fs::write(at.join("file"), text)?);
        let content = || fs::read_to_string(dir.join("file")).ok();

        // Interrupted: what was written does not count, neither now nor for the next attempt.
        let broken = ensure(&dir, "a", |at| {
            fs::write(at.join("left over"), "half")?;
            bail!("interrupted")
        });
        assert!(broken.is_err() && !dir.exists() && !is_complete(&dir, "a"));

        ensure(&dir, "a", write("first")).expect("filled");
        assert_eq!(content().as_deref(), Some("first"));
        assert!(!dir.join("left over").exists());

        ensure(&dir, "a", |_| bail!("must not be called")).expect("already there");
        ensure(&dir, "b", write("second")).expect("filled again");
        assert_eq!(content().as_deref(), Some("second"));
        fs::remove_dir_all(root).expect("removed");
    }
}
