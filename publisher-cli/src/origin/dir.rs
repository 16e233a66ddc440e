//! Another folder as the baseline, such as the schemas of the last release.

use anyhow::Result;

use super::{Baseline, committed};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

/// The schemas of the folder.
pub(super) fn baseline(path: &str, surroundings: &Surroundings) -> Result<Baseline> {
    let folder = surroundings.folder.join(path);
    if !folder.is_dir() {
        return Err(Failure::new(format!("there is no folder {path} to compare with"))
            .help("name one with schemas in it: --against dir:PATH")
            .into());
    }
    let (found, problems) = committed::read_folder(&folder, &surroundings.folder);
    super::unreadable(&format!("the schemas in {path} cannot be read"), problems)?;
    Ok(Baseline::Folder {
        name: format!("dir:{path}"),
        label: format!("dir:{path}"),
        folder: found,
    })
}
