//! Registering: a new version, or the one that stands already.
//!
//! Implements: Confluent Schema Registry, `register` and `lookUpSchemaUnderSubject` of `storage/KafkaSchemaRegistry.java`,
//! without rule sets, default metadata and `confluent:version`.

use super::super::context;
use super::super::refusal::Refusal;
use super::super::verdict::{self, Earlier};
use super::{Store, Stored, Submitted, Version, Wanted, check_subject};
use crate::compatibility::{Level, SchemaDocument};
use crate::registry::SchemaText;

impl Store {
    /// A new version, or the one that stands already with this schema; only the former is checked against the others.
    pub(in super::super) fn register(&mut self, subject: &str, submitted: Submitted) -> Result<Version, Refusal> {
        check_subject(subject)?;
        self.modes.check_register(subject, submitted.id.is_some())?;
        let context = context::of(subject);
        let mut schema = self.new_schema(context, &submitted)?;
        if let Some(version) = self.standing(subject, &schema, &submitted) {
            return Ok(version);
        }
        // A schema that says nothing of its metadata has that of the version before.
        if schema.schema.metadata.is_none()
            && let Ok(latest) = self.version(subject, Wanted::Latest, false)
        {
            let metadata = self.stored_in(subject, latest)?.schema.metadata.clone();
            schema = schema.with_metadata(metadata)?;
            if let Some(version) = self.standing(subject, &schema, &submitted) {
                return Ok(version);
            }
        }
        if !self.modes.effective(subject).imports() {
            let messages = self.incompatibilities(subject, schema.document())?;
            if !messages.is_empty() {
                return Err(Refusal::incompatible(subject, &messages));
            }
        }
        let versions = self.subjects.get(subject).map(Vec::as_slice).unwrap_or_default();
        // Numbers of softly deleted versions are not given again.
        let next = versions.last().map_or(1, |version| version.number + 1);
        let number = submitted.version.unwrap_or(next);
        let id = match submitted.id {
            Some(id) => self.keep_as(context, schema, id)?,
            None => self.keep(context, schema),
        };
        let version = Version {
            number,
            id,
            deleted: false,
        };
        let versions = self.subjects.entry(subject.to_owned()).or_default();
        // An imported version takes the place of the one of its number.
        versions.retain(|version| version.number != number);
        versions.push(version);
        versions.sort_by_key(|version| version.number);
        Ok(version)
    }

    /// The version of the subject that has this schema already, where the caller has not named another one.
    fn standing(&self, subject: &str, schema: &Stored, submitted: &Submitted) -> Option<Version> {
        let versions = self.versions(subject, false).ok()?;
        versions.into_iter().find(|version| {
            submitted.id.is_none_or(|id| id == version.id)
                && submitted.version.is_none_or(|number| number == version.number)
                && self.stored_in(subject, *version).is_ok_and(|stored| stored.is(schema))
        })
    }

    /// Keeps a schema under the id that it has already in this context, or under the next one.
    fn keep(&mut self, context: &str, schema: Stored) -> u32 {
        let schemas = self.contexts.entry(context.to_owned()).or_default();
        if let Some((id, _)) = schemas.by_id.iter().find(|(_, stored)| stored.is(&schema)) {
            return *id;
        }
        schemas.last_id += 1;
        schemas.by_id.insert(schemas.last_id, schema);
        schemas.last_id
    }

    /// Keeps a schema under an id of the caller's.
    fn keep_as(&mut self, context: &str, schema: Stored, id: u32) -> Result<u32, Refusal> {
        let schemas = self.contexts.entry(context.to_owned()).or_default();
        match schemas.by_id.get(&id) {
            Some(stored) if !stored.is(&schema) => {
                return Err(Refusal::not_permitted(format!(
                    "Overwrite new schema with id {id} in context {context} is not permitted."
                )));
            }
            Some(_) => {}
            None => drop(schemas.by_id.insert(id, schema)),
        }
        schemas.last_id = schemas.last_id.max(id);
        Ok(id)
    }

    /// Makes an id of the default context mean another schema.
    pub(in super::super) fn replace(&mut self, id: u32, schema: SchemaText) -> Result<(), Refusal> {
        self.stored(context::DEFAULT, id)?;
        let schema = self.new_schema(
            context::DEFAULT,
            &Submitted {
                schema,
                references: Vec::new(),
                normalize: false,
                id: None,
                version: None,
            },
        )?;
        let schemas = self.contexts.entry(context::DEFAULT.to_owned()).or_default();
        schemas.by_id.insert(id, schema);
        Ok(())
    }

    /// The version of the subject that has this schema: with the metadata that was sent, or with that of the latest
    /// version if none was.
    pub(in super::super) fn look_up(
        &self,
        subject: &str,
        submitted: &Submitted,
        deleted: bool,
    ) -> Result<Version, Refusal> {
        let versions = self.versions(subject, deleted)?;
        let mut schema = self.read(context::of(subject), submitted)?;
        let find = |schema: &Stored| {
            versions
                .iter()
                .find(|version| self.stored_in(subject, **version).is_ok_and(|stored| stored.is(schema)))
                .copied()
        };
        if let Some(version) = find(&schema) {
            return Ok(version);
        }
        if schema.schema.metadata.is_none()
            && let Ok(latest) = self.version(subject, Wanted::Latest, false)
        {
            let metadata = self.stored_in(subject, latest)?.schema.metadata.clone();
            schema = schema.with_metadata(metadata)?;
        }
        find(&schema).ok_or_else(Refusal::no_schema)
    }

    /// Why the schema may not follow the versions that stand; nothing if it may, or if none does.
    pub(in super::super) fn incompatibilities(
        &self,
        subject: &str,
        schema: &SchemaDocument,
    ) -> Result<Vec<String>, Refusal> {
        let versions = self.versions(subject, false).unwrap_or_default();
        self.held_against(subject, schema, &versions, self.levels.level(subject))
    }

    /// Why the schema does not go with one version. Only that one is looked at, also at a transitive level.
    pub(in super::super) fn incompatibilities_with(
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
            let stored = self.stored_in(subject, *version)?;
            earlier.push(Earlier {
                number: version.number,
                text: &stored.schema.text,
                document: stored.document(),
            });
        }
        verdict::reasons(schema, &earlier, level, self.levels.dialect(subject))
    }
}
