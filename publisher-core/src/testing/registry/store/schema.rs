//! A schema as it is sent and as it is stored, and when two are the same.
//!
//! Knows no subject but those of references.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::context;
use super::super::refusal::Refusal;
use super::super::syntax::{self, Syntax};
use super::{Store, Wanted};
use crate::compatibility::SchemaDocument;
use crate::record::SubjectVersion;
use crate::registry::{SchemaMetadata, SchemaReference, SchemaText, SchemaType};
use crate::wire::SchemaGuid;

/// A schema that another one builds on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(in super::super) struct Reference {
    pub(in super::super) name: String,
    pub(in super::super) subject: String,
    pub(in super::super) version: u32,
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
#[derive(Clone, Debug)]
pub(in super::super) struct Submitted {
    pub(in super::super) schema: SchemaText,
    pub(in super::super) references: Vec<Reference>,
    pub(in super::super) normalize: bool,
    /// The id and the version that it has elsewhere.
    pub(in super::super) id: Option<u32>,
    pub(in super::super) version: Option<u32>,
}

/// A schema as the registry keeps it, under one id for all subjects of a context.
#[derive(Debug)]
pub(in super::super) struct Stored {
    /// The text in the form in which it is stored, with all that it refers to and its metadata.
    pub(in super::super) schema: SchemaText,
    pub(in super::super) references: Vec<Reference>,
    pub(in super::super) guid: SchemaGuid,
    syntax: Syntax,
}

impl Stored {
    /// Whether a caller who sends the one means the other.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.schema.schema_type == other.schema.schema_type
            && self.schema.text == other.schema.text
            && self.references == other.references
            && self.schema.metadata == other.schema.metadata
    }

    /// The schema as the rules of compatibility read it.
    pub(in super::super) fn document(&self) -> &SchemaDocument {
        &self.syntax.document
    }

    /// The same schema with this metadata.
    pub(super) fn with_metadata(self, metadata: Option<Arc<SchemaMetadata>>) -> Result<Self, Refusal> {
        Self::new(
            SchemaText {
                metadata,
                ..self.schema
            },
            self.references,
            self.syntax,
        )
    }

    fn new(schema: SchemaText, references: Vec<Reference>, syntax: Syntax) -> Result<Self, Refusal> {
        // Every reference has been found, by its version.
        let guid = SchemaGuid::of(&schema.text, &schema.references, schema.metadata.as_deref())
            .ok_or_else(|| Refusal::invalid_schema("a reference has no version"))?;
        Ok(Self {
            schema,
            references,
            guid,
            syntax,
        })
    }
}

impl Store {
    /// The schema as it would be stored in a context, if it is one that may be registered.
    pub(in super::super) fn new_schema(&self, context: &str, submitted: &Submitted) -> Result<Stored, Refusal> {
        let schema = self.read(context, submitted)?;
        syntax::check_defaults(&schema.syntax.document).map_err(|reason| invalid(submitted, &reason))?;
        Ok(schema)
    }

    /// The schema as it would be stored in a context, if it is one and its references stand.
    pub(super) fn read(&self, context: &str, submitted: &Submitted) -> Result<Stored, Refusal> {
        let mut references = Vec::with_capacity(submitted.references.len());
        for reference in &submitted.references {
            let (subject, version) = (context::within(context, &reference.subject), reference.version);
            let found = self.version(&subject, Wanted::Number(version), false);
            let Some(stored) = found.ok().and_then(|found| self.stored_in(&subject, found).ok()) else {
                let message = format!("No schema reference found for subject \"{subject}\" and version {version}");
                return Err(Refusal::invalid_schema(message));
            };
            references.push((reference.clone(), reference.to(stored.schema.clone())));
        }
        let metadata = submitted.schema.metadata.clone();
        let all = references.iter().map(|(_, reference)| reference.clone());
        // Read in the order in which they came, because one may need those before it.
        let schema = submitted.schema.clone().with_references(all.collect::<Vec<_>>());
        let syntax = syntax::read(&schema, submitted.normalize).map_err(|reason| invalid(submitted, &reason))?;
        if submitted.normalize {
            references.sort_by(|(one, _), (other, _)| {
                (&one.subject, one.version, &one.name).cmp(&(&other.subject, other.version, &other.name))
            });
            references.dedup_by(|(one, _), (other, _)| one == other);
        }
        let (references, resolved): (Vec<_>, Vec<_>) = references.into_iter().unzip();
        let schema = SchemaText {
            text: syntax.text.as_str().into(),
            metadata,
            ..schema.with_references(resolved)
        };
        Stored::new(schema, references, syntax)
    }
}

fn invalid(submitted: &Submitted, reason: &str) -> Refusal {
    let schema_type = submitted.schema.schema_type;
    Refusal::invalid_schema(format!("Invalid schema of type {schema_type}, details: {reason}"))
}

/// The type by its name in the API; absent is Avro.
pub(in super::super) fn schema_type(name: Option<&str>) -> Result<SchemaType, Refusal> {
    match name {
        None | Some("AVRO") => Ok(SchemaType::Avro),
        Some("JSON") => Ok(SchemaType::Json),
        Some(other) => Err(Refusal::invalid_schema(format!(
            "Invalid schema type {other}; this registry has AVRO and JSON"
        ))),
    }
}
