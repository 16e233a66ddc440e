//! The Kafka backend: [`KafkaProducer`] on librdkafka, with one thread of its own that takes the reports.
//!
//! Only this module and `ffi` know rdkafka. It knows records, not events.

mod address;
mod context;
mod description;
mod events;
mod failure;
mod in_flight;
mod lump;
mod mode;
#[cfg(feature = "sasl")]
mod oauth;
mod oidc;
mod partition;
mod property;
mod scrub;
mod security;
mod settings;
mod spares;
mod tokens;
mod topics;
mod transactions;
mod turns;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rdkafka::error::RDKafkaErrorCode;
use rdkafka::producer::{BaseProducer, Producer as _, PurgeConfig};

use super::ffi::News as _;
use super::refusal::{invalid_topic, refusal_in_topic, too_large};
use super::{
    DescribeError, DescribeErrorKind, Producer, Reports, SendError, Token, TopicDescription, Transactions, ffi,
};
use crate::error::{ConfigError, Persistence, ProduceError, ProduceErrorKind};
use crate::record::RecordRef;
pub(crate) use address::invalid_address;
use context::Context;
use description::Respondent;
use lump::Lump;
pub use mode::KafkaMode;
use partition::Partitioning;
pub use property::property_names;
pub(crate) use scrub::Scrubber;
pub use settings::KafkaSettings;
pub(crate) use settings::property_refusal;
use topics::Topics;
use transactions::Transactional;
use turns::Turns;

/// rdkafka's client with our callbacks.
type Client = BaseProducer<Context, Partitioning>;
type Topic = ffi::Topic<Context, Partitioning>;
type Events = ffi::EventQueue<Context, Partitioning, Turns<Lump>>;

/// How long a drop waits for the reports of what it purged. They are local and come at once; the bound guards against a
/// hung callback.
const PURGE_GRACE: Duration = Duration::from_secs(5);

/// A producer that delivers to Kafka.
///
/// Idempotent with `acks=all`: librdkafka retries until `delivery_timeout` and keeps the order of the records of one
/// key. Reports come on a thread named `publisher-kafka`, or where [`take_reports`](Producer::take_reports) is called, in the
/// order of the log for each partition.
///
/// Dropping it gives up what has no report yet, reports each such record, and ends the thread; call
/// [`flush`](Producer::flush) before.
///
/// Implements: idempotent producer (KIP-98).
pub struct KafkaProducer {
    client: Arc<Client>,
    topics: Topics<Topic>,
    events: Arc<Events>,
    poller: Option<JoinHandle<()>>,
    max_record_bytes: usize,
    respondent: Respondent,
    transactional: Option<Transactional>,
    /// Ends with this producer.
    #[cfg(feature = "sasl")]
    _refresh: Option<oauth::Refresh>,
}

impl KafkaProducer {
    /// Starts a producer. Returns without waiting for a broker: one that cannot be reached shows in the reports.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] names the setting or the property that cannot be used, with librdkafka's own words;
    /// [`ConfigError::NoRuntime`] where access tokens are to be fetched and there is no tokio runtime around the call. Not
    /// retriable.
    pub fn new(settings: &KafkaSettings, reports: Arc<dyn Reports>) -> Result<Self, ConfigError> {
        let unavailable = |reason| ConfigError::Invalid {
            setting: "bootstrap_servers".to_owned(),
            reason,
        };
        let config = settings.client_config()?;
        #[cfg(feature = "sasl")]
        let tokens = settings.token_source()?;
        let context = Context::new(settings, reports);
        let client: Client = config
            .create_with_context(context)
            .map_err(|error| settings::refused(settings, error))?;
        let client = Arc::new(client);
        let turns = Arc::new(Turns::default());
        let events =
            Events::of(&client, &turns).ok_or_else(|| unavailable("librdkafka has no queue of events".to_owned()))?;
        // What came before anybody was told of it.
        turns.news();
        let events = Arc::new(events);
        let poller = thread::Builder::new()
            .name("publisher-kafka".to_owned())
            .spawn({
                let events = Arc::clone(&events);
                move || events::run(&events, events.news())
            })
            .map_err(|error| {
                unavailable(format!(
                    "the thread that takes the delivery reports cannot be started: {error}"
                ))
            })?;
        #[cfg(feature = "sasl")]
        let refresh = tokens.map(|(runtime, provider)| {
            oauth::Refresh::start(&runtime, provider, &client, client.context().refused_token())
        });
        Ok(Self {
            #[cfg(feature = "sasl")]
            _refresh: refresh,
            client,
            topics: Topics::default(),
            events,
            poller: Some(poller),
            max_record_bytes: settings.max_record_bytes,
            respondent: Respondent::default(),
            transactional: Transactional::of(&settings.mode),
        })
    }

    fn context(&self) -> &Context {
        self.client.context()
    }

