//! [`PublisherBuilder`]: the settings of a publisher, one method each.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;

use crate::blocking::OwnRuntime;
use crate::config::{InvalidSetting, InvalidSettings, Settings};
use crate::dispatch::{DeliveryReport, Dispatcher, OnDelivery, Routes};
use crate::error::ConfigError;
use crate::event::EventType;
use crate::header::{HeaderSettings, StandardHeader};
use crate::producer::{Connect, KafkaSettings, Reports, invalid_topic};
use crate::publisher::{Inner, Publisher};
use crate::registry::SchemaRegistry;
#[cfg(feature = "registry")]
use crate::registry::{CachedRegistry, RegistryClient};
use crate::subject::SubjectNameStrategy;

/// How a schema's id is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SchemaMode {
    /// Registers the schema under its subject, or finds it there. The default. Every write to the registry is logged.
    #[default]
    AutoRegister,
    /// Finds the schema under its subject by its content and never writes: what production is best run with, where a
    /// pipeline registers schemas.
    LookUp,
}

/// The most that librdkafka takes for `queue.buffering.max.messages`.
const MAX_QUEUE: usize = i32::MAX as usize;

/// The setting that names the registry: the one by address is there only with its client.
#[cfg(feature = "registry")]
const REGISTRY_SETTING: &str = "registry";
#[cfg(not(feature = "registry"))]
const REGISTRY_SETTING: &str = "registry_client";

/// Settings for a [`Publisher`]; made by [`Publisher::builder`].
///
/// Required: [`bootstrap_servers`](Self::bootstrap_servers) (or [`connect`](Self::connect)) and
/// [`registry`](Self::registry) (or [`registry_client`](Self::registry_client)). There is no default address.
#[must_use = "nothing is started before `build`"]
pub struct PublisherBuilder {
    kafka: KafkaSettings,
    connect: Option<Connect>,
    /// A client that cannot be made is told by `build`, with everything else.
    registry: Option<Result<Arc<dyn SchemaRegistry>, ConfigError>>,
    subject_strategy: SubjectNameStrategy,
    schema_mode: SchemaMode,
    headers: HeaderSettings,
    topics: HashMap<String, String>,
    on_delivery: Option<OnDelivery>,
    block_timeout: Option<Duration>,
    events: Vec<&'static EventType>,
    /// Told by `build`, before all else.
    invalid_settings: Vec<InvalidSetting>,
}

impl Default for PublisherBuilder {
    fn default() -> Self {
        Self {
            kafka: KafkaSettings::new(""),
            connect: None,
            registry: None,
            subject_strategy: SubjectNameStrategy::default(),
            schema_mode: SchemaMode::default(),
            headers: HeaderSettings::default(),
            topics: HashMap::new(),
            on_delivery: None,
            block_timeout: None,
            events: Vec::new(),
            invalid_settings: Vec::new(),
        }
    }
}

impl fmt::Debug for PublisherBuilder {
    /// The settings for Kafka hide what may be secret themselves; a registry's address may hold credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublisherBuilder")
            .field("kafka", &self.kafka)
            .field("subject_strategy", &self.subject_strategy)
            .field("schema_mode", &self.schema_mode)
            .field("headers", &self.headers)
            .field("topics", &self.topics)
            .field("block_timeout", &self.block_timeout)
            .finish_non_exhaustive()
    }
}

impl PublisherBuilder {
    /// The brokers to find the cluster by: `host:port`, several separated by commas. Sets `bootstrap.servers`.
    pub fn bootstrap_servers(mut self, servers: impl Into<String>) -> Self {
        self.kafka.bootstrap_servers = servers.into();
        self
    }

    /// Settings under the names that users of other clients know, from a file, the environment or code; see
    /// [`config`](crate::config) for each key.
    ///
    /// A method called after this one goes over what the settings say, and before it under. `schema.registry.url` and all
    /// that belongs to it make one client, which [`registry`](Self::registry) and
    /// [`registry_client`](Self::registry_client) replace as a whole. Put layers together with
    /// [`Settings::merge`](crate::config::Settings::merge) rather than by calling this twice.
    ///
    /// What cannot be used is told by `build`, all of it together: [`ConfigError::Settings`].
    pub fn settings(self, settings: Settings) -> Self {
        settings.apply(self)
    }

    /// Keeps settings that cannot be used, for `build` to tell.
    pub(crate) fn refuse_settings(mut self, invalid: Vec<InvalidSetting>) -> Self {
        self.invalid_settings.extend(invalid);
        self
    }

    /// The registry that settings name, or what is wrong with it.
    pub(crate) fn registry_of_settings(mut self, registry: Result<Arc<dyn SchemaRegistry>, InvalidSettings>) -> Self {
        self.registry = Some(registry.map_err(ConfigError::from));
        self
    }

