//! Reads a schema that a registry holds, and all that it refers to.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use ::http::Method;
use schema_registry_converter::async_impl::schema_registry::get_referenced_schema;
use schema_registry_converter::schema_registry_common::{
    RawRegisteredSchema, RegisteredReference, RegisteredSchema, SchemaType as WireType,
};

use super::RegistryClient;
use crate::record::{SchemaId, SubjectVersion};
use crate::registry::answer::unreadable;
use crate::registry::error::{RegistryError, RegistryFailure};
use crate::registry::{SchemaReference, SchemaText, SchemaType};
use crate::subject;

/// What was read so far, by subject and version: a schema that two others refer to is asked for once.
type Known = HashMap<(String, u32), SchemaText>;

impl RegistryClient {
    /// The text of an answer with its references, which are in this context unless they name another; `what` names the
    /// schema in errors.
    pub(super) async fn fetched(
        &self,
        schema: RegisteredSchema,
        context: &str,
        what: &str,
    ) -> Result<SchemaText, RegistryError> {
        self.with_references(schema, context.to_owned(), what.to_owned(), &mut Known::new())
            .await
    }

    /// The schema of an id in a context, which the crate cannot name. Under a subject the registry would find only what is
    /// registered there.
    pub(super) async fn fetched_in(&self, context: &str, id: SchemaId) -> Result<SchemaText, RegistryError> {
        let path = format!("/schemas/ids/{id}?deleted=true&subject={}", self.segment(context)?);
        let answer = self.http.ask(Method::GET, &path, None).await?;
        let answer = serde_json::from_value::<RawRegisteredSchema>(answer);
        let unreadable = |reason: String| unreadable(self.http.address(), reason);
        let answer = answer.map_err(|error| unreadable(format!("answer is no schema: {error}")))?;
        let what = format!("schema {id}");
        let language = match answer.schema_type.as_deref() {
            None | Some("AVRO") => WireType::Avro,
            Some("JSON") => WireType::Json,
            Some(name) => WireType::Other(name.to_owned()),
        };
        let text = answer
            .schema
            .ok_or_else(|| unreadable("answer has no schema".to_owned()))?;
        let schema = SchemaText::new(self.language(language, &what)?, text);
        let references = answer.references.unwrap_or_default();
        self.completed(schema, references, context, &mut Known::new()).await
    }

    /// Boxed, because references have references.
    fn with_references<'a>(
        &'a self,
        schema: RegisteredSchema,
        context: String,
        what: String,
        known: &'a mut Known,
    ) -> Pin<Box<dyn Future<Output = Result<SchemaText, RegistryError>> + Send + 'a>> {
        Box::pin(async move {
            let text = SchemaText::new(self.language(schema.schema_type, &what)?, schema.schema);
            self.completed(text, schema.references, &context, known).await
        })
    }

    async fn completed(
        &self,
        schema: SchemaText,
        references: Vec<RegisteredReference>,
        context: &str,
        known: &mut Known,
    ) -> Result<SchemaText, RegistryError> {
        let mut found = Vec::with_capacity(references.len());
        for reference in references {
            found.push(self.referenced(reference, context, known).await?);
        }
        Ok(schema.with_references(found))
    }

    async fn referenced(
        &self,
        reference: RegisteredReference,
        context: &str,
        known: &mut Known,
    ) -> Result<SchemaReference, RegistryError> {
        let subject = match subject::context(&reference.subject) {
            "" => format!("{context}{}", reference.subject),
            _ => reference.subject.clone(),
        };
        let place = (subject, reference.version);
        let schema = match known.get(&place) {
            Some(schema) => schema.clone(),
            None => {
                // The crate puts the subject into the path as it is.
                let mut encoded = reference.clone();
                encoded.subject = self.segment(&place.0)?.into_owned();
                let answer = get_referenced_schema(&self.settings, &encoded)
                    .await
                    .map_err(|error| self.typed(error).of_subject(&place.0))?;
                let what = format!("version {} of subject {}", reference.version, place.0);
                let own = subject::context(&place.0).to_owned();
                let schema = self.with_references(answer, own, what, known).await?;
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
