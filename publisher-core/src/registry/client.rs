//! The one client of a Confluent-compatible registry, through schema_registry_converter's calls.
//!
//! That crate knows the endpoints and the bodies; what it lacks is ours: subjects as one path segment, the version of
//! what was registered, typed errors (`answer.rs`), several addresses and limits (`http.rs`). It is given one URL, because
//! with several it fails over even on a 409.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use schema_registry_converter::async_impl::schema_registry::{
    SrSettings, get_schema_by_guid, get_schema_by_id, perform_sr_call,
};
use schema_registry_converter::error::SRCError;
use schema_registry_converter::schema_registry_common::{RawRegisteredSchema, SrCall};

use super::answer::{deepest, unreadable};
use super::auth::refused;
use super::builder::RegistryClientBuilder;
use super::dependencies::{Call, resolved};
use super::error::{RegistryError, RegistryFailure};
use super::http::{Gate, Http, idle_client};
use super::{RegisteredSchema, SchemaRegistry, SchemaText, StoredSchema};
use crate::error::ConfigError;
use crate::record::{SchemaId, SubjectVersion};
use crate::subject;
use crate::wire::SchemaGuid;

/// Everything but RFC 3986's unreserved characters, so that a subject is one path segment whatever is in it.
const PATH_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A client of a schema registry that speaks Confluent's REST API: Confluent's own, Karapace, Redpanda's, Apicurio
/// under `/apis/ccompat/v7`, the test kit's embedded one.
///
/// Every call is one HTTP request (registering may take a second, see [`register`](SchemaRegistry::register); references
/// take some of their own), and nothing is kept: [`CachedRegistry`](super::CachedRegistry) does that.
///
/// # Several addresses, several attempts
/// A request that fails by a fault which may heal (408, 429, 500, 502, 503, 504, no connection, no complete answer within
/// the timeouts, a 2xx that is not what the API promises) is sent to the next address, and after the last one again to
/// each, up to [`retries`](RegistryClientBuilder::retries) more rounds, with a random wait before each round. Every
/// request may be repeated: registering the same schema twice gives the same id. Any other answer, such as 404, 409 or
/// 422, ends the call at once, and no other address is asked. The next call begins with the address that answered last.
/// `Retry-After` is heeded up to 60 s for the address that sent it; if no address may be asked before
/// [`total_timeout`](RegistryClientBuilder::total_timeout) ends, the call ends at once.
///
/// # Limits
/// An answer of more than 4 MiB, decompressed, is a [`BadAnswer`](super::RegistryError::BadAnswer). Redirects are followed
/// within the address's own scheme, host and port, three at most, and for a write only with 307 and 308; credentials go
/// to no other place. No proxy is taken from the environment.
///
/// Cloning shares the connection pool. Pooled connections belong to the runtime on which they were opened: use one client
/// on one runtime. `Debug` and all errors show addresses without credentials.
///
/// # Examples
/// ```
/// # use publisher_core::registry::{RegistryClient, SchemaRegistry};
/// let registry = RegistryClient::builder("https://registry.example/apis/ccompat/v7").basic_auth("key", "secret").build()?;
/// assert_eq!(registry.address(), "https://registry.example/apis/ccompat/v7");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Implements: Confluent Schema Registry REST API v1.
#[derive(Clone)]
pub struct RegistryClient {
    http: Arc<Http>,
    settings: SrSettings,
    name: Arc<str>,
    credentials: &'static str,
}

impl RegistryClient {
    /// Settings for the registry at this address, for example `http://localhost:8081`, or at these, with commas between as
    /// in Confluent's `schema.registry.url`: `http://a:8081,http://b:8081`.
    ///
    /// A path is kept, a slash at the end is not. User and password in an address are used as
    /// [`basic_auth`](RegistryClientBuilder::basic_auth), at that address alone; of several addresses all have them or
    /// none.
    pub fn builder(url: impl Into<String>) -> RegistryClientBuilder {
        RegistryClientBuilder::new(url.into())
    }

