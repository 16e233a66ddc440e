//! The project as a command sees it: committed schemas, settings, descriptions of types, and what to look at of them.

use anyhow::Result;
use publisher_core::compatibility::Level;
use publisher_core::registry::{SchemaReference, SchemaText, SchemaType};

use crate::failure::Failure;
use crate::origin::committed::{self, Place};
use crate::origin::described::{Description, Descriptions};
use crate::origin::{Baseline, Folder, SchemaFile, unreadable};
use crate::settings::Settings;
use crate::surroundings::Surroundings;

/// Everything that is read before a command does its work.
pub(crate) struct Project {
    pub(crate) place: Place,
    pub(crate) settings: Settings,
    pub(crate) folder: Folder,
    pub(crate) descriptions: Descriptions,
}

/// A committed schema under one of its subjects.
#[derive(Clone, Debug)]
pub(crate) struct Unit<'a> {
    pub(crate) file: &'a SchemaFile,
    pub(crate) file_name: &'a str,
    /// `None` where nobody has said its topic.
    pub(crate) subject: Option<String>,
    pub(crate) schema: SchemaText,
    pub(crate) description: Option<&'a Description>,
}

impl Unit<'_> {
    /// What a registry knows it by, where its subject has been made sure of.
    pub(crate) fn subject_or_name(&self) -> &str {
        self.subject.as_deref().unwrap_or(&self.file.name)
    }
}

impl Project {
    pub(crate) fn read(schemas: &str, surroundings: &Surroundings) -> Result<Self> {
        let place = Place::new(schemas, surroundings);
        let folder = committed::read(&place)?;
        let settings = Settings::read(&place.path, &place.shown)?;
        let known = |name: &str| folder.files.contains_key(name) || folder.files.values().any(|file| file.name == name);
        let unknown = settings.unknown(known);
        if !unknown.is_empty() {
            return Err(Failure::new(format!(
                "{}/publisher.toml speaks of types that have no schema here",
                place.shown
            ))
            .details(unknown)
            .help("a level that is set for nobody protects nobody: correct the name, or remove the entry")
            .into());
        }
        Ok(Self {
            descriptions: Descriptions::read(surroundings),
            place,
            settings,
            folder,
        })
    }

    /// Every committed schema under each of its subjects, in the order of the files.
    pub(crate) fn units(&self, baseline: Option<&Baseline>) -> Result<Vec<Unit<'_>>> {
        let mut units = Vec::new();
        let mut problems = Vec::new();
        let mut resolved = Vec::new();
        for (file_name, file) in &self.folder.files {
            match self.folder.schema(file) {
                Ok(schema) => resolved.push((file_name.as_str(), file, schema)),
                Err(problem) => problems.push(problem),
            }
        }
        unreadable(&format!("the schemas in {} cannot be read", self.place.shown), problems)?;
        for (file_name, file, schema) in &resolved {
            let description = self.descriptions.of(file);
            let mut subjects = self.settings.subjects(&file.name, file_name);
            subjects.extend(description.map(|description| description.subject.clone()));
            let shared = reference_name(file);
            if resolved.iter().any(|(_, _, other)| refers(&other.references, &shared)) {
                subjects.push(shared);
            }
            if let (true, Some(Baseline::History(history))) = (subjects.is_empty(), baseline) {
                subjects = history.subjects_of(&file.name, file.schema_type);
            }
            subjects.sort();
            subjects.dedup();
            let mut subjects: Vec<Option<String>> = subjects.into_iter().map(Some).collect();
            if subjects.is_empty() {
                subjects.push(None);
            }
            units.extend(subjects.into_iter().map(|subject| Unit {
                file,
                file_name,
                subject,
                schema: schema.clone(),
                description,
            }));
        }
        Ok(units)
    }

    /// What to say where there is no schema.
    pub(crate) fn emptiness(&self, done: &str) -> Option<String> {
        let shown = &self.place.shown;
        let is_empty = self.folder.files.is_empty();
        is_empty.then(|| format!("{shown} holds no schema (.avsc or .json), so nothing was {done}"))
    }

    /// The level of a unit by the settings.
    pub(crate) fn level(&self, unit: &Unit<'_>) -> Level {
        self.settings
            .level(&unit.file.name, unit.file_name, unit.subject.as_deref())
    }
}

/// What other schemas call a shared type, and its subject.
fn reference_name(file: &SchemaFile) -> String {
    match file.schema_type {
        SchemaType::Avro => file.name.clone(),
        SchemaType::Json => format!("{}.json", file.name),
    }
}

fn refers(references: &[SchemaReference], name: &str) -> bool {
    references.iter().any(|reference| &*reference.name == name)
}

/// For verbs that ask a registry: every schema must have a subject.
pub(crate) fn with_subjects<'a>(units: Vec<Unit<'a>>, shown: &str) -> Result<Vec<Unit<'a>>> {
    let unknown: Vec<String> = units
        .iter()
        .filter(|unit| unit.subject.is_none())
        .map(|unit| unit.file.shown.clone())
        .collect();
    if unknown.is_empty() {
        return Ok(units);
    }
    Err(
        Failure::new("the subject of some schemas is unknown, because nothing says their topic")
            .details(unknown)
            .help("run `cargo test`, which leaves the topic of each type under target/publisher")
            .help(format!(
                "or write it into {shown}/publisher.toml: [types.\"<full name>\"] topics = [\"<topic>\"]"
            ))
            .into(),
    )
}