    /// The topic of a record, made on its first use.
    fn topic(&self, name: &str) -> Result<&Topic, ProduceError> {
        if let Some(topic) = self.topics.get(name) {
            return Ok(topic);
        }
        let refused = |reason| ProduceError::new(ProduceErrorKind::InvalidTopic, Persistence::NotPersisted, reason);
        if let Some(reason) = invalid_topic(name) {
            return Err(refused(reason));
        }
        let topic = Topic::new(&self.client, name)
            .ok_or_else(|| refused(format!("librdkafka refuses the topic name {name:?}")))?;
        Ok(self.topics.keep(name, topic))
    }

    /// The error for a record that librdkafka did not take.
    fn not_taken(&self, code: RDKafkaErrorCode, record: RecordRef<'_>) -> ProduceError {
        let refused = |kind, reason| ProduceError::new(kind, Persistence::NotPersisted, reason);
        if code == RDKafkaErrorCode::MessageSizeTooLarge {
            return refused(ProduceErrorKind::TooLarge, too_large(record, self.max_record_bytes));
        }
        // The error event that would name the cause may still be on its way to the poll thread.
        if let Some((_, reason)) = self.client.client().fatal_error() {
            self.context().note_fatal(&reason);
        }
        self.context().failure(code, Persistence::NotPersisted, record)
    }
}

impl Producer for KafkaProducer {
    fn send(&self, record: RecordRef<'_>, token: Token) -> Result<(), SendError> {
        let topic = self.topic(record.topic).map_err(SendError::Refused)?;
        if let Some(error) = refusal_in_topic(record, self.max_record_bytes) {
            return Err(SendError::Refused(error));
        }
        let context = self.context();
        let headers = if record.headers.is_empty() {
            None
        } else {
            // Its memory is what the new one is made of.
            drop(context.spare_headers.take());
            ffi::HeaderList::of(record.headers)
        };
        // Before it is handed over: the report can come before the call returns. Nothing in between can panic.
        let word = context.accepted(record, token);
        match topic.produce(record, headers, word) {
            Ok(()) => Ok(()),
            Err(code) => {
                context.withdrawn(word);
                Err(match code {
                    RDKafkaErrorCode::QueueFull => SendError::Full,
                    code => SendError::Refused(self.not_taken(code, record)),
                })
            }
        }
    }

    fn take_reports(&self, next: Duration) {
        events::take_in_passing(&self.events, self.events.news(), next);
    }

    fn await_reports(&self) {
        self.events.news().hurry();
    }

    fn flush(&self, deadline: Duration) -> usize {
        self.await_reports();
        let start = Instant::now();
        loop {
            ffi::flush(&self.client, deadline.saturating_sub(start.elapsed()));
            let unreported = self.context().unreported();
            if unreported == 0 || start.elapsed() >= deadline {
                return unreported;
            }
            // librdkafka holds nothing, yet a record is counted: a `send` on another thread is just before handing it
            // over.
            thread::yield_now();
        }
    }

    fn recall(&self) {
        self.client.purge(PurgeConfig::default().queue().non_blocking());
    }

    fn purge(&self) {
        self.context().purged.store(true, Ordering::Release);
        self.client.purge(PurgeConfig::default().queue().inflight());
    }

    fn transactions(&self) -> Option<&dyn Transactions> {
        self.transactional.is_some().then_some(self)
    }

    /// Asks one broker, and another one where the connection breaks; for an hour at the most.
    ///
    /// Brokers tell since Kafka 2.3 whether this client may write. The first question also lists the cluster's topics,
    /// which is how a broker is found.
    ///
    /// Implements: `Metadata` request with `allow_auto_topic_creation` false; authorised operations (KIP-430).
    fn describe_topic(&self, topic: &str, deadline: Duration) -> Result<TopicDescription, DescribeError> {
        if let Some(reason) = invalid_topic(topic) {
            return Err(DescribeError::new(DescribeErrorKind::InvalidTopic, reason));
        }
        let answer = self.respondent.ask(&self.client, topic, deadline);
        self.context().description(topic, answer, deadline)
    }
}

impl Drop for KafkaProducer {
    fn drop(&mut self) {
        let Some(poller) = self.poller.take() else { return };
        // A report that drops the last reference runs on the poll thread, which cannot wait for itself. It reports what is
        // left after this report, and ends.
        let inside = poller.thread().id() == thread::current().id();
        self.purge();
        if !inside {
            let unreported = self.flush(PURGE_GRACE);
            if unreported > 0 {
                tracing::error!(
                    unreported,
                    "records have no delivery report though the producer was dropped"
                );
            }
        }
        self.events.news().stop();
        if !inside && poller.join().is_err() {
            tracing::error!("the thread that takes the delivery reports panicked");
        }
    }
}

impl std::fmt::Debug for KafkaProducer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KafkaProducer")
            .field("unreported", &self.context().unreported())
            .finish_non_exhaustive()
    }
}
