//! What the registry remembers: schemas by id, versions by subject, levels; and when it says no.
//!
//! Knows no HTTP but the status that goes with each refusal.
//!
//! Implements: Confluent Schema Registry, `rest/exceptions/Errors.java`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::syntax::{self, Referenced};
use crate::record::SubjectVersion;
use crate::registry::{SchemaReference, SchemaText, SchemaType};

/// No, with the API's status, code and words.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: u32,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    pub(super) fn invalid_schema(message: impl Into<String>) -> Self {
        Self::new(422, 42201, message)
    }

    pub(super) fn no_subject(subject: &str) -> Self {
        Self::new(404, 40401, format!("Subject '{subject}' not found."))
    }

    pub(super) fn no_version(version: Wanted) -> Self {
        Self::new(404, 40402, format!("Version {version} not found."))
    }

    pub(super) fn no_schema() -> Self {
        Self::new(404, 40403, "Schema not found")
    }
}

/// A schema that another one builds on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Reference {
    pub(super) name: String,
    pub(super) subject: String,
    pub(super) version: u32,
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
    pub(super) schema: SchemaText,
    pub(super) references: Vec<Reference>,
    canonical: String,
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
    /// Subjects with a level of their own; it can only be NONE.
    pub(super) levels: BTreeSet<String>,
}

impl Store {
    pub(super) fn register(&mut self, subject: &str, submitted: Submitted) -> Result<Version, Refusal> {
        check_subject(subject)?;
        let canonical = self.checked(&submitted)?;
        let id = match self.id_of(&submitted, &canonical) {
            Some(id) => id,
            None => {
                self.last_id += 1;
                let stored = Stored {
                    schema: submitted.schema,
                    references: sorted(submitted.references),
                    canonical,
                };
                self.schemas.insert(self.last_id, stored);
                self.last_id
            }
        };
        let versions = self.subjects.entry(subject.to_owned()).or_default();
        if let Some(version) = versions.iter().find(|version| version.id == id && !version.deleted) {
            return Ok(*version);
        }
        // Numbers of softly deleted versions are not given again.
        let number = versions.last().map_or(1, |version| version.number + 1);
        versions.push(Version {
            number,
            id,
            deleted: false,
        });
        Ok(Version {
            number,
            id,
            deleted: false,
        })
    }

    pub(super) fn look_up(&self, subject: &str, submitted: &Submitted, deleted: bool) -> Result<Version, Refusal> {
        let versions = self.versions(subject, deleted)?;
        let canonical = self.checked(submitted)?;
        let id = self.id_of(submitted, &canonical).ok_or_else(Refusal::no_schema)?;
        versions
            .into_iter()
            .find(|version| version.id == id)
            .ok_or_else(Refusal::no_schema)
    }

    /// The form in which the schema is compared, if it is one and its references stand.
    pub(super) fn checked(&self, submitted: &Submitted) -> Result<String, Refusal> {
        let mut texts = Vec::new();
        self.collect(&submitted.references, &mut BTreeSet::new(), &mut texts)?;
        let SchemaText { schema_type, text, .. } = &submitted.schema;
        syntax::canonical(*schema_type, text, &texts).map_err(|reason| {
            Refusal::invalid_schema(format!("Invalid schema of type {schema_type}, details: {reason}"))
        })
    }

