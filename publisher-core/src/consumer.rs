//! [`TopicReader`]: what lies in a topic, read once from a place to its present end.
//!
//! For tools and tests: joins no group, commits no offset, follows nothing. Knows rdkafka; knows no event.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer as _, ConsumerContext};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Headers as _, Message as _};
use rdkafka::{Offset as Position, TopicPartitionList};
use thiserror::Error;

use crate::producer::{KafkaSettings, Scrubber};
use crate::record::{Headers, Offset, Record};

/// How long the reason of an error is waited for.
const LAST_WORD: Duration = Duration::from_secs(1);

/// A record as a consumer receives it.
///
/// `Debug` shows all of it: think of that before it goes into a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsumedRecord {
    /// The partition, counted from 0.
    pub partition: i32,
    /// The offset.
    pub offset: Offset,
    /// The time in milliseconds since 1970-01-01T00:00:00Z; -1 if the log holds none.
    pub timestamp_ms: i64,
    /// The key, if any.
    pub key: Option<Vec<u8>>,
    /// The framed value; `None` is a tombstone.
    pub value: Option<Vec<u8>>,
    /// The headers in order.
    pub headers: Headers,
}

impl ConsumedRecord {
    /// The same as a record for this topic, with no fixed partition.
    #[must_use]
    pub fn into_record(self, topic: impl Into<String>) -> Record {
        Record {
            topic: topic.into(),
            partition: None,
            key: self.key,
            value: self.value,
            headers: self.headers,
            timestamp_ms: self.timestamp_ms,
        }
    }
}

/// A topic that could not be read. Retriable, unless librdkafka refuses the settings.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("cannot read topic {topic} at {servers}: {reason}")]
pub struct ReadError {
    topic: String,
    servers: String,
    reason: String,
}

/// Reads a topic from its beginning, or from a place in each partition, to the end that it had when it was opened.
///
/// The records of one partition come in their order; partitions are mixed. Reads what is committed, so that an open
/// transaction ends it. All calls block.
pub struct TopicReader {
    consumer: BaseConsumer<Trouble>,
    topic: String,
    servers: String,
    /// The next offset to come and the one to stop before, for each partition that is not read to its end.
    open: BTreeMap<i32, (i64, i64)>,
    /// Where each partition begins to be read.
    begin: BTreeMap<i32, Offset>,
}

impl TopicReader {
    /// Opens the topic, from these offsets on and in all other partitions from the beginning; an offset that is gone from
    /// the log stands for the first that is left. `None` if there is no such topic. Of the settings the addresses, the
    /// client's name, the raw properties and what belongs to security count.
    ///
    /// # Errors
    /// [`ReadError`]: settings that cannot be used; a broker that gives no answer within the deadline.
    pub fn open(
        settings: &KafkaSettings,
        topic: &str,
        from: &BTreeMap<i32, Offset>,
        deadline: Duration,
    ) -> Result<Option<Self>, ReadError> {
        let refused = |reason: String| ReadError {
            topic: topic.to_owned(),
            servers: settings.bootstrap_servers.clone(),
            reason,
        };
        let mut config = settings
            .connection_config()
            .map_err(|error| refused(error.to_string()))?;
        let consumer: BaseConsumer<Trouble> = config
            // librdkafka wants a group for manual assignment too; it is never joined.
            .set("group.id", "publisher-read-topic")
            .set("enable.auto.commit", "false")
            .set("enable.partition.eof", "true")
            .set("auto.offset.reset", "earliest")
            .set("isolation.level", "read_committed")
            .set("fetch.wait.max.ms", "10")
            .create_with_context(Trouble::new(settings))
            .map_err(|error| refused(error.to_string()))?;
        settings
            .show_token(consumer.client(), &consumer.context().scrubber)
            .map_err(|reason| refused(format!("no access token: {reason}")))?;
        let mut reader = Self {
            consumer,
            topic: topic.to_owned(),
            servers: settings.bootstrap_servers.clone(),
            open: BTreeMap::new(),
            begin: BTreeMap::new(),
        };
        let found = reader.assign(from, Instant::now() + deadline)?;
        Ok(found.then_some(reader))
    }

    /// Looks the partitions up and begins to read; `false` if there is no such topic.
    fn assign(&mut self, from: &BTreeMap<i32, Offset>, end: Instant) -> Result<bool, ReadError> {
        let left = || end.saturating_duration_since(Instant::now());
        let metadata = self
            .consumer
            .fetch_metadata(Some(&self.topic), left())
            .map_err(|error| self.refused(&error))?;
        let Some(found) = metadata.topics().iter().find(|found| found.name() == self.topic) else {
            return Ok(false);
        };
        match found.error().map(RDKafkaErrorCode::from) {
            None => {}
            Some(RDKafkaErrorCode::UnknownTopicOrPartition) => return Ok(false),
            Some(error) => return Err(self.failed(&error)),
        }
        let mut assignment = TopicPartitionList::new();
        for partition in found.partitions().iter().map(|partition| partition.id()) {
            let (low, high) = self
                .consumer
                .fetch_watermarks(&self.topic, partition, left())
                .map_err(|error| self.refused(&error))?;
            let wanted = from
                .get(&partition)
                .map(|offset| i64::try_from(offset.0).unwrap_or(i64::MAX));
            let first = wanted.unwrap_or(low).max(low);
            self.begin.insert(partition, offset(first));
            if first < high {
                assignment
                    .add_partition_offset(&self.topic, partition, Position::Offset(first))
                    .map_err(|error| self.refused(&error))?;
                self.open.insert(partition, (first, high));
            }
        }
        if !self.open.is_empty() {
            self.consumer
                .assign(&assignment)
                .map_err(|error| self.refused(&error))?;
        }
        Ok(true)
    }