    /// The name by which caches and lock files know this registry: that of the settings, else its first address without
    /// credentials.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn new(http: Http, name: Option<String>, credentials: &'static str) -> Result<Self, ConfigError> {
        let http = Arc::new(http);
        let settings = SrSettings::new_builder(http.first_address().to_owned())
            .no_proxy()
            .with_middleware(Gate(Arc::clone(&http)))
            .build_with(idle_client()?)
            .map_err(|error| {
                refused(format!(
                    "the HTTP client cannot be built: {}",
                    error.cause.unwrap_or(error.error)
                ))
            })?;
        Ok(Self {
            name: name.unwrap_or_else(|| http.first_address().to_owned()).into(),
            http,
            settings,
            credentials,
        })
    }

    /// One call; whatever goes wrong with it, typed.
    async fn call(&self, call: SrCall<'_>) -> Result<RawRegisteredSchema, RegistryError> {
        perform_sr_call(&self.settings, call)
            .await
            .map_err(|error| self.typed(error))
    }

    /// The failure that our [`Gate`] put into the crate's error; anything else is an answer which the crate could not
    /// read.
    fn typed(&self, error: SRCError) -> RegistryError {
        let source = std::error::Error::source(&error);
        if let Some(reqwest_middleware::Error::Middleware(inner)) = source.and_then(|source| source.downcast_ref())
            && let Some(typed) = inner.downcast_ref::<RegistryError>()
        {
            return typed.clone();
        }
        unreadable(
            self.http.address(),
            source.map_or_else(|| error.error.clone(), |source| deepest(source).to_string()),
        )
    }

    /// The subject as one path segment.
    fn segment<'a>(&self, subject: &'a str) -> Result<Cow<'a, str>, RegistryError> {
        // URLs resolve `.` and `..` away even when they are percent-encoded, so no request can name these.
        if matches!(subject, "" | "." | "..") {
            let reason = format!("the subject {subject:?} cannot stand in a URL; choose another");
            return Err(RegistryError::InvalidSchema(RegistryFailure::new(
                self.http.address(),
                reason,
            )));
        }
        Ok(utf8_percent_encode(subject, PATH_SEGMENT).into())
    }

    /// The id in an answer, which must be positive.
    fn id(&self, id: Option<u32>) -> Result<SchemaId, RegistryError> {
        match id {
            // The frame's four bytes are read as a signed number by Java.
            Some(id) if id > 0 && i32::try_from(id).is_ok() => Ok(SchemaId(id)),
            Some(id) => Err(unreadable(
                self.http.address(),
                format!("answer has the id {id}; ids are from 1 to {}", i32::MAX),
            )),
            None => Err(unreadable(self.http.address(), "answer has no id")),
        }
    }

    async fn register_at(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        let (segment, body) = (self.segment(subject)?, body(schema));
        // Not `post_schema`: it drops the version, which newer registries answer.
        let answer = self.call(SrCall::PostNew(&segment, &body)).await?;
        let id = self.id(answer.id)?;
        if version(&answer).is_some() {
            return self.registered(subject, &answer);
        }
        match self.call(SrCall::PostForVersion(&segment, &body)).await {
            // Of the registration, should the two ever differ: that is what was written.
            Ok(found) => Ok(RegisteredSchema {
                id,
                ..self.registered(subject, &found)?
            }),
            Err(error) => {
                // The schema stands and its id is known: an unknown version is no reason to fail.
                tracing::debug!(registry = self.address(), subject, id = id.0, %error, "version of the registered schema is unknown");
                self.registered(subject, &answer)
            }
        }
    }

    async fn look_up_at(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        let answer = self
            .call(SrCall::PostForVersion(&self.segment(subject)?, &body(schema)))
            .await?;
        self.registered(subject, &answer)
    }

    /// What an answer says of a schema under its subject.
    fn registered(&self, subject: &str, answer: &RawRegisteredSchema) -> Result<RegisteredSchema, RegistryError> {
        let guid = self.guid(answer.guid.as_deref())?;
        Ok(RegisteredSchema {
            guid,
            ..RegisteredSchema::new(subject, self.id(answer.id)?, version(answer))
        })
    }

    /// The GUID in an answer, which older registries do not give.
    fn guid(&self, guid: Option<&str>) -> Result<Option<SchemaGuid>, RegistryError> {
        let Some(text) = guid else { return Ok(None) };
        match text.parse() {
            Ok(guid) => Ok(Some(guid)),
            Err(_) => Err(unreadable(
                self.http.address(),
                format!("answer has the GUID {text:?}, which is none"),
            )),
        }
    }
}