    /// The registry's address, such as `http://localhost:8081`; may carry credentials and a path. For timeouts and other
    /// credentials build a [`RegistryClient`] and give it to [`registry_client`](Self::registry_client).
    #[cfg(feature = "registry")]
    pub fn registry(mut self, url: impl Into<String>) -> Self {
        let client = RegistryClient::builder(url).build();
        self.registry =
            Some(client.map(|client| Arc::new(CachedRegistry::new(Arc::new(client))) as Arc<dyn SchemaRegistry>));
        self
    }

    /// A registry client of your own making.
    pub fn registry_client(mut self, registry: impl SchemaRegistry + 'static) -> Self {
        self.registry = Some(Ok(Arc::new(registry)));
        self
    }

    /// Another producer than Kafka's, such as the memory producer in tests. The settings for Kafka are ignored then.
    pub fn connect(mut self, connect: Connect) -> Self {
        self.connect = Some(connect);
        self
    }

    /// How subjects are named; default [`SubjectNameStrategy::TopicRecord`].
    pub fn subject_strategy(mut self, strategy: SubjectNameStrategy) -> Self {
        self.subject_strategy = strategy;
        self
    }

    /// How a schema's id is found; default [`SchemaMode::AutoRegister`].
    pub fn schema_mode(mut self, mode: SchemaMode) -> Self {
        self.schema_mode = mode;
        self
    }

    /// The event types that will be published: what can be refused about them is refused by `build`.
    pub fn events(mut self, events: impl IntoIterator<Item = &'static EventType>) -> Self {
        self.events.extend(events);
        self
    }

    /// Publishes to another topic what the events name this one for: environments often have topic names of their own.
    /// A name that Kafka does not allow is refused by `build`.
    pub fn rename_topic(mut self, topic: impl Into<String>, actual: impl Into<String>) -> Self {
        self.topics.insert(topic.into(), actual.into());
        self
    }

