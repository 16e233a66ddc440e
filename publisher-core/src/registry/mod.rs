//! The schema registry as the publisher sees it: [`SchemaRegistry`], its one client, its cache and its errors.
//!
//! Knows schema texts, subjects and ids; knows nothing of events, records or Kafka.

#[cfg(feature = "registry")]
mod answer;
#[cfg(feature = "registry")]
mod auth;
#[cfg(feature = "registry")]
mod builder;
#[cfg(any(feature = "kafka", feature = "registry"))]
mod cache;
#[cfg(test)]
mod captured;
#[cfg(feature = "registry")]
mod client;
#[cfg(all(feature = "registry", feature = "sasl"))]
pub(crate) mod client_credentials;
#[cfg(any(feature = "kafka", feature = "registry"))]
mod dependencies;
mod error;
mod guid;
#[cfg(feature = "registry")]
mod http;
mod metadata;
#[cfg(any(feature = "kafka", feature = "registry"))]
mod single_flight;
#[cfg(any(feature = "kafka", feature = "registry"))]
mod store;
mod text;

#[cfg(feature = "registry")]
pub use auth::OAuthClient;
#[cfg(feature = "registry")]
pub use builder::RegistryClientBuilder;
#[cfg(any(feature = "kafka", feature = "registry"))]
pub use cache::CachedRegistry;
#[cfg(feature = "registry")]
pub use client::{CompatibilityAnswer, CompatibilityPolicy, LevelOrigin, RegistryClient, SubjectLevel};
#[cfg(feature = "kafka")]
pub(crate) use dependencies::Call;
pub use error::{RegistryAttempt, RegistryError, RegistryErrorCode, RegistryFailure};
pub use metadata::SchemaMetadata;
#[cfg(any(feature = "kafka", feature = "registry"))]
pub use store::{Asked, DiskCache, LockError, LockPlace, SchemaLock, StoreError, StoredEntry};
pub use text::{SchemaReference, SchemaText};

#[cfg(any(feature = "kafka", feature = "registry"))]
use std::time::Duration;

use async_trait::async_trait;

use crate::record::{SchemaId, SubjectVersion};
use crate::wire::SchemaGuid;

/// No wish of a registry's for patience (`Retry-After`) is followed for longer.
#[cfg(any(feature = "kafka", feature = "registry"))]
pub(crate) const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);

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
    /// The GUID that goes into headers; `None` where the registry's answer did not say, as older ones do not.
    pub guid: Option<SchemaGuid>,
}

impl RegisteredSchema {
    /// A schema that a registry holds; for registries of your own.
    #[must_use]
    pub fn new(subject: impl Into<String>, id: SchemaId, version: Option<SubjectVersion>) -> Self {
        Self {
            subject: subject.into(),
            id,
            version,
            guid: None,
        }
    }

    /// The same with its GUID.
    #[must_use]
    pub fn with_guid(self, guid: SchemaGuid) -> Self {
        Self {
            guid: Some(guid),
            ..self
        }
    }
}

/// A version of a subject, as a registry holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredSchema {
    /// The id that frames have.
    pub id: SchemaId,
    /// The version within the subject.
    pub version: SubjectVersion,
    /// The GUID that goes into headers; `None` where the registry's answer did not say, as older ones do not.
    pub guid: Option<SchemaGuid>,
    /// The text with all that it refers to.
    pub schema: SchemaText,
}

impl StoredSchema {
    /// A version that a registry holds; for registries of your own.
    #[must_use]
    pub fn new(id: SchemaId, version: SubjectVersion, schema: SchemaText) -> Self {
        Self {
            id,
            version,
            guid: None,
            schema,
        }
    }

    /// The same with its GUID.
    #[must_use]
    pub fn with_guid(self, guid: SchemaGuid) -> Self {
        Self {
            guid: Some(guid),
            ..self
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

    /// The text of a schema by its id, with all that it refers to; in a registry with contexts, by its id in the default one.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] if there is no such id; else as [`register`](Self::register).
    async fn schema_by_id(&self, id: SchemaId) -> Result<SchemaText, RegistryError>;

    /// As [`schema_by_id`](Self::schema_by_id), for the id of a schema under this subject: in a registry with contexts an id
    /// means something else in each of them, and the subject names the one (`:.staging:orders-value`).
    ///
    /// By default the subject is not looked at.
    ///
    /// # Errors
    /// As [`schema_by_id`](Self::schema_by_id).
    #[allow(unused_variables, reason = "named for those who implement it")]
    async fn schema_by_id_under(&self, subject: &str, id: SchemaId) -> Result<SchemaText, RegistryError> {
        self.schema_by_id(id).await
    }

    /// The latest version of the subject, with all that its text refers to. Needed for
    /// [`SchemaMode::Latest`](crate::SchemaMode::Latest), and to say what differs where a look-up finds nothing.
    ///
    /// By default none is found.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] if there is no such subject; else as [`register`](Self::register).
    async fn latest(&self, subject: &str) -> Result<StoredSchema, RegistryError> {
        let reason = "this registry does not tell its latest versions";
        Err(RegistryError::NotFound(
            RegistryFailure::new(self.address(), reason).subject(subject),
        ))
    }

    /// The text of a schema by its GUID, with all that it refers to: whether readers of records that carry a GUID find it.
    ///
    /// By default no GUID is found: many registries have none.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] if there is no such GUID, or the registry has none at all; else as
    /// [`register`](Self::register).
    async fn schema_by_guid(&self, guid: SchemaGuid) -> Result<SchemaText, RegistryError> {
        let reason = format!("this registry finds no schema by a GUID, {guid}");
        Err(RegistryError::NotFound(RegistryFailure::new(self.address(), reason)))
    }

    /// The name by which a cache or a lock file knows this registry: what it keeps under one name is never used for
    /// another. Default: the address.
    fn name(&self) -> &str {
        self.address()
    }

    /// The registry's address without credentials, for logs and errors.
    fn address(&self) -> &str;
}
