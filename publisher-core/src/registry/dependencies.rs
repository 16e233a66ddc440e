//! References are registered, or looked up, before what refers to them, and then known by their version.
//!
//! Knows no HTTP: it asks through the trait, so a cache answers for each dependency by itself.

use std::future::Future;
use std::pin::Pin;

use super::error::{RegistryError, RegistryFailure};
use super::{RegisteredSchema, SchemaReference, SchemaRegistry, SchemaText};
use crate::record::SubjectVersion;

/// How an id is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Call {
    Register,
    LookUp,
}

impl Call {
    /// Asks for the id of a schema, after those of all that it refers to.
    #[cfg(feature = "kafka")]
    pub(crate) async fn ask(
        self,
        registry: &dyn SchemaRegistry,
        subject: &str,
        schema: &SchemaText,
    ) -> Result<RegisteredSchema, RegistryError> {
        let schema = resolved(self, registry, schema).await?;
        self.of(registry, subject, &schema).await
    }

    async fn of(
        self,
        registry: &dyn SchemaRegistry,
        subject: &str,
        schema: &SchemaText,
    ) -> Result<RegisteredSchema, RegistryError> {
        match self {
            Self::Register => registry.register(subject, schema).await,
            Self::LookUp => registry.look_up(subject, schema).await,
        }
    }
}

/// The schema with the version of every reference, each asked for after those that it needs itself.
///
/// Boxed, because references have references.
pub(crate) fn resolved<'a>(
    call: Call,
    registry: &'a dyn SchemaRegistry,
    schema: &'a SchemaText,
) -> Pin<Box<dyn Future<Output = Result<SchemaText, RegistryError>> + Send + 'a>> {
    Box::pin(async move {
        if schema.references.iter().all(|reference| reference.version.is_some()) {
            return Ok(schema.clone());
        }
        let mut references = Vec::with_capacity(schema.references.len());
        for reference in &*schema.references {
            let mut reference = reference.clone();
            if reference.version.is_none() {
                reference.schema = resolved(call, registry, &reference.schema).await?;
                reference.version = Some(version(call, registry, &reference).await?);
            }
            references.push(reference);
        }
        Ok(schema.clone().with_references(references))
    })
}

async fn version(
    call: Call,
    registry: &dyn SchemaRegistry,
    reference: &SchemaReference,
) -> Result<SubjectVersion, RegistryError> {
    let SchemaReference { subject, schema, .. } = reference;
    let mut answer = call.of(registry, subject, schema).await?;
    if answer.version.is_none() && call == Call::Register {
        // Some registries tell the version of what was registered to those only who look it up.
        answer = registry.look_up(subject, schema).await?;
    }
    answer.version.ok_or_else(|| {
        let reason = "answer has no version, by which other schemas refer to this one";
        RegistryError::BadAnswer(RegistryFailure::new(registry.address(), reason).subject(&**subject))
    })
}
