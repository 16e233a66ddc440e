//! The Kafka backend: [`KafkaProducer`] on librdkafka, with one thread of its own that takes the reports.
//!
//! Only this module and `ffi` know rdkafka. It knows records, not events.

mod address;
mod context;
mod description;
mod failure;
mod in_flight;
mod mode;
mod property;
mod settings;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer as _, PurgeConfig};

use super::refusal::{invalid_topic, refusal, too_large};
use super::{DescribeError, DescribeErrorKind, Producer, Reports, SendError, Token, TopicDescription, ffi};
use crate::error::{ConfigError, Persistence, ProduceError, ProduceErrorKind};
use crate::record::{HeadersRef, RecordRef};
pub(crate) use address::invalid_address;
use context::Context;
use description::Respondent;
pub use mode::KafkaMode;
pub use property::property_names;
pub use settings::KafkaSettings;
pub(crate) use settings::property_refusal;

/// How long one poll may block. rdkafka's poll cannot be woken, so this is also how late the thread sees that it has to
/// stop.
///
/// rdkafka waits in whole milliseconds and spins through what is left of the last one: with 50 ms sharp, for 1 ms of
/// every 50. The surplus lets the wait of 50 ms end after the deadline, and an idle producer sleeps.
const POLL: Duration = Duration::from_micros(50_060);
/// How long a drop waits for the reports of what it purged. They are local and come at once; the bound guards against a
/// hung callback.
const PURGE_GRACE: Duration = Duration::from_secs(5);

/// A producer that delivers to Kafka.
///
/// Idempotent with `acks=all`: librdkafka retries until `delivery_timeout` and keeps the order of the records of one
/// key. Reports come on a thread named `publisher-kafka`, in the order of the log for each partition.
///
/// Dropping it gives up what has no report yet, reports each such record, and ends the thread; call
/// [`flush`](Producer::flush) before.
///
/// Implements: idempotent producer (KIP-98), partitioner `murmur2_random` (as the Java client for records with a key).
pub struct KafkaProducer {
    client: Arc<BaseProducer<Context>>,
    stopped: Arc<AtomicBool>,
    poller: Option<JoinHandle<()>>,
    max_record_bytes: usize,
    respondent: Respondent,
}

impl KafkaProducer {
    /// Starts a producer. Returns without waiting for a broker: one that cannot be reached shows in the reports.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] names the setting or the property that cannot be used, with librdkafka's own words. Not
    /// retriable.
    pub fn new(settings: &KafkaSettings, reports: Arc<dyn Reports>) -> Result<Self, ConfigError> {
        let config = settings.client_config()?;
        let context = Context::new(settings, reports);
        let client: BaseProducer<Context> = config
            .create_with_context(context)
            .map_err(|error| settings::refused(settings, error))?;
        let client = Arc::new(client);
        let stopped = Arc::new(AtomicBool::new(false));
        let poller = thread::Builder::new()
            .name("publisher-kafka".to_owned())
            .spawn({
                let (client, stopped) = (Arc::clone(&client), Arc::clone(&stopped));
                move || {
                    while !stopped.load(Ordering::Acquire) {
                        client.poll(POLL);
                    }
                }
            })
            .map_err(|error| ConfigError::Invalid {
                setting: "bootstrap_servers".to_owned(),
                reason: format!("the thread that takes the delivery reports cannot be started: {error}"),
            })?;
        Ok(Self {
            client,
            stopped,
            poller: Some(poller),
            max_record_bytes: settings.max_record_bytes,
            respondent: Respondent::default(),
        })
    }

    fn context(&self) -> &Context {
        self.client.context()
    }

    /// The error for a record that librdkafka did not take.
    fn not_taken(&self, error: &KafkaError, record: RecordRef<'_>) -> ProduceError {
        let refused = |kind, reason| ProduceError::new(kind, Persistence::NotPersisted, reason);
        match error.rdkafka_error_code() {
            Some(RDKafkaErrorCode::MessageSizeTooLarge) => {
                refused(ProduceErrorKind::TooLarge, too_large(record, self.max_record_bytes))
            }
            Some(code) => {
                // The error event that would name the cause may still be on its way to the poll thread.
                if let Some((_, reason)) = self.client.client().fatal_error() {
                    self.context().note_fatal(&reason);
                }
                self.context().failure(code, Persistence::NotPersisted, record)
            }
            None => refused(ProduceErrorKind::Rejected, error.to_string()),
        }
    }
}

impl Producer for KafkaProducer {
    fn send(&self, record: RecordRef<'_>, token: Token) -> Result<(), SendError> {
        if let Some(error) = refusal(record, self.max_record_bytes) {
            return Err(SendError::Refused(error));
        }
        // Before it is handed over: the report can come before the call returns.
        let slot = self.context().accepted(record, token);
        let mut message: BaseRecord<'_, [u8], [u8], usize> = BaseRecord::with_opaque_to(record.topic, slot);
        message.partition = record.partition;
        message.key = record.key;
        message.payload = record.value;
        message.timestamp = Some(record.timestamp_ms);
        message.headers = owned_headers(record.headers);
        let Err((error, _)) = self.client.send(message) else {
            return Ok(());
        };
        self.context().withdrawn(slot);
        if error.rdkafka_error_code() == Some(RDKafkaErrorCode::QueueFull) {
            return Err(SendError::Full);
        }
        let error = self.not_taken(&error, record);
        Err(SendError::Refused(error))
    }

    fn flush(&self, deadline: Duration) -> usize {
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

    fn purge(&self) {
        self.client.purge(PurgeConfig::default().queue().inflight());
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
        // A report that drops the last reference runs on the poll thread, which cannot wait for itself. It leaves its
        // loop after this report, drops the client, and the client's own drop reports what is left.
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
        self.stopped.store(true, Ordering::Release);
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

/// The headers in librdkafka's own list; `None` for none, which saves its allocation.
fn owned_headers(headers: HeadersRef<'_>) -> Option<OwnedHeaders> {
    if headers.is_empty() {
        return None;
    }
    let list = OwnedHeaders::new_with_capacity(headers.len());
    Some(
        headers
            .iter()
            .fold(list, |list, (key, value)| list.insert(Header { key, value })),
    )
}
