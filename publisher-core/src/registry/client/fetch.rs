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

/// A schema, what it refers to, what that refers to: so many levels, and no end for schemas that lead to each other.
const MAX_LEVELS: usize = 16;
/// No schema refers to more others, directly or not.
const MAX_REFERENCES: usize = 256;

/// What was read so far.
#[derive(Default)]
struct Reading {
    /// By subject and version: a schema that two others refer to is asked for once.
    known: HashMap<(String, u32), SchemaText>,
    /// How many levels of references lead to the one that is read.
    level: usize,
}

impl RegistryClient {
    /// The text of an answer with its references, which are in this context unless they name another; `what` names the
    /// schema in errors.
    pub(super) async fn fetched(
        &self,
        schema: RegisteredSchema,
        context: &str,
        what: &str,
    ) -> Result<SchemaText, RegistryError> {
        self.with_references(schema, context.to_owned(), what.to_owned(), &mut Reading::default())
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
        self.completed(schema, references, context, &mut Reading::default())
            .await
    }

    /// Boxed, because references have references.
    fn with_references<'a>(
        &'a self,
        schema: RegisteredSchema,
        context: String,
        what: String,
        reading: &'a mut Reading,
    ) -> Pin<Box<dyn Future<Output = Result<SchemaText, RegistryError>> + Send + 'a>> {
        Box::pin(async move {
            let text = SchemaText::new(self.language(schema.schema_type, &what)?, schema.schema);
            self.completed(text, schema.references, &context, reading).await
        })
    }

    async fn completed(
        &self,
        schema: SchemaText,
        references: Vec<RegisteredReference>,
        context: &str,
        reading: &mut Reading,
    ) -> Result<SchemaText, RegistryError> {
        let mut found = Vec::new();
        reading.level += 1;
        for reference in references {
            found.push(self.referenced(reference, context, reading).await?);
        }
        reading.level -= 1;
        Ok(schema.with_references(found))
    }

    async fn referenced(
        &self,
        reference: RegisteredReference,
        context: &str,
        reading: &mut Reading,
    ) -> Result<SchemaReference, RegistryError> {
        let subject = match subject::context(&reference.subject) {
            "" => format!("{context}{}", reference.subject),
            _ => reference.subject.clone(),
        };
        let place = (subject, reference.version);
        let schema = match reading.known.get(&place) {
            Some(schema) => schema.clone(),
            None => {
                self.bounded(reading, &place.0)?;
                // The crate puts the subject into the path as it is.
                let mut encoded = reference.clone();
                encoded.subject = self.segment(&place.0)?.into_owned();
                let answer = get_referenced_schema(&self.settings, &encoded)
                    .await
                    .map_err(|error| self.typed(error).of_subject(&place.0))?;
                let what = format!("version {} of subject {}", reference.version, place.0);
                let own = subject::context(&place.0).to_owned();
                let schema = self.with_references(answer, own, what, reading).await?;
                reading.known.insert(place, schema.clone());
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

    /// Whether one more schema may be read.
    fn bounded(&self, reading: &Reading, subject: &str) -> Result<(), RegistryError> {
        let reason = if reading.level >= MAX_LEVELS {
            format!("it is referred to over more than {MAX_LEVELS} levels; do its references lead back to it?")
        } else if reading.known.len() >= MAX_REFERENCES {
            format!("it is one of more than {MAX_REFERENCES} schemas that one refers to")
        } else {
            return Ok(());
        };
        let failure = RegistryFailure::new(self.http.address(), reason).subject(subject);
        Err(RegistryError::InvalidSchema(failure))
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
