//! The committed schemas of the working tree: `schemas/<full name>.avsc` and `.json`.
//!
//! Also in folders below, but for `history`. Which of them changed is not known here.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Folder, SchemaFile, file_name, unreadable};
use crate::failure::Failure;
use crate::reading;
use crate::surroundings::Surroundings;

/// The folder of the versions that were pulled.
pub(crate) const HISTORY: &str = "history";

/// Where the committed schemas are.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    pub(crate) shown: String,
    /// The folder from which paths are shown.
    pub(crate) root: PathBuf,
}

impl Place {
    /// The folder that was named on the command line.
    pub(crate) fn new(folder: &str, surroundings: &Surroundings) -> Self {
        let path = surroundings.folder.join(folder);
        Self {
            shown: reading::shown(&path, &surroundings.folder),
            path,
            root: surroundings.folder.clone(),
        }
    }
}

/// Reads them all.
pub(crate) fn read(place: &Place) -> Result<Folder> {
    if !place.path.is_dir() {
        return Err(Failure::new(format!("there is no folder {}", place.shown))
            .help("run the command where the project's schemas are, or name their folder: --schemas DIR")
            .help(
                "a type with `#[event(schema = \"...\")]` writes its schema with `PUBLISHER_SCHEMAS=bless cargo test`",
            )
            .into());
    }
    let (folder, problems) = read_folder(&place.path, &place.root);
    unreadable(&format!("the schemas in {} cannot be read", place.shown), problems)?;
    Ok(folder)
}

/// All schema files below, and what is wrong with those that could not be read.
pub(crate) fn read_folder(path: &Path, root: &Path) -> (Folder, Vec<String>) {
    let mut folder = Folder::default();
    let mut problems = Vec::new();
    let mut rest = vec![path.to_owned()];
    while let Some(next) = rest.pop() {
        let shown = |path: &Path| reading::shown(path, root);
        let entries = match next.read_dir() {
            Ok(entries) => entries,
            Err(error) => {
                problems.push(format!("{}: {error}", shown(&next)));
                continue;
            }
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    problems.push(format!("{}: {error}", shown(&next)));
                    continue;
                }
            };
            let name = entry.file_name();
            // A link to a folder is not followed: it may lead around.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if name != HISTORY {
                    rest.push(entry.path());
                }
                continue;
            }
            let path = entry.path();
            let Some((full_name, schema_type)) = name.to_str().and_then(file_name) else {
                let is_schema = path.extension().is_some_and(|it| it == "avsc" || it == "json");
                // Left aside, it would look as if it had been checked.
                if is_schema && name.to_str().is_none() {
                    problems.push(format!("{}: its name is no UTF-8", shown(&path)));
                }
                continue;
            };
            let added = reading::schema(&path).map_err(|error| format!("{}: {error}", shown(&path)));
            let added = added.and_then(|text| {
                folder.add(SchemaFile {
                    name: full_name.to_owned(),
                    schema_type,
                    shown: shown(&path),
                    text: text.into(),
                    modified: path.metadata().and_then(|metadata| metadata.modified()).ok(),
                })
            });
            problems.extend(added.err());
        }
    }
    problems.sort();
    (folder, problems)
}
