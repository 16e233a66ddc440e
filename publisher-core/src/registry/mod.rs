//! The schema registry as the publisher sees it: [`SchemaRegistry`], its one client, its cache and its errors.
//!
//! Knows schema texts, subjects and ids; knows nothing of events, records or Kafka.

#[cfg(feature = "registry")]
mod answer;
#[cfg(feature = "registry")]
mod auth;
#[cfg(feature = "registry")]
mod builder;
#[cfg(feature = "registry")]
mod cache;
#[cfg(feature = "registry")]
mod client;
#[cfg(any(feature = "kafka", feature = "registry"))]
mod dependencies;
mod error;
#[cfg(feature = "registry")]
mod http;
#[cfg(feature = "registry")]
mod single_flight;
mod text;

#[cfg(feature = "registry")]
pub use auth::OAuthClient;
#[cfg(feature = "registry")]
pub use builder::RegistryClientBuilder;
#[cfg(feature = "registry")]
pub use cache::CachedRegistry;
#[cfg(feature = "registry")]
pub use client::{CompatibilityAnswer, CompatibilityPolicy, LevelOrigin, RegistryClient, StoredSchema, SubjectLevel};
#[cfg(feature = "kafka")]
pub(crate) use dependencies::Call;
pub use error::{RegistryAttempt, RegistryError, RegistryErrorCode, RegistryFailure};
pub use text::{SchemaReference, SchemaText};

use async_trait::async_trait;

use crate::record::{SchemaId, SubjectVersion};

/// The language of a schema, as the registry names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchemaType {
    /// `AVRO`
    Avro,
    /// `JSON`
    Json,
}

impl SchemaType {
    /// The name in the registry's API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Avro => "AVRO",
            Self::Json => "JSON",
        }
    }
}

impl std::fmt::Display for SchemaType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What a registry knows a schema by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegisteredSchema {
    /// The subject.
    pub subject: String,
    /// The id that goes into the frame.
    pub id: SchemaId,
    /// The version within the subject; `None` where the registry's answer did not say.
    pub version: Option<SubjectVersion>,
}

impl RegisteredSchema {
    /// A schema that a registry holds; for registries of your own.
    #[must_use]
    pub fn new(subject: impl Into<String>, id: SchemaId, version: Option<SubjectVersion>) -> Self {
        Self {
            subject: subject.into(),
            id,
            version,
        }
    }
}

/// A schema registry.
///
/// Implementations are shared between tasks. All methods are cancel safe: a dropped future leaves nothing half done
/// here (a registration that had been sent may still take place).
#[async_trait]
pub trait SchemaRegistry: Send + Sync {
    /// Registers the schema under the subject, or finds it there: the same text twice gives the same id.
    ///
    /// A [`Publisher`](crate::Publisher) has registered the references of the schema by calls of their own before, and
    /// each has its version then; a registry sends name, subject and version of each with the text.
    ///
    /// # Errors
    /// See [`RegistryError`]; each variant says whether it is retriable.
    async fn register(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError>;

    /// Finds the schema under the subject by its content; writes nothing. References are as at
    /// [`register`](Self::register), but looked up.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] if the subject does not exist or does not hold this schema; else as
    /// [`register`](Self::register).
    async fn look_up(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError>;

    /// The text of a schema by its id, with all that it refers to.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] if there is no such id; else as [`register`](Self::register).
    async fn schema_by_id(&self, id: SchemaId) -> Result<SchemaText, RegistryError>;

    /// The registry's address without credentials, for logs and errors.
    fn address(&self) -> &str;
}
