//! What the registry remembers: schemas by id, versions by subject, levels; and which schema it takes.
//!
//! Knows no HTTP but the status that goes with each refusal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::levels::Levels;
use super::refusal::Refusal;
use super::syntax::{self, Syntax};
use super::verdict::{self, Earlier};
use crate::compatibility::{Level, SchemaDocument};
use crate::record::SubjectVersion;
use crate::registry::{SchemaReference, SchemaText, SchemaType};

/// A schema that another one builds on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Reference {
    pub(super) name: String,
    pub(super) subject: String,
    pub(super) version: u32,
}

impl Reference {
    /// The reference with the schema that it leads to.
    fn to(&self, schema: SchemaText) -> SchemaReference {
        SchemaReference {
            name: self.name.as_str().into(),
            subject: self.subject.as_str().into(),
            version: Some(SubjectVersion(self.version)),
            schema,
        }
    }
}

/// A schema as a client sends it.
#[derive(Debug)]
pub(super) struct Submitted {
    pub(super) schema: SchemaText,
    pub(super) references: Vec<Reference>,
}

/// A schema as the registry keeps it, under one id for all subjects.
#[derive(Debug)]
pub(super) struct Stored {
    /// As it came first, with all that it refers to.
    pub(super) schema: SchemaText,
    pub(super) references: Vec<Reference>,
    syntax: Syntax,
}

/// A schema's place in a subject.
#[derive(Clone, Copy, Debug)]
pub(super) struct Version {
    pub(super) number: u32,
    pub(super) id: u32,
    deleted: bool,
}

/// Which version a caller wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Latest,
    Number(u32),
}

impl std::fmt::Display for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Latest => f.write_str("latest"),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// The whole memory.
#[derive(Debug, Default)]
pub(super) struct Store {
    schemas: BTreeMap<u32, Stored>,
    last_id: u32,
    subjects: BTreeMap<String, Vec<Version>>,
    pub(super) levels: Levels,
}

impl Store {
    /// A new version, or the one that stands already with this schema; only the former is checked against the others.
    pub(super) fn register(&mut self, subject: &str, submitted: Submitted) -> Result<Version, Refusal> {
        check_subject(subject)?;
        let (schema, syntax) = self.new_schema(&submitted)?;
        let known = self.id_of(&submitted, &syntax.canonical);
        let versions = self.subjects.get(subject).map(Vec::as_slice).unwrap_or_default();
        let stands = |version: &&Version| Some(version.id) == known && !version.deleted;
        if let Some(version) = versions.iter().find(stands) {
            return Ok(*version);
        }
        // Numbers of softly deleted versions are not given again.
        let number = versions.last().map_or(1, |version| version.number + 1);
        let messages = self.incompatibilities(subject, &syntax.document)?;
        if !messages.is_empty() {
            return Err(Refusal::incompatible(subject, &messages));
        }
        let id = known.unwrap_or_else(|| {
            self.last_id += 1;
            let stored = Stored {
                schema,
                references: sorted(submitted.references),
                syntax,
            };
            self.schemas.insert(self.last_id, stored);
            self.last_id
        });
        let version = Version {
            number,
            id,
            deleted: false,
        };
        self.subjects.entry(subject.to_owned()).or_default().push(version);
        Ok(version)
    }

    /// Why the schema may not follow the versions that stand; nothing if it may, or if none does.
    pub(super) fn incompatibilities(&self, subject: &str, schema: &SchemaDocument) -> Result<Vec<String>, Refusal> {
        let versions = self.versions(subject, false).unwrap_or_default();
        self.held_against(subject, schema, &versions, self.levels.level(subject))
    }

    /// Why the schema does not go with one version. Only that one is looked at, also at a transitive level.
    pub(super) fn incompatibilities_with(
        &self,
        subject: &str,
        schema: &SchemaDocument,
        wanted: Wanted,
    ) -> Result<Vec<String>, Refusal> {
        let version = match self.version(subject, wanted, false) {
            Ok(version) => version,
            // A subject without versions has no latest one that a schema could break.
            Err(_) if wanted == Wanted::Latest => return Ok(Vec::new()),
            Err(refusal) => return Err(refusal),
        };
        self.held_against(subject, schema, &[version], self.levels.level(subject))
    }

    fn held_against(
        &self,
        subject: &str,
        schema: &SchemaDocument,
        versions: &[Version],
        level: Level,
    ) -> Result<Vec<String>, Refusal> {
        let mut earlier = Vec::with_capacity(versions.len());
        for version in versions {
            let stored = self.stored(version.id)?;
            earlier.push(Earlier {
                number: version.number,
                text: &stored.schema.text,
                document: &stored.syntax.document,
            });
        }
        verdict::reasons(schema, &earlier, level, self.levels.dialect(subject))
    }

    pub(super) fn look_up(&self, subject: &str, submitted: &Submitted, deleted: bool) -> Result<Version, Refusal> {
        let versions = self.versions(subject, deleted)?;
        let canonical = self.read(submitted)?.1.canonical;
        let id = self.id_of(submitted, &canonical).ok_or_else(Refusal::no_schema)?;
        versions
            .into_iter()
            .find(|version| version.id == id)
            .ok_or_else(Refusal::no_schema)
    }

    /// The schema with all that it refers to, if it is one that may be registered.
    pub(super) fn new_schema(&self, submitted: &Submitted) -> Result<(SchemaText, Syntax), Refusal> {
        let (schema, syntax) = self.read(submitted)?;
        syntax::check_defaults(&syntax.document).map_err(|reason| invalid(submitted, &reason))?;
        Ok((schema, syntax))
    }

