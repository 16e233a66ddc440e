//! What `cargo test` leaves of each type under `target/publisher/<full name>.json`: its topic, its schema, and where its
//! fields stand in Rust.
//!
//! A description is a trace of the last test run, so it may be older than the committed schema; only `drift` looks at
//! that.

use std::path::PathBuf;
use std::time::SystemTime;

use serde::Deserialize;

use super::SchemaFile;
use crate::reading;
use crate::surroundings::Surroundings;

/// One type.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Description {
    pub(crate) name: String,
    pub(crate) subject: String,
    schema_type: String,
    schema_file: String,
    pub(crate) rust_file: String,
    pub(crate) line: u32,
    fields: Vec<Field>,
    pub(crate) schema: String,
    /// When it was left.
    #[serde(skip)]
    modified: Option<SystemTime>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    path: String,
    rust_file: String,
    line: u32,
}

/// How a description and the committed file stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drift {
    /// They have one schema.
    None,
    /// The type was changed and the file was not.
    TypeIsNewer,
    /// The file was changed since the last test run.
    FileIsNewer,
}

impl Description {
    /// Whether it describes the type of this file.
    fn is_of(&self, file: &SchemaFile, file_name: &str) -> bool {
        let named = self.schema_file.rsplit('/').next();
        self.name == file.name && self.schema_type == file.schema_type.name() && named == Some(file_name)
    }

    pub(crate) fn drift(&self, file: &SchemaFile) -> Drift {
        if reading::unix(self.schema.clone()) == *file.text {
            return Drift::None;
        }
        match (self.modified, file.modified) {
            (Some(described), Some(written)) if described > written => Drift::TypeIsNewer,
            _ => Drift::FileIsNewer,
        }
    }

    /// The Rust file and the line of a field, or of the nearest record around it.
    pub(crate) fn rust_place(&self, path: &str) -> (String, u32) {
        let mut path = path;
        while !path.is_empty() {
            if let Some(field) = self.fields.iter().find(|field| field.path == path) {
                return (field.rust_file.clone(), field.line);
            }
            path = path.rsplit_once('.').map_or("", |(around, _)| around);
        }
        (self.rust_file.clone(), self.line)
    }
}

/// All descriptions that can be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Descriptions {
    all: Vec<Description>,
    /// Those that cannot, with the reason.
    pub(crate) problems: Vec<String>,
}

impl Descriptions {
    /// Those under `$CARGO_TARGET_DIR`, else under the nearest `target` of this folder and those above it, up to the
    /// repository's.
    pub(crate) fn read(surroundings: &Surroundings) -> Self {
        let mut descriptions = Self::default();
        let Some(folder) = folder(surroundings) else {
            return descriptions;
        };
        let Ok(entries) = folder.read_dir() else {
            return descriptions;
        };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths
            .iter()
            .filter(|path| path.extension().is_some_and(|it| it == "json"))
        {
            let read = reading::text(path).map_err(|error| error.to_string());
            let read = read.and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
            match read {
                Ok(description) => descriptions.all.push(Description {
                    modified: path.metadata().and_then(|metadata| metadata.modified()).ok(),
                    ..description
                }),
                Err(reason) => {
                    let shown = reading::shown(path, &surroundings.folder);
                    descriptions.problems.push(format!("{shown}: {reason}"));
                }
            }
        }
        descriptions
    }

    /// The description of the type of this file.
    pub(crate) fn of(&self, file: &SchemaFile) -> Option<&Description> {
        let name = format!("{}.{}", file.name, super::extension(file.schema_type));
        self.all.iter().find(|description| description.is_of(file, &name))
    }
}

fn folder(surroundings: &Surroundings) -> Option<PathBuf> {
    if let Some(target) = surroundings.variable("CARGO_TARGET_DIR") {
        return Some(surroundings.folder.join(target).join("publisher"));
    }
    for folder in surroundings.folder.ancestors() {
        let found = folder.join("target").join("publisher");
        if found.is_dir() {
            return Some(found);
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    None
}
