//! [`PublisherBuilder`]: the settings of a publisher, one method each.

mod build;

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use crate::circuit_breaker::CircuitBreaker;
use crate::config::{InvalidSetting, InvalidSettings, Settings};
use crate::dead_letter::DeadLetters;
use crate::dispatch::{DeliveryReport, OnDelivery};
use crate::error::ConfigError;
use crate::event::EventType;
use crate::failure::{OnFailure, Policies, Retries};
use crate::framing::Framing;
use crate::guarantee::{AtLeastOnce, AtMostOnce, Guarantee, Transactional};
use crate::header::{HeaderSettings, StandardHeader};
use crate::partitioner::Partitioner;
use crate::producer::{Connect, KafkaMode, KafkaSettings};
use crate::record::SchemaId;
#[cfg(feature = "registry")]
use crate::registry::RegistryClient;
use crate::registry::{DiskCache, SchemaLock, SchemaMetadata, SchemaRegistry};
use crate::resolver::{SchemaMode, StartMode};
use crate::subject::SubjectNameStrategy;

/// Settings for a [`Publisher`](crate::Publisher); made by [`Publisher::builder`](crate::Publisher::builder).
///
/// Required: [`bootstrap_servers`](Self::bootstrap_servers) (or [`connect`](Self::connect)) and
/// [`registry`](Self::registry) (or [`registry_client`](Self::registry_client)). There is no default address.
#[must_use = "nothing is started before `build`"]
pub struct PublisherBuilder<G: Guarantee = AtLeastOnce> {
    kafka: KafkaSettings,
    connect: Option<Connect>,
    /// A client that cannot be made is told by `build`, with everything else.
    registry: Option<Result<Arc<dyn SchemaRegistry>, ConfigError>>,
    subject_strategy: SubjectNameStrategy,
    schema_context: Option<String>,
    schema_mode: SchemaMode,
    latest_ttl: Option<Duration>,
    /// Counts where the mode is `Latest`, and is no contradiction where a method called later has set another.
    latest_ttl_of_settings: Option<Duration>,
    schema_ids: Vec<(String, SchemaId)>,
    schema_metadata: Vec<(&'static EventType, SchemaMetadata)>,
    framing: Framing,
    disk_cache: Option<DiskCache>,
    schema_lock: Option<SchemaLock>,
    start_mode: Option<StartMode>,
    start_timeout: Option<Duration>,
    headers: HeaderSettings,
    topics: HashMap<String, String>,
    on_delivery: Option<OnDelivery>,
    block_timeout: Option<Duration>,
    policies: Policies,
    circuit_breaker: Option<CircuitBreaker>,
    events: Vec<&'static EventType>,
    /// Told by `build`, before all else.
    invalid_settings: Vec<InvalidSetting>,
    guarantee: PhantomData<fn() -> G>,
}

impl Default for PublisherBuilder {
    fn default() -> Self {
        Self {
            kafka: KafkaSettings::new(""),
            connect: None,
            registry: None,
            subject_strategy: SubjectNameStrategy::default(),
            schema_context: None,
            schema_mode: SchemaMode::default(),
            latest_ttl: None,
            latest_ttl_of_settings: None,
            schema_ids: Vec::new(),
            schema_metadata: Vec::new(),
            framing: Framing::default(),
            disk_cache: None,
            schema_lock: None,
            start_mode: None,
            start_timeout: None,
            headers: HeaderSettings::default(),
            topics: HashMap::new(),
            on_delivery: None,
            block_timeout: None,
            policies: Policies::default(),
            circuit_breaker: None,
            events: Vec::new(),
            invalid_settings: Vec::new(),
            guarantee: PhantomData,
        }
    }
}

impl<G: Guarantee> fmt::Debug for PublisherBuilder<G> {
    /// The settings for Kafka hide what may be secret themselves; a registry's address may hold credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublisherBuilder")
            .field("kafka", &self.kafka)
            .field("subject_strategy", &self.subject_strategy)
            .field("schema_context", &self.schema_context)
            .field("schema_mode", &self.schema_mode)
            .field("framing", &self.framing)
            .field("headers", &self.headers)
            .field("topics", &self.topics)
            .field("block_timeout", &self.block_timeout)
            .field("policies", &self.policies)
            .field("circuit_breaker", &self.circuit_breaker)
            .finish_non_exhaustive()
    }
}

impl PublisherBuilder {
    /// Sends each record once and never again, without waiting for the broker's word: for events of which a few may be lost.
    /// See [`AtMostOnce`] for what is lost. Sets `acks=0`, `enable.idempotence=false` and `retries=0`.
    pub fn at_most_once(mut self) -> PublisherBuilder<AtMostOnce> {
        self.kafka.mode = KafkaMode::AtMostOnce;
        self.guaranteeing()
    }

    /// Publishes in transactions, under this id: [`Publisher::transaction`](crate::Publisher::transaction). Sets
    /// `transactional.id`.
    ///
    /// The id is that of one running instance, and the same after its restart, such as the service's name with the number of
    /// the instance: a publisher under the same id fences the one before it off, and ends the transaction that it left open.
    /// An empty id is refused by `build`.
    pub fn transactional(mut self, id: impl Into<String>) -> PublisherBuilder<Transactional> {
        self.kafka.mode = KafkaMode::Transactional {
            id: id.into(),
            timeout: None,
        };
        self.guaranteeing()
    }
}

