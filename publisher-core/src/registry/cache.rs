//! [`CachedRegistry`]: after the first answer for a schema, no call.
//!
//! Keeps answers in memory only and knows nothing of HTTP; `single_flight.rs` does the waiting.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use super::dependencies::{Call, resolved};
use super::error::{RegistryError, RegistryFailure};
use super::single_flight::SingleFlight;
use super::{RegisteredSchema, SchemaRegistry, SchemaText, StoredSchema};
use crate::record::SchemaId;
use crate::subject;
use crate::wire::SchemaGuid;

/// A registry that asks another one once per subject and schema.
///
/// The key is the subject and the schema's whole text with its language, so two types under one subject are two
/// entries, and a schema that several others refer to is one. What was registered
/// counts as looked up and the other way round. A thousand tasks at a cold start make one call and share its outcome.
/// Successes are kept for as long as this lives (an id never changes its meaning), refusals for a while
/// ([`RegistryError::kept_for`]); failures that may heal are given to those who waited and not kept. A publisher puts one
/// before whatever registry it is given.
///
/// Calls run in tasks of their own on the caller's tokio runtime, so they end even if no caller polls any more.
/// `Debug` shows the address and how much is kept.
pub struct CachedRegistry {
    registry: Arc<dyn SchemaRegistry>,
    /// With the kind of call that found them.
    schemas: SingleFlight<Call, (String, SchemaText), (Call, RegisteredSchema)>,
    /// Of those whose registration did not say the version.
    versions: SingleFlight<(), (String, SchemaText), RegisteredSchema>,
    /// By context, since an id means something else in each.
    texts: SingleFlight<(), (String, SchemaId), SchemaText>,
}

impl CachedRegistry {
    /// Caches what `registry` answers.
    #[must_use]
    pub fn new(registry: Arc<dyn SchemaRegistry>) -> Self {
        Self {
            registry,
            schemas: SingleFlight::new(),
            versions: SingleFlight::new(),
            texts: SingleFlight::new(),
        }
    }

    async fn resolve(&self, call: Call, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        // A type that several schemas share is asked for once: by its own entry.
        let key = (subject.to_owned(), resolved(call, self, schema).await?);
        let cut = || self.cut().of_subject(subject);
        let work = self.call(call, &key);
        let work = async move { work.await.map(|found| (call, found)) };
        let (found_by, found) = self.schemas.get(call, key.clone(), work, cut).await?;
        // Some registries tell the version of what was registered to those only who look it up.
        if call == Call::LookUp && found_by == Call::Register && found.version.is_none() {
            let work = self.call(Call::LookUp, &key);
            return self.versions.get((), key, work, cut).await;
        }
        Ok(found)
    }

    /// The call to the registry behind, not made yet.
    fn call(
        &self,
        call: Call,
        (subject, schema): &(String, SchemaText),
    ) -> impl Future<Output = Result<RegisteredSchema, RegistryError>> + Send + 'static {
        let (registry, subject, schema) = (Arc::clone(&self.registry), subject.clone(), schema.clone());
        async move {
            match call {
                Call::Register => registry.register(&subject, &schema).await,
                Call::LookUp => registry.look_up(&subject, &schema).await,
            }
        }
    }

    fn cut(&self) -> RegistryError {
        let reason = "the call was broken off: it panicked or its runtime was shut down";
        RegistryError::Unreachable(RegistryFailure::new(self.registry.address(), reason))
    }
}

#[async_trait]
impl SchemaRegistry for CachedRegistry {
    async fn register(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        self.resolve(Call::Register, subject, schema).await
    }

    async fn look_up(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        self.resolve(Call::LookUp, subject, schema).await
    }

    async fn schema_by_id(&self, id: SchemaId) -> Result<SchemaText, RegistryError> {
        let registry = Arc::clone(&self.registry);
        self.texts
            .get(
                (),
                (String::new(), id),
                async move { registry.schema_by_id(id).await },
                || self.cut(),
            )
            .await
    }

    async fn schema_by_id_under(&self, subject: &str, id: SchemaId) -> Result<SchemaText, RegistryError> {
        let (registry, named) = (Arc::clone(&self.registry), subject.to_owned());
        let work = async move { registry.schema_by_id_under(&named, id).await };
        let key = (subject::context(subject).to_owned(), id);
        self.texts.get((), key, work, || self.cut().of_subject(subject)).await
    }

    /// Asked anew each time: the latest version is another one tomorrow.
    async fn latest(&self, subject: &str) -> Result<StoredSchema, RegistryError> {
        self.registry.latest(subject).await
    }

    async fn schema_by_guid(&self, guid: SchemaGuid) -> Result<SchemaText, RegistryError> {
        self.registry.schema_by_guid(guid).await
    }

    fn name(&self) -> &str {
        self.registry.name()
    }

    fn address(&self) -> &str {
        self.registry.address()
    }
}

impl fmt::Debug for CachedRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedRegistry")
            .field("address", &self.address())
            .field("schemas", &self.schemas.known())
            .field("texts", &self.texts.known())
            .finish()
    }
}