    /// The schema with all that it refers to, if it is one and its references stand.
    fn read(&self, submitted: &Submitted) -> Result<(SchemaText, Syntax), Refusal> {
        let mut references = Vec::with_capacity(submitted.references.len());
        for reference in &submitted.references {
            let Reference { subject, version, .. } = reference;
            let found = self.version(subject, Wanted::Number(*version), false);
            let Some(stored) = found.ok().and_then(|found| self.stored(found.id).ok()) else {
                let message = format!("No schema reference found for subject \"{subject}\" and version {version}");
                return Err(Refusal::invalid_schema(message));
            };
            references.push(reference.to(stored.schema.clone()));
        }
        let schema = submitted.schema.clone().with_references(references);
        // Read in the order in which they came, because one may need those before it.
        let syntax = syntax::read(&schema).map_err(|reason| invalid(submitted, &reason))?;
        let mut references = schema.references.to_vec();
        references.sort_by(|one, other| {
            (&one.name, &one.subject, one.version).cmp(&(&other.name, &other.subject, other.version))
        });
        references.dedup_by(|one, other| {
            (&one.name, &one.subject, one.version) == (&other.name, &other.subject, other.version)
        });
        Ok((schema.with_references(references), syntax))
    }

    fn id_of(&self, submitted: &Submitted, canonical: &str) -> Option<u32> {
        let references = sorted(submitted.references.clone());
        let same = |stored: &Stored| {
            stored.schema.schema_type == submitted.schema.schema_type
                && stored.syntax.canonical == canonical
                && stored.references == references
        };
        self.schemas.iter().find(|(_, stored)| same(stored)).map(|(id, _)| *id)
    }

    pub(super) fn subjects(&self, deleted: bool) -> Vec<String> {
        let stands = |versions: &[Version]| versions.iter().any(|version| deleted || !version.deleted);
        self.subjects
            .iter()
            .filter(|(_, versions)| stands(versions))
            .map(|(subject, _)| subject.clone())
            .collect()
    }

    pub(super) fn versions(&self, subject: &str, deleted: bool) -> Result<Vec<Version>, Refusal> {
        let versions = self.subjects.get(subject).into_iter().flatten();
        let versions = versions
            .filter(|version| deleted || !version.deleted)
            .copied()
            .collect::<Vec<_>>();
        if versions.is_empty() {
            Err(Refusal::no_subject(subject))
        } else {
            Ok(versions)
        }
    }

    pub(super) fn version(&self, subject: &str, wanted: Wanted, deleted: bool) -> Result<Version, Refusal> {
        let versions = self.versions(subject, deleted)?;
        let found = match wanted {
            Wanted::Latest => versions.last(),
            Wanted::Number(number) => versions.iter().find(|version| version.number == number),
        };
        found.copied().ok_or_else(|| Refusal::no_version(wanted))
    }

    pub(super) fn stored(&self, id: u32) -> Result<&Stored, Refusal> {
        self.schemas
            .get(&id)
            .ok_or_else(|| Refusal::new(404, 40403, format!("Schema {id} not found")))
    }

    pub(super) fn latest_text(&self, subject: &str) -> Option<SchemaText> {
        let version = self.version(subject, Wanted::Latest, false).ok()?;
        Some(self.stored(version.id).ok()?.schema.clone())
    }

    /// Subject and version of every place of this id.
    pub(super) fn places(&self, id: u32, deleted: bool) -> Vec<(&str, u32)> {
        let all = self
            .subjects
            .iter()
            .flat_map(|(subject, versions)| versions.iter().map(move |version| (subject.as_str(), version)));
        all.filter(|(_, version)| version.id == id && (deleted || !version.deleted))
            .map(|(subject, version)| (subject, version.number))
            .collect()
    }

    /// The ids of the schemas that build on this one and stand somewhere.
    pub(super) fn referenced_by(&self, subject: &str, number: u32) -> Vec<u32> {
        let refers = |stored: &Stored| {
            stored
                .references
                .iter()
                .any(|other| other.subject == subject && other.version == number)
        };
        let ids = self
            .schemas
            .iter()
            .filter(|(_, stored)| refers(stored))
            .map(|(id, _)| *id);
        ids.filter(|id| !self.places(*id, false).is_empty()).collect()
    }
}

/// Order and repetition of references carry no meaning.
fn sorted(mut references: Vec<Reference>) -> Vec<Reference> {
    references.sort();
    references.dedup();
    references
}

fn invalid(submitted: &Submitted, reason: &str) -> Refusal {
    let schema_type = submitted.schema.schema_type;
    Refusal::invalid_schema(format!("Invalid schema of type {schema_type}, details: {reason}"))
}

fn check_subject(subject: &str) -> Result<(), Refusal> {
    if subject.is_empty() || subject.chars().any(char::is_control) {
        return Err(Refusal::new(
            422,
            42208,
            format!(
                "The specified subject '{}' is not a valid subject.",
                subject.escape_debug()
            ),
        ));
    }
    Ok(())
}

/// The type by its name in the API; absent is Avro.
pub(super) fn schema_type(name: Option<&str>) -> Result<SchemaType, Refusal> {
    match name {
        None | Some("AVRO") => Ok(SchemaType::Avro),
        Some("JSON") => Ok(SchemaType::Json),
        Some(other) => Err(Refusal::invalid_schema(format!(
            "Invalid schema type {other}; this registry has AVRO and JSON"
        ))),
    }
}

mod deletion;