    /// The names and texts of the references, each after those it needs itself.
    fn collect<'a>(
        &'a self,
        references: &[Reference],
        seen: &mut BTreeSet<u32>,
        texts: &mut Vec<Referenced<'a>>,
    ) -> Result<(), Refusal> {
        for reference in references {
            let Reference { name, subject, version } = reference;
            let found = self
                .subjects
                .get(subject)
                .and_then(|versions| versions.iter().find(|other| other.number == *version));
            let stored = found
                .filter(|found| !found.deleted)
                .and_then(|found| Some((found.id, self.schemas.get(&found.id)?)));
            let Some((id, stored)) = stored else {
                let message = format!("No schema reference found for subject \"{subject}\" and version {version}");
                return Err(Refusal::invalid_schema(message));
            };
            if seen.insert(id) {
                self.collect(&stored.references, seen, texts)?;
                texts.push(Referenced {
                    name: name.clone(),
                    text: &stored.schema.text,
                });
            }
        }
        Ok(())
    }

    fn id_of(&self, submitted: &Submitted, canonical: &str) -> Option<u32> {
        let references = sorted(submitted.references.clone());
        let same = |stored: &Stored| {
            stored.schema.schema_type == submitted.schema.schema_type
                && stored.canonical == canonical
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
        self.whole_text(version.id)
    }

    /// The text of an id with all that it refers to.
    fn whole_text(&self, id: u32) -> Option<SchemaText> {
        let stored = self.stored(id).ok()?;
        let references = stored.references.iter().map(|reference| {
            let version = self.version(&reference.subject, Wanted::Number(reference.version), true);
            Some(SchemaReference {
                name: reference.name.as_str().into(),
                subject: reference.subject.as_str().into(),
                version: Some(SubjectVersion(reference.version)),
                schema: self.whole_text(version.ok()?.id)?,
            })
        });
        let references = references.collect::<Option<Vec<_>>>()?;
        Some(stored.schema.clone().with_references(references))
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

    /// Deletes a whole subject and answers the numbers of its versions.
    pub(super) fn delete_subject(&mut self, subject: &str, permanent: bool) -> Result<Vec<u32>, Refusal> {
        let versions = self.versions(subject, true)?;
        let deleted = versions.iter().all(|version| version.deleted);
        if permanent && !deleted {
            return Err(Refusal::new(
                404,
                40405,
                format!("Subject '{subject}' was not deleted first before being permanently deleted"),
            ));
        }
        if deleted && !permanent {
            let message = format!("Subject '{subject}' was soft deleted. Set permanent=true to delete permanently");
            return Err(Refusal::new(404, 40404, message));
        }
        let gone = versions
            .iter()
            .filter(|version| permanent || !version.deleted)
            .map(|version| version.number)
            .collect::<Vec<_>>();
        gone.iter()
            .try_for_each(|number| self.check_unreferenced(subject, *number))?;
        self.remove(subject, permanent, |_| true);
        Ok(gone)
    }

    /// Deletes one version and answers its number.
    pub(super) fn delete_version(&mut self, subject: &str, wanted: Wanted, permanent: bool) -> Result<u32, Refusal> {
        let version = self.version(subject, wanted, wanted != Wanted::Latest || permanent)?;
        let number = version.number;
        if permanent && !version.deleted {
            let message =
                format!("Subject '{subject}' Version {number} was not deleted first before being permanently deleted");
            return Err(Refusal::new(404, 40407, message));
        }
        if version.deleted && !permanent {
            let message = format!(
                "Subject '{subject}' Version {number} was soft deleted. Set permanent=true to delete permanently"
            );
            return Err(Refusal::new(404, 40406, message));
        }
        self.check_unreferenced(subject, number)?;
        self.remove(subject, permanent, |version| version.number == number);
        Ok(number)
    }

    fn check_unreferenced(&self, subject: &str, number: u32) -> Result<(), Refusal> {
        if self.referenced_by(subject, number).is_empty() {
            return Ok(());
        }
        Err(Refusal::new(
            422,
            42206,
            format!("One or more references exist to the schema {{subject={subject},version={number}}}"),
        ))
    }

    /// Marks versions as deleted, or forgets them together with schemas that then stand nowhere.
    fn remove(&mut self, subject: &str, permanent: bool, which: impl Fn(&Version) -> bool) {
        let Some(versions) = self.subjects.get_mut(subject) else {
            return;
        };
        if !permanent {
            versions
                .iter_mut()
                .filter(|version| which(version))
                .for_each(|version| version.deleted = true);
            return;
        }
        versions.retain(|version| !which(version));
        if versions.is_empty() {
            self.subjects.remove(subject);
        }
        let used = self
            .subjects
            .values()
            .flatten()
            .map(|version| version.id)
            .collect::<BTreeSet<_>>();
        self.schemas.retain(|id, _| used.contains(id));
    }
}

/// Order and repetition of references carry no meaning.
fn sorted(mut references: Vec<Reference>) -> Vec<Reference> {
    references.sort();
    references.dedup();
    references
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
