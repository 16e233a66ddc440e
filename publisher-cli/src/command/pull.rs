//! `publisher pull`: the registry's versions into `schemas/history`, so that later checks need no registry.
//!
//! A version's text is written as the registry has it. Versions that the registry deleted go here too, because levels do
//! not count them. Running it again changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Result;
use publisher_core::SubjectVersion;
use publisher_core::registry::{SchemaReference, SchemaText};

use super::{Answer, counted};
use crate::cli::Pull;
use crate::failure::Failure;
use crate::origin::history::{StoredReference, folder, folder_name};
use crate::origin::registered::Registered;
use crate::origin::{extension, file_name};
use crate::paint::Paint;
use crate::progress::Progress;
use crate::project::{Project, with_subjects};
use crate::reading;
use crate::surroundings::Surroundings;
use crate::writing;

pub(super) fn run(pull: &Pull, surroundings: &Surroundings) -> Result<Answer> {
    let project = Project::read(&pull.committed.schemas, surroundings)?;
    let url = pull
        .registry
        .registry
        .as_deref()
        .or(project.settings.registry.as_deref());
    let registry = Registered::open(url, surroundings)?;
    let subjects: BTreeSet<String> = if pull.all {
        registry.subjects()?.into_iter().collect()
    } else {
        let units = with_subjects(project.units(None)?, &project.place.shown)?;
        units.into_iter().filter_map(|unit| unit.subject).collect()
    };
    if subjects.is_empty() && !pull.all {
        // A wrong address must not look like an empty registry.
        registry.subjects()?;
    }
    let mut pulled = Pulled::default();
    let mut missing = Vec::new();
    let mut progress = Progress::new(subjects.len(), surroundings.progress);
    for subject in &subjects {
        progress.step(subject);
        let versions = registry.stored(subject)?;
        if versions.is_empty() {
            missing.push(subject.clone());
        }
        for stored in versions {
            pulled.add(subject, stored.version, &stored.schema);
        }
    }
    drop(progress);
    // Everything is here before anything is written: a registry that goes away leaves no half of a history.
    let written = pulled
        .write(&folder(&project.place), &subjects)
        .map_err(|(path, error)| {
            let path = reading::shown(&path, &surroundings.folder);
            Failure::new(format!("{path} cannot be written")).because(error)
        })?;
    let mut text = String::new();
    for subject in &missing {
        text.push_str(&format!("note: {subject} is not in the registry yet\n"));
    }
    if let (false, Some(note)) = (pull.all, project.emptiness("pulled; --all pulls every subject")) {
        text.push_str(&format!("note: {note}\n"));
    }
    let paint = Paint::new(surroundings.coloured_out);
    let count = pulled.versions.values().map(BTreeMap::len).sum();
    text.push_str(&format!(
        "{} {} of {} from {}: {} written, {} removed\n",
        paint.good("ok:"),
        counted(count, "version"),
        counted(pulled.versions.len(), "subject"),
        registry.address(),
        written.written,
        written.removed,
    ));
    Ok(Answer::clean(text))
}

/// What the registry has.
#[derive(Default)]
struct Pulled {
    versions: BTreeMap<String, BTreeMap<u32, SchemaText>>,
}

#[derive(Default)]
struct Written {
    written: usize,
    removed: usize,
}

type Failed = (std::path::PathBuf, std::io::Error);

impl Pulled {
    /// Adds a version and those that it refers to.
    fn add(&mut self, subject: &str, version: SubjectVersion, schema: &SchemaText) {
        let versions = self.versions.entry(subject.to_owned()).or_default();
        if versions.insert(version.0, schema.clone()).is_some() {
            return;
        }
        for reference in &*schema.references {
            if let Some(version) = reference.version {
                self.add(&reference.subject, version, &reference.schema);
            }
        }
    }

    fn write(&self, root: &Path, whole: &BTreeSet<String>) -> Result<Written, Failed> {
        let mut done = Written::default();
        for (subject, versions) in &self.versions {
            let folder = root.join(folder_name(subject));
            let mut kept = BTreeSet::new();
            for (number, schema) in versions {
                let name = format!("{number}.{}", extension(schema.schema_type));
                let references = stored(&schema.references);
                // References first: a version without those that it has would be another schema.
                if !references.is_empty() {
                    let path = folder.join(format!("{number}.references.json"));
                    let text = serde_json::to_string_pretty(&references).unwrap_or_default() + "\n";
                    kept.insert(path.clone());
                    done.written += usize::from(replace(&path, &text)?);
                }
                let path = folder.join(name);
                kept.insert(path.clone());
                done.written += usize::from(replace(&path, &format!("{}\n", schema.text.trim_end()))?);
            }
            // Of a subject that others refer to only some versions are known here.
            if whole.contains(subject) {
                done.removed += remove_others(&folder, &kept)?;
            }
        }
        Ok(done)
    }
}

fn stored(references: &[SchemaReference]) -> Vec<StoredReference> {
    let stored = references.iter().filter_map(|reference| {
        Some(StoredReference {
            name: reference.name.to_string(),
            subject: reference.subject.to_string(),
            version: reference.version?.0,
        })
    });
    stored.collect()
}

fn replace(path: &Path, text: &str) -> Result<bool, Failed> {
    writing::replace(path, text).map_err(|error| (path.to_owned(), error))
}

/// Removes the versions that are not kept; leaves files alone that are no versions.
fn remove_others(folder: &Path, kept: &BTreeSet<std::path::PathBuf>) -> Result<usize, Failed> {
    let failed = |error| (folder.to_owned(), error);
    let mut removed = 0;
    for entry in folder.read_dir().map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let number = file_name(&name).map(|(stem, _)| stem.strip_suffix(".references").unwrap_or(stem).to_owned());
        let is_version = number.is_some_and(|number| number.parse::<u32>().is_ok());
        if is_version && !kept.contains(&path) {
            fs::remove_file(&path).map_err(|error| (path.clone(), error))?;
            removed += 1;
        }
    }
    Ok(removed)
}