#[async_trait]
impl SchemaRegistry for RegistryClient {
    /// Registers with one request, and asks for the version with a second one where the answer did not say it; if that
    /// one fails, the version is `None`. Each registration is logged at `info` with address, subject, id and version.
    async fn register(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        let registered = self
            .register_at(subject, &resolved(Call::Register, self, schema).await?)
            .await
            .map_err(|error| error.of_subject(subject))?;
        let version = registered.version.map(|version| version.0);
        tracing::info!(
            registry = self.address(),
            subject,
            id = registered.id.0,
            version,
            "schema registered, or found there"
        );
        Ok(registered)
    }

    async fn look_up(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        let found = self
            .look_up_at(subject, &resolved(Call::LookUp, self, schema).await?)
            .await
            .map_err(|error| error.of_subject(subject))?;
        let version = found.version.map(|version| version.0);
        tracing::debug!(
            registry = self.address(),
            subject,
            id = found.id.0,
            version,
            "schema looked up by content"
        );
        Ok(found)
    }

    /// Asks once for the schema and once for each that it refers to, directly or not.
    async fn schema_by_id(&self, id: SchemaId) -> Result<SchemaText, RegistryError> {
        let schema = get_schema_by_id(id.0, &self.settings)
            .await
            .map_err(|error| self.typed(error))?;
        let text = self.fetched(schema, "", &format!("schema {id}")).await?;
        tracing::debug!(registry = self.address(), id = id.0, "schema fetched by id");
        Ok(text)
    }

    /// As [`schema_by_id`](SchemaRegistry::schema_by_id), in the context that the subject names.
    async fn schema_by_id_under(&self, subject: &str, id: SchemaId) -> Result<SchemaText, RegistryError> {
        let context = subject::context(subject);
        if context.is_empty() {
            return self.schema_by_id(id).await;
        }
        let text = self
            .fetched_in(context, id)
            .await
            .map_err(|error| error.of_subject(subject))?;
        tracing::debug!(registry = self.address(), subject, id = id.0, "schema fetched by id");
        Ok(text)
    }

    async fn latest(&self, subject: &str) -> Result<StoredSchema, RegistryError> {
        let latest = self.schema_of(subject, None).await?;
        tracing::debug!(
            registry = self.address(),
            subject,
            id = latest.id.0,
            version = latest.version.0,
            "latest version fetched"
        );
        Ok(latest)
    }

    async fn schema_by_guid(&self, guid: SchemaGuid) -> Result<SchemaText, RegistryError> {
        let schema = get_schema_by_guid(&guid.to_string(), &self.settings)
            .await
            .map_err(|error| self.typed(error))?;
        self.fetched(schema, "", &format!("schema {guid}")).await
    }

    /// The configured name, by default the first address without credentials.
    fn name(&self) -> &str {
        Self::name(self)
    }

    /// All addresses without credentials, with commas between.
    fn address(&self) -> &str {
        self.http.address()
    }
}

impl fmt::Debug for RegistryClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistryClient")
            .field("name", &self.name)
            .field("address", &self.address())
            .field("credentials", &self.credentials)
            .finish()
    }
}

/// The body of registering and of looking up.
fn body(schema: &SchemaText) -> String {
    let mut body = serde_json::json!({ "schema": &*schema.text, "schemaType": schema.schema_type.name() });
    if !schema.references.is_empty() {
        let references = schema.references.iter().map(|reference| {
            let version = reference.version.map(|version| version.0);
            serde_json::json!({ "name": &*reference.name, "subject": &*reference.subject, "version": version })
        });
        body["references"] = references.collect();
    }
    if let Some(metadata) = &schema.metadata {
        body["metadata"] = metadata.body();
    }
    body.to_string()
}

/// The version in an answer; 0 is none.
fn version(answer: &RawRegisteredSchema) -> Option<SubjectVersion> {
    answer.version.filter(|version| *version > 0).map(SubjectVersion)
}

mod compatibility;
mod fetch;
mod level;
#[cfg(all(test, feature = "testing"))]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod logged;
mod subjects;
mod versions;

pub use compatibility::CompatibilityAnswer;
pub use level::{CompatibilityPolicy, LevelOrigin, SubjectLevel};
