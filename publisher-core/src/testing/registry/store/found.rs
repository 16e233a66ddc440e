//! Schemas by their id and by their GUID, and the places where they stand.
//!
//! Implements: Confluent Schema Registry REST API, `/schemas/ids/{id}` with `subject`, and `/schemas/guids/{guid}`.

use super::super::context;
use super::super::refusal::Refusal;
use super::{Store, Stored};
use crate::wire::SchemaGuid;

impl Store {
    /// The context in which an id is meant: that of the subject, which must hold the id if it is named in full. A name
    /// without context is looked for in the other contexts too.
    pub(in super::super) fn context_of_id(&self, id: u32, subject: &str) -> Result<&str, Refusal> {
        let (named, name) = context::split(subject);
        let known = self.contexts();
        let named = known.iter().find(|context| **context == named).copied();
        let holds = |context: &str| {
            let versions = self
                .subjects
                .get(&context::qualified(context, name))
                .into_iter()
                .flatten();
            versions.clone().any(|version| version.id == id)
        };
        let found = match named {
            Some(context) if name.is_empty() || holds(context) => Some(context),
            Some(context::DEFAULT) => known.iter().find(|context| holds(context)).copied().or(named),
            _ => None,
        };
        let found = found.ok_or_else(|| Refusal::no_schema_of(id))?;
        self.stored(found, id).map(|_| found)
    }

    /// Subject and version of every place of this id of a context.
    pub(in super::super) fn places(&self, context: &str, id: u32, deleted: bool) -> Vec<(&str, u32)> {
        let all = self
            .subjects
            .iter()
            .filter(|(subject, _)| context::of(subject) == context)
            .flat_map(|(subject, versions)| versions.iter().map(move |version| (subject.as_str(), version)));
        all.filter(|(_, version)| version.id == id && (deleted || !version.deleted))
            .map(|(subject, version)| (subject, version.number))
            .collect()
    }

    /// Every context that has a schema of this GUID, with the schema's id there, sorted by context.
    pub(in super::super) fn by_guid(&self, guid: SchemaGuid) -> Vec<(&str, u32, &Stored)> {
        let mut found = Vec::new();
        for (context, schemas) in &self.contexts {
            let of_guid = schemas.by_id.iter().find(|(_, stored)| stored.guid == guid);
            found.extend(of_guid.map(|(id, stored)| (context.as_str(), *id, stored)));
        }
        found
    }

    /// The ids of the schemas that build on this one and stand somewhere.
    pub(in super::super) fn referenced_by(&self, subject: &str, number: u32) -> Vec<u32> {
        let mut ids = Vec::new();
        for (context, schemas) in &self.contexts {
            let refers = |stored: &Stored| {
                stored.references.iter().any(|reference| {
                    reference.version == number && context::within(context, &reference.subject) == subject
                })
            };
            let of_context = schemas.by_id.iter().filter(|(_, stored)| refers(stored));
            let ids_of_context = of_context.map(|(id, _)| *id);
            ids.extend(ids_of_context.filter(|id| !self.places(context, *id, false).is_empty()));
        }
        ids
    }
}
