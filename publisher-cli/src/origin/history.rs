//! The pulled versions of each subject: `history/<subject>/<n>.avsc` or `.json`, the subject percent-encoded.
//!
//! Beside a version that refers to others stands `<n>.references.json` with name, subject and version of each, and those
//! versions are pulled too. Written by `publisher pull`; this reads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use publisher_core::SubjectVersion;
use publisher_core::registry::{SchemaReference, SchemaText, SchemaType};
use serde::{Deserialize, Serialize};

use super::committed::{HISTORY, Place};
use super::{Earlier, file_name, unreadable};
use crate::failure::Failure;
use crate::reading;
use crate::settings::is_subject_of;

/// What may stand in a folder's name on every system.
const FOLDER_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// Schemas refer to schemas no deeper than this.
const MAX_LEVELS: usize = 100;

/// A reference as it stands beside a version.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
pub(crate) struct StoredReference {
    pub(crate) name: String,
    pub(crate) subject: String,
    pub(crate) version: u32,
}

/// The folder of the versions.
pub(crate) fn folder(place: &Place) -> PathBuf {
    place.path.join(HISTORY)
}

/// A subject as the name of a folder.
pub(crate) fn folder_name(subject: &str) -> String {
    match subject {
        // These two are other folders.
        "." => "%2E".to_owned(),
        ".." => "%2E%2E".to_owned(),
        _ => utf8_percent_encode(subject, FOLDER_NAME).to_string(),
    }
}

/// The files of all versions; read when a subject is asked for.
#[derive(Debug)]
pub(crate) struct HistoryFolder {
    pub(crate) shown: String,
    root: PathBuf,
    subjects: BTreeMap<String, BTreeMap<u32, (PathBuf, SchemaType)>>,
}

impl HistoryFolder {
    /// Lists the versions.
    pub(crate) fn read(place: &Place) -> Result<Self> {
        let path = folder(place);
        let shown = format!("{}/{HISTORY}", place.shown);
        if !path.is_dir() {
            return Err(Failure::new(format!("there is no folder {shown}"))
                .help("fill it from the registry: publisher pull --registry URL")
                .into());
        }
        let mut history = Self {
            shown,
            root: place.root.clone(),
            subjects: BTreeMap::new(),
        };
        let mut problems = Vec::new();
        for folder in entries(&path)? {
            if !folder.is_dir() {
                continue;
            }
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let subject = percent_decode_str(&name).decode_utf8_lossy().into_owned();
            let mut versions = BTreeMap::new();
            for file in entries(&folder)? {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                match file_name(&name) {
                    // `3.references.json` and other files have no number for a name.
                    Some((number, schema_type)) if number.parse::<u32>().is_ok_and(|number| number > 0) => {
                        let number = number.parse().unwrap_or_default();
                        if versions.insert(number, (file.clone(), schema_type)).is_some() {
                            problems.push(format!(
                                "{}: version {number} is there twice",
                                reading::shown(&file, &place.root)
                            ));
                        }
                    }
                    _ => {}
                }
            }
            history.subjects.insert(subject, versions);
        }
        unreadable(&format!("the versions in {} cannot be read", history.shown), problems)?;
        Ok(history)
    }

    /// The subjects that are named after a type.
    pub(crate) fn subjects_of(&self, full_name: &str, schema_type: SchemaType) -> Vec<String> {
        let latest_is = |versions: &BTreeMap<u32, (PathBuf, SchemaType)>| {
            versions
                .values()
                .next_back()
                .is_some_and(|(_, found)| *found == schema_type)
        };
        let named = self
            .subjects
            .iter()
            .filter(|(subject, _)| is_subject_of(subject, full_name));
        named
            .filter(|(_, versions)| latest_is(versions))
            .map(|(subject, _)| subject.clone())
            .collect()
    }

    /// The versions of a subject, the oldest first; none of one that is not there.
    pub(crate) fn versions(&self, subject: &str) -> Result<Vec<Earlier>, String> {
        let Some(versions) = self.subjects.get(subject) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        let mut known = BTreeMap::new();
        for (number, (path, _)) in versions {
            found.push(Earlier {
                name: format!("version {number}"),
                schema: self.schema(subject, *number, 0, &mut known)?,
                file: Some(reading::shown(path, &self.root)),
            });
        }
        Ok(found)
    }

    fn schema(
        &self,
        subject: &str,
        version: u32,
        level: usize,
        known: &mut BTreeMap<(String, u32), SchemaText>,
    ) -> Result<SchemaText, String> {
        let key = (subject.to_owned(), version);
        if let Some(schema) = known.get(&key) {
            return Ok(schema.clone());
        }
        let Some((path, schema_type)) = self.subjects.get(subject).and_then(|versions| versions.get(&version)) else {
            return Err(format!(
                "{}: version {version} of {subject} is not there; pull again",
                self.shown
            ));
        };
        if level == MAX_LEVELS {
            return Err(format!(
                "{}: {subject} refers to others more than {MAX_LEVELS} levels deep",
                self.shown
            ));
        }
        let unreadable = |path: &Path, reason: String| format!("{}: {reason}", reading::shown(path, &self.root));
        let text = reading::schema(path).map_err(|error| unreadable(path, error.to_string()))?;
        let mut references = Vec::new();
        for stored in self
            .references(path)
            .map_err(|(path, reason)| unreadable(&path, reason))?
        {
            references.push(SchemaReference {
                schema: self.schema(&stored.subject, stored.version, level + 1, known)?,
                name: stored.name.into(),
                subject: stored.subject.into(),
                version: Some(SubjectVersion(stored.version)),
            });
        }
        let schema = SchemaText::new(*schema_type, Arc::from(text)).with_references(references);
        known.insert(key, schema.clone());
        Ok(schema)
    }

    fn references(&self, version: &Path) -> Result<Vec<StoredReference>, (PathBuf, String)> {
        let path = version.with_extension("references.json");
        match reading::text(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| (path, error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err((path, error.to_string())),
        }
    }
}

/// What stands in a folder, in the order of the names.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |error: std::io::Error| Failure::new(format!("{} cannot be read", folder.display())).because(error);
    let mut found = Vec::new();
    for entry in folder.read_dir().map_err(failed)? {
        found.push(entry.map_err(failed)?.path());
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_is_one_folder() {
        for (subject, folder) in [
            ("orders-a.Placed", "orders-a.Placed"),
            ("a/b:c*", "a%2Fb%3Ac%2A"),
            ("..", "%2E%2E"),
            ("größe", "gr%C3%B6%C3%9Fe"),
        ] {
            assert_eq!(folder_name(subject), folder);
            assert_eq!(percent_decode_str(folder).decode_utf8_lossy(), subject);
        }
    }
}
