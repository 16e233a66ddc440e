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
use crate::registry::error::{RegistryError, RegistryFailure};
use crate::registry::{SchemaReference, SchemaText, SchemaType};

/// What was read so far, by subject and version: a schema that two others refer to is asked for once.
type Known = HashMap<(String, u32), SchemaText>;

impl RegistryClient {
    /// The text of an answer with its references; `what` names it in errors.
    pub(super) async fn fetched(&self, schema: RegisteredSchema, what: &str) -> Result<SchemaText, RegistryError> {
        self.with_references(schema, what.to_owned(), &mut Known::new()).await
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
        let schema = match known.get(&place) {
            Some(schema) => schema.clone(),
            None => {
                // The crate puts the subject into the path as it is.
                let mut encoded = reference.clone();
                encoded.subject = self.segment(&reference.subject)?.into_owned();
                let answer = get_referenced_schema(&self.settings, &encoded)
                    .await
                    .map_err(|error| self.typed(error).of_subject(&reference.subject))?;
                let what = format!("version {} of subject {}", reference.version, reference.subject);
                let schema = self.with_references(answer, what, known).await?;
                known.insert(place, schema.clone());
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