impl PublisherBuilder<Transactional> {
    /// How long a transaction may be open before the brokers abort it; default: as long as a record may be on its way
    /// ([`delivery_timeout`](Self::delivery_timeout)), which it may not be shorter than. From 1 s; brokers refuse more than their
    /// `transaction.max.timeout.ms`, 15 minutes unless set. Sets `transaction.timeout.ms`.
    ///
    /// Readers of committed records wait at the place of an open transaction: one that its publisher left behind holds them up
    /// for this long, or until a publisher under the same id starts.
    pub fn transaction_timeout(mut self, timeout: Duration) -> Self {
        if let KafkaMode::Transactional { timeout: own, .. } = &mut self.kafka.mode {
            *own = Some(timeout);
        }
        self
    }
}

impl<G: Guarantee> PublisherBuilder<G> {
    /// The same settings for a publisher of another guarantee.
    fn guaranteeing<H: Guarantee>(self) -> PublisherBuilder<H> {
        PublisherBuilder {
            kafka: self.kafka,
            connect: self.connect,
            registry: self.registry,
            subject_strategy: self.subject_strategy,
            schema_context: self.schema_context,
            schema_mode: self.schema_mode,
            latest_ttl: self.latest_ttl,
            latest_ttl_of_settings: self.latest_ttl_of_settings,
            schema_ids: self.schema_ids,
            schema_metadata: self.schema_metadata,
            framing: self.framing,
            disk_cache: self.disk_cache,
            schema_lock: self.schema_lock,
            start_mode: self.start_mode,
            start_timeout: self.start_timeout,
            headers: self.headers,
            topics: self.topics,
            on_delivery: self.on_delivery,
            block_timeout: self.block_timeout,
            policies: self.policies,
            circuit_breaker: self.circuit_breaker,
            events: self.events,
            invalid_settings: self.invalid_settings,
            guarantee: PhantomData,
        }
    }

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
        // The same for all, and so written for one.
        settings.apply(self.guaranteeing()).guaranteeing()
    }

    /// What was set for Kafka.
    pub(crate) fn into_kafka(self) -> KafkaSettings {
        self.kafka
    }

    /// Keeps settings that cannot be used, for `build` to tell.
    pub(crate) fn refuse_settings(mut self, invalid: InvalidSettings) -> Self {
        self.invalid_settings.extend_from_slice(invalid.refused());
        self
    }

    /// The default of [`latest_ttl`](Self::latest_ttl) that settings name.
    pub(crate) fn latest_ttl_of_settings(mut self, ttl: Duration) -> Self {
        self.latest_ttl_of_settings = Some(ttl);
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
        self.registry = Some(client.map(|client| Arc::new(client) as Arc<dyn SchemaRegistry>));
        self
    }

    /// A registry client of your own making. Its answers are kept for as long as they hold, see
    /// [`CachedRegistry`](crate::registry::CachedRegistry).
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

    /// The registry's context in which all subjects are, those of shared types included, such as `staging`; default: the
    /// registry's own. Subjects are sent as `:.staging:orders-value`.
    pub fn schema_context(mut self, context: impl Into<String>) -> Self {
        self.schema_context = Some(context.into());
        self
    }

    /// How a schema's id is chosen; default [`SchemaMode::AutoRegister`].
    pub fn schema_mode(mut self, mode: SchemaMode) -> Self {
        self.schema_mode = mode;
        self
    }

    /// How old the latest version of a subject may become before the registry is asked again, in the background; default
    /// 60 s, zero is refused. For [`SchemaMode::Latest`] alone. Asked for by a record: a publisher that sends nothing asks nothing.
    pub fn latest_ttl(mut self, ttl: Duration) -> Self {
        self.latest_ttl = Some(ttl);
        self
    }

    /// The id of the schema under a subject. For [`SchemaMode::Id`] alone, which needs one for each declared type.
    pub fn schema_id(mut self, subject: impl Into<String>, id: SchemaId) -> Self {
        self.schema_ids.push((subject.into(), id));
        self
    }

    /// What is registered beside the schemas of these types. For [`SchemaMode::AutoRegister`] alone: nothing else writes.
    pub fn schema_metadata(
        mut self,
        events: impl IntoIterator<Item = &'static EventType>,
        metadata: SchemaMetadata,
    ) -> Self {
        let events = events.into_iter().map(|event_type| (event_type, metadata.clone()));
        self.schema_metadata.extend(events);
        self
    }

    /// Where records name their schemas; default [`Framing::Prefix`].
    pub fn framing(mut self, framing: Framing) -> Self {
        self.framing = framing;
        self
    }

    /// Keeps what the registry answers in a folder, so that the next start can do without it; default: nothing is kept.
    /// What is read from it is verified in the background.
    pub fn disk_cache(mut self, cache: DiskCache) -> Self {
        self.disk_cache = Some(cache);
        self
    }

    /// The reviewed ids of the committed schemas, `schemas/schemas.lock` by `publisher lock`, so that a start can do without
    /// the registry; default: none. Only entries under the registry's name count. For [`SchemaMode::AutoRegister`] and
    /// [`SchemaMode::LookUp`].
    pub fn schema_lock(mut self, lock: SchemaLock) -> Self {
        self.schema_lock = Some(lock);
        self
    }

    /// What `build` waits for and fails on; default [`StartMode::Cached`]. Needs declared [`events`](Self::events).
    pub fn start(mut self, mode: StartMode) -> Self {
        self.start_mode = Some(mode);
        self
    }

    /// How long `build` waits for the registry; default 30 s, or
    /// [`delivery_timeout`](Self::delivery_timeout) if that is shorter. Needs declared [`events`](Self::events).
    pub fn start_timeout(mut self, timeout: Duration) -> Self {
        self.start_timeout = Some(timeout);
        self
    }

    /// The event types that will be published: what can be refused about them is refused by `build`, which also asks for the
    /// ids of their schemas ([`start`](Self::start)), so that publishing makes no call to the registry any more. Those of
    /// types that are not declared are asked for at the first publish.
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

    /// How long a record may be on its way, retries included, from when it has its place and its schema id, and how long it may
    /// wait for its schema id before that; default 120 s.
    ///
    /// The answer comes in time whatever the client does. `message.timeout.ms` is set a quarter shorter, 1.5 s at the most,
    /// because librdkafka looks at the time only now and then: so an answer can come that much earlier, and says whether the
    /// record can be in the log. A record that the client says nothing of by the end is [unknown](crate::PublishError::Unknown).
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

    /// How many bytes the records may take that await their schema id or their report; default 32 MiB. A record counts with
    /// twice the size of key, value and headers, because the client has a copy of its own, and 1,024 bytes for what is kept
    /// beside it. What is larger than all of it goes alone. Beyond it the same as beyond
    /// [`buffer_records`](Self::buffer_records), whichever is reached first; librdkafka's own limit is set so that it does not
    /// come first.
    ///
    /// Implements: `buffer.memory` of the Java producer.
    pub fn buffer_bytes(mut self, bytes: usize) -> Self {
        self.kafka.buffer_bytes = bytes;
        self
    }

    /// Which partition a record goes to; default [`Partitioner::Murmur2`], where Java's clients put its key and look for it.
    /// Some choices give up the order of the records of one key: see [`Partitioner`].
    ///
    /// For Kafka; a broker in memory has a setting of its own,
    /// [`MemoryBroker::partitioner`](crate::producer::MemoryBroker::partitioner).
    pub fn partitioner(mut self, partitioner: Partitioner) -> Self {
        self.kafka.partitioner = partitioner;
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

    /// What becomes of a record that has failed for good; default [`OnFailure::Return`].
    pub fn on_failure(mut self, policy: OnFailure) -> Self {
        self.policies.usual = policy;
        self
    }

    /// What becomes of a record of these types that has failed for good, in the place of
    /// [`on_failure`](Self::on_failure).
    pub fn on_failure_of(mut self, events: impl IntoIterator<Item = &'static EventType>, policy: OnFailure) -> Self {
        for event_type in events {
            self.policies.set(event_type, policy);
        }
        self
    }

    /// Which records are sent again that the client has given up; default [`Retries::new`].
    pub fn retries(mut self, retries: Retries) -> Self {
        self.policies.retries = retries;
        self
    }

    /// Where dead letters go and what they look like; default: there are none. For policies that make them:
    /// [`OnFailure::DeadLetter`], [`HeldKeys::DeadLetter`](crate::HeldKeys::DeadLetter).
    ///
    /// A letter is a record of this publisher's: it takes the place of its event in the buffer and has a delivery timeout
    /// of its own. One that cannot be sent goes to the [`file`](DeadLetters::file), or its event back to the caller.
    pub fn dead_letters(mut self, letters: DeadLetters) -> Self {
        self.policies.letters = Some(letters);
        self
    }

    /// Lets calls fail at once while the cluster is out of order; default: none, each call waits for its own time-out.
    pub fn circuit_breaker(mut self, breaker: CircuitBreaker) -> Self {
        self.circuit_breaker = Some(breaker);
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

    /// Gives the access tokens that the brokers ask for by SASL/OAUTHBEARER. Sets `sasl.mechanism`, and `security.protocol`
    /// to `SASL_SSL` unless it is given; refuses others by `build`. Default: nobody, or the server that
    /// `sasl.oauthbearer.method=oidc` and its kin among the settings name.
    ///
    /// Tokens are refreshed on the runtime that the publisher was built on, ahead of their end. What is published while
    /// there is none waits, and ends at its delivery timeout with
    /// [`ProduceErrorKind::Unauthorised`](crate::ProduceErrorKind::Unauthorised) and the provider's reason.
    #[cfg(feature = "sasl")]
    pub fn kafka_oauth(mut self, tokens: impl crate::producer::TokenProvider + 'static) -> Self {
        self.kafka.oauth = Some(Arc::new(tokens));
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
}
