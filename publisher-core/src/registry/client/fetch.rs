//! Reads a schema that a registry holds, and all that it refers to.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use schema_registry_converter::async_impl::schema_registry::get_referenced_schema;
use schema_registry_converter::schema_registry_common::{
    RegisteredReference, RegisteredSchema, SchemaType as WireType,
};

use super::RegistryClient;
use crate::record::SubjectVersion;
use crate::registry::answer::unreadable;
use crate::registry::error::{RegistryError, RegistryFailure};
use crate::registry::{SchemaReference, SchemaText, SchemaType};

/// A schema refers to schemas that refer to schemas, no deeper than this: registries refuse circles, but an answer can
/// hold one.
const MAX_LEVELS: usize = 16;
/// A schema needs no more other schemas than this, directly or not.
const MAX_REFERENCES: usize = 256;

/// What was read so far.
#[derive(Default)]
struct Known {
    /// By subject and version: a schema that two others refer to is asked for once.
    schemas: HashMap<(String, u32), SchemaText>,
    /// How many have been asked for.
    asked: usize,
    /// How many schemas are around the one that is read.
    levels: usize,
}

impl RegistryClient {
    /// The text of an answer with its references; `what` names it in errors.
    pub(super) async fn fetched(&self, schema: RegisteredSchema, what: &str) -> Result<SchemaText, RegistryError> {
        self.with_references(schema, what.to_owned(), &mut Known::default())
            .await
    }

    /// Boxed, because references have references.
    fn with_references<'a>(
        &'a self,
        schema: RegisteredSchema,
        what: String,
        known: &'a mut Known,
    ) -> Pin<Box<dyn Future<Output = Result<SchemaText, RegistryError>> + Send + 'a>> {
        Box::pin(async move {
            let text = SchemaText::new(self.language(schema.schema_type, &what)?, schema.schema);
            let mut references = Vec::with_capacity(schema.references.len());
            for reference in schema.references {
                references.push(self.referenced(reference, known).await?);
            }
            Ok(text.with_references(references))
        })
    }

    async fn referenced(
        &self,
        reference: RegisteredReference,
        known: &mut Known,
    ) -> Result<SchemaReference, RegistryError> {
        let place = (reference.subject.clone(), reference.version);
        let schema = match known.schemas.get(&place) {
            Some(schema) => schema.clone(),
            None => {
                self.check_bounds(&reference, known)?;
                // The crate puts the subject into the path as it is.
                let mut encoded = reference.clone();
                encoded.subject = self.segment(&reference.subject)?.into_owned();
                let answer = get_referenced_schema(&self.settings, &encoded)
                    .await
                    .map_err(|error| self.typed(error).of_subject(&reference.subject))?;
                let what = format!("version {} of subject {}", reference.version, reference.subject);
                known.levels += 1;
                let schema = self.with_references(answer, what, known).await?;
                known.levels -= 1;
                known.schemas.insert(place, schema.clone());
                schema
            }
        };
        Ok(SchemaReference {
            name: reference.name.into(),
            subject: reference.subject.into(),
            version: Some(SubjectVersion(reference.version)),
            schema,
        })
    }

    /// Counts one more, if there may be one.
    fn check_bounds(&self, reference: &RegisteredReference, known: &mut Known) -> Result<(), RegistryError> {
        known.asked += 1;
        let reason = if known.levels >= MAX_LEVELS {
            format!("schemas refer to schemas more than {MAX_LEVELS} levels deep, perhaps in a circle")
        } else if known.asked > MAX_REFERENCES {
            format!("a schema needs more than {MAX_REFERENCES} others")
        } else {
            return Ok(());
        };
        Err(unreadable(self.http.address(), reason).of_subject(&reference.subject))
    }

    fn language(&self, wire: WireType, what: &str) -> Result<SchemaType, RegistryError> {
        let name = match wire {
            WireType::Avro => return Ok(SchemaType::Avro),
            WireType::Json => return Ok(SchemaType::Json),
            WireType::Other(name) => name,
            _ => "PROTOBUF".to_owned(),
        };
        let reason = format!("{what} is {name}; only AVRO and JSON are supported");
        Err(RegistryError::InvalidSchema(RegistryFailure::new(
            self.http.address(),
            reason,
        )))
    }
}