    /// At most how many records are still to come; markers of transactions count with them.
    #[must_use]
    pub fn remaining(&self) -> u64 {
        self.open.values().map(|(next, end)| offset(end - next).0).sum()
    }

    /// Every partition of the topic with the offset from which it is read.
    #[must_use]
    pub fn begin(&self) -> &BTreeMap<i32, Offset> {
        &self.begin
    }

    /// The next record, waiting for it at most this long; `None` at the end.
    ///
    /// # Errors
    /// [`ReadError`]: no record within the deadline, or a broken client.
    pub fn next(&mut self, deadline: Duration) -> Result<Option<ConsumedRecord>, ReadError> {
        let end = Instant::now() + deadline;
        while !self.open.is_empty() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let partitions: Vec<_> = self.open.keys().collect();
                return Err(self.failed(&format!(
                    "partitions {partitions:?} are not read to their end after {deadline:?}"
                )));
            }
            match self.consumer.poll(left) {
                Some(Ok(message)) => {
                    let Some((next, end)) = self.open.get_mut(&message.partition()) else {
                        continue;
                    };
                    *next = message.offset() + 1;
                    let (wanted, ends) = (message.offset() < *end, *next >= *end);
                    let record = wanted.then(|| consumed(&message));
                    if ends {
                        let partition = message.partition();
                        self.open.remove(&partition);
                    }
                    if record.is_some() {
                        return Ok(record);
                    }
                }
                // The last offsets can be markers of transactions, which no consumer sees.
                Some(Err(KafkaError::PartitionEOF(partition))) => {
                    self.open.remove(&partition);
                }
                Some(Err(error)) if error.rdkafka_error_code() == Some(RDKafkaErrorCode::Fatal) => {
                    return Err(self.refused(&error));
                }
                // librdkafka tries again; what it complained of is told if the time runs out.
                Some(Err(_)) | None => {}
            }
        }
        Ok(None)
    }

    /// A call that librdkafka could not do; of one that waited in vain, what it waited for.
    fn refused(&self, error: &KafkaError) -> ReadError {
        use RDKafkaErrorCode::{BrokerTransportFailure, OperationTimedOut};
        match (self.trouble(), error.rdkafka_error_code()) {
            (Some(trouble), Some(BrokerTransportFailure | OperationTimedOut)) => self.error(trouble),
            _ => self.error(error.to_string()),
        }
    }

    fn failed(&self, reason: &dyn fmt::Display) -> ReadError {
        self.error(match self.trouble() {
            Some(trouble) => format!("{reason}: {trouble}"),
            None => reason.to_string(),
        })
    }

    fn error(&self, reason: String) -> ReadError {
        ReadError {
            topic: self.topic.clone(),
            servers: self.servers.clone(),
            reason,
        }
    }

    /// The last complaint. Complaints wait to be taken; with them goes all that is still to come, for nobody reads on after
    /// an error.
    fn trouble(&self) -> Option<String> {
        let end = Instant::now() + LAST_WORD;
        // A complaint about a broker can come after the error of the call that waited for it.
        while Instant::now() < end {
            let nothing_more = self.consumer.poll(Duration::from_millis(10)).is_none();
            if nothing_more && self.consumer.context().last().is_some() {
                break;
            }
        }
        self.consumer.context().last()
    }
}

impl fmt::Debug for TopicReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TopicReader")
            .field("topic", &self.topic)
            .field("open", &self.open)
            .finish_non_exhaustive()
    }
}

/// The last thing that librdkafka complained of: the error of a call says no more than that it waited in vain.
struct Trouble {
    last: Mutex<Option<String>>,
    scrubber: Scrubber,
}

impl Trouble {
    fn new(settings: &KafkaSettings) -> Self {
        Self {
            last: Mutex::default(),
            scrubber: settings.scrubber(),
        }
    }

    fn last(&self) -> Option<String> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ClientContext for Trouble {
    fn log(&self, _level: RDKafkaLogLevel, facility: &str, message: &str) {
        let message = &*self.scrubber.clean(message);
        tracing::debug!(target: "librdkafka", facility, "{message}");
    }

    fn error(&self, error: KafkaError, reason: &str) {
        let reason = &*self.scrubber.clean(reason);
        tracing::debug!(target: "librdkafka", %error, "{reason}");
        // Follows the complaint about each broker, and says less.
        if error.rdkafka_error_code() == Some(RDKafkaErrorCode::AllBrokersDown) {
            return;
        }
        // "host:9092/bootstrap: Connect to … failed: Connection refused (after 0ms in state CONNECT)"
        let text = reason.split_once("/bootstrap: ").map_or(reason, |(_, text)| text);
        let text = text.split_once(" (after ").map_or(text, |(text, _)| text);
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.to_owned());
    }
}

impl ConsumerContext for Trouble {}

/// A consumer never sees a negative offset.
fn offset(number: i64) -> Offset {
    Offset(u64::try_from(number).unwrap_or_default())
}

fn consumed(message: &BorrowedMessage<'_>) -> ConsumedRecord {
    let mut headers = Headers::new();
    for header in message.headers().into_iter().flat_map(|list| list.iter()) {
        match header.value {
            Some(value) => headers.push(header.key, value),
            None => headers.push_null(header.key),
        }
    }
    ConsumedRecord {
        partition: message.partition(),
        offset: offset(message.offset()),
        timestamp_ms: message.timestamp().to_millis().unwrap_or(-1),
        key: message.key().map(<[u8]>::to_vec),
        value: message.payload().map(<[u8]>::to_vec),
        headers,
    }
}

#[cfg(all(test, feature = "testing"))]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests;