    /// Who publishes, for the header `source`; default: no such header.
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.headers.source = Some(source.into());
        self
    }

    /// Another name for a standard header.
    pub fn header_name(mut self, header: StandardHeader, name: impl Into<String>) -> Self {
        self.headers.rename(header, Some(name.into()));
        self
    }

    /// Switches a standard header off.
    pub fn omit_header(mut self, header: StandardHeader) -> Self {
        self.headers.rename(header, None);
        self
    }

    /// How long a record may be on its way, retries included, and how long it may wait for its schema id before that;
    /// default 120 s. Sets `message.timeout.ms`.
    pub fn delivery_timeout(mut self, timeout: Duration) -> Self {
        self.kafka.delivery_timeout = timeout;
        self
    }

    /// How long a record may wait for others to share a request with; default 5 ms. Sets `linger.ms`.
    pub fn linger(mut self, linger: Duration) -> Self {
        self.kafka.linger = linger;
        self
    }

    /// The largest record, in bytes; default 1,000,000. Sets `message.max.bytes`.
    pub fn max_record_bytes(mut self, bytes: usize) -> Self {
        self.kafka.max_record_bytes = bytes;
        self
    }

    /// How many records may await their schema id or their report; default 20,000. Beyond it `publish` waits,
    /// for [`block_timeout`](Self::block_timeout) at the most, and `try_enqueue` refuses; what waits is encoded already, so await `publish` or `enqueue`, or memory grows with the
    /// calls. `queue.buffering.max.messages` is set to twice as many, so that it does not come first.
    pub fn buffer_records(mut self, records: usize) -> Self {
        self.kafka.buffer_records = records;
        self
    }

    /// How long a record may wait for a place in the buffer; default: as long as it takes, so that a slow broker slows the
    /// calls down and refuses none. Zero waits for no place.
    ///
    /// When the time is over, `publish`, `enqueue` and the record's item of a batch end with
    /// [`PublishError::BufferFull`](crate::PublishError::BufferFull): the record was surely not sent and counts as failed.
    /// The others keep their order. A record that has its place is not concerned, whatever it waits for there: that is
    /// [`delivery_timeout`](Self::delivery_timeout). Measured on the runtime that the publisher was built on.
    ///
    /// Implements: `max.block.ms` of the Java producer, for the buffer.
    pub fn block_timeout(mut self, timeout: Duration) -> Self {
        self.block_timeout = Some(timeout);
        self
    }

    /// The name of this client in the brokers' logs, metrics and quotas. Sets `client.id`.
    pub fn client_id(mut self, id: impl Into<String>) -> Self {
        self.kafka.client_id = Some(id.into());
        self
    }

    /// A raw property of librdkafka, for what has no setting of its own; one that a setting owns is refused by `build`.
    pub fn librdkafka_property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.kafka.properties.push((name.into(), value.into()));
        self
    }

    /// Called once for every record that was accepted and not withdrawn, when it is delivered or will not be waited for
    /// any longer, and before its future resolves.
    ///
    /// Runs on the thread that learns of it: the client's, the runtime's or the caller's own. Return soon and never wait
    /// for the publisher; publishing from here is well. A panic is caught and logged. A callback that owns a clone of the
    /// publisher keeps it alive for ever: give it a [`Weak`](std::sync::Weak) reference.
    pub fn on_delivery(mut self, callback: impl Fn(DeliveryReport<'_>) + Send + Sync + 'static) -> Self {
        self.on_delivery = Some(Box::new(callback));
        self
    }

    /// Builds the publisher on the tokio runtime around the call, which must have its time and network drivers. Connects
    /// in the background: an absent broker or registry shows at the first publish.
    ///
    /// # Errors
    /// [`ConfigError`]: missing or contradictory settings, each named.
    // Async although nothing is awaited yet: the look at declared events will ask the registry.
    #[allow(clippy::unused_async)]
    pub async fn build(self) -> Result<Publisher, ConfigError> {
        let handle = Handle::try_current().map_err(|_| ConfigError::NoRuntime)?;
        self.start(handle, None)
    }

    /// Builds the publisher with a small runtime of its own, for programs that have none: the registry is answered even
    /// while every thread of the program is blocked.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn build_blocking(self) -> Result<Publisher, ConfigError> {
        let own = OwnRuntime::start()?;
        self.start(own.handle().clone(), Some(own))
    }

    /// Refuses all settings that cannot be used, those of the registry included.
    fn check_settings(&self) -> Result<(), ConfigError> {
        let mut invalid = self.invalid_settings.clone();
        if let Some(Err(ConfigError::Settings(of_registry))) = &self.registry {
            invalid.extend_from_slice(of_registry.refused());
        }
        if invalid.is_empty() {
            return Ok(());
        }
        Err(InvalidSettings::new(invalid).into())
    }

    fn start(self, runtime: Handle, own_runtime: Option<OwnRuntime>) -> Result<Publisher, ConfigError> {
        self.check_settings()?;
        let mut missing = Vec::new();
        if self.connect.is_none() && self.kafka.bootstrap_servers.is_empty() {
            missing.push("bootstrap_servers");
        }
        let Some(registry) = self.registry else {
            missing.push(REGISTRY_SETTING);
            return Err(ConfigError::Missing(missing));
        };
        if !missing.is_empty() {
            return Err(ConfigError::Missing(missing));
        }
        if let Some(name) = self.headers.duplicate() {
            let reason = format!("two standard headers are named {name:?}");
            return Err(ConfigError::Invalid {
                setting: "header_name".to_owned(),
                reason,
            });
        }
        let invalid_buffer = || ConfigError::Invalid {
            setting: "buffer_records".to_owned(),
            reason: "must be at least 1".to_owned(),
        };
        (self.kafka.buffer_records > 0)
            .then_some(())
            .ok_or_else(invalid_buffer)?;
        // The smallest of them, so that the same settings always have the same error.
        if let Some(reason) = self.topics.values().filter_map(|actual| invalid_topic(actual)).min() {
            return Err(ConfigError::Invalid {
                setting: "rename_topic".to_owned(),
                reason,
            });
        }
        let routes = Routes::new(self.subject_strategy);
        for event_type in self.events {
            let topic = event_type.topic();
            routes.route(event_type, self.topics.get(topic).map_or(topic, String::as_str))?;
        }
        let registry = registry?;
        let (capacity, schema_deadline) = (self.kafka.buffer_records, self.kafka.delivery_timeout);
        let dispatcher = Dispatcher::new(capacity, self.block_timeout, schema_deadline, self.on_delivery);
        // Another producer has a limit of its own, and tells it when the record reaches it.
        let max_record_bytes = match &self.connect {
            Some(_) => usize::MAX,
            None => self.kafka.max_record_bytes,
        };
        let connect = self.connect.unwrap_or_else(|| {
            let mut kafka = self.kafka;
            // librdkafka counts a record until the last report of its batch was handled, while its place here is taken
            // again after its own. With the same limit it would refuse the next record for want of room.
            kafka.buffer_records = capacity.max(capacity.saturating_mul(2).min(MAX_QUEUE));
            kafka.connect()
        });
        dispatcher.connect(connect(Arc::clone(&dispatcher) as Arc<dyn Reports>)?);
        Ok(Publisher::new(Inner {
            dispatcher,
            routes,
            registry,
            schema_mode: self.schema_mode,
            headers: self.headers,
            topics: self.topics,
            max_record_bytes,
            schema_deadline,
            runtime,
            own_runtime,
        }))
    }
}
