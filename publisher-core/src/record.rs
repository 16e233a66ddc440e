//! What goes to the broker and what comes back: [`Record`], [`RecordRef`], [`Headers`], [`Delivery`].
//!
//! Knows bytes, names and numbers only: no schema, no Kafka client, no runtime.

mod headers;
#[cfg(feature = "kafka")]
mod packed;

pub use headers::{Headers, HeadersRef};
#[cfg(feature = "kafka")]
pub(crate) use packed::{LARGEST, Layout, Packed};

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::encode::json;

/// The id that a registry gave to a schema; the four bytes in every frame.
///
/// Positive; unique within one registry (and, for registries with contexts, within one context).
///
/// Implements: Confluent wire format, bytes 1 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

impl fmt::Display for SchemaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number of a schema within its subject, counted from 1 by the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubjectVersion(pub u32);

impl fmt::Display for SubjectVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The place of a record within its partition, counted from 0 by the broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(pub u64);

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An instant as Kafka counts it: milliseconds since 1970-01-01T00:00:00Z, negative before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    millis: i64,
}

impl Timestamp {
    /// The instant so many milliseconds after (or before) 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self { millis }
    }

    /// The present instant of the system's clock.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.millis
    }
}

impl fmt::Display for Timestamp {
    /// As RFC 3339 has it, such as `2024-02-29T12:30:00.000Z`; beyond its four-digit years in milliseconds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = json::MILLIS_WITH_TEXT;
        if !(first..=last).contains(&self.millis) {
            return write!(f, "{} ms since 1970-01-01T00:00:00Z", self.millis);
        }
        let mut text = Vec::new();
        json::timestamp_millis(self.millis, &mut text);
        f.write_str(String::from_utf8_lossy(&text).trim_matches('"'))
    }
}

impl From<SystemTime> for Timestamp {
    /// Floors to the millisecond.
    fn from(time: SystemTime) -> Self {
        let millis = match time.duration_since(SystemTime::UNIX_EPOCH) {
            // Asked for with every event, hence without a division of 128 bits.
            Ok(after) => i64::try_from(after.as_secs())
                .ok()
                .and_then(|seconds| seconds.checked_mul(1000)?.checked_add(after.subsec_millis().into()))
                .unwrap_or(i64::MAX),
            Err(before) => {
                let nanos = i128::try_from(before.duration().as_nanos()).unwrap_or(i128::MAX);
                i64::try_from((-nanos).div_euclid(1_000_000)).unwrap_or(i64::MIN)
            }
        };
        Self { millis }
    }
}

#[cfg(feature = "chrono")]
impl From<chrono::DateTime<chrono::Utc>> for Timestamp {
    fn from(time: chrono::DateTime<chrono::Utc>) -> Self {
        Self {
            millis: time.timestamp_millis(),
        }
    }
}

/// The part of a record that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordPart {
    /// The key.
    Key,
    /// The value.
    Value,
}

/// One message as it goes to the broker: topic, key, value (framed), headers and time.
///
/// `Debug` shows sizes instead of key and value: both may hold personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// The topic's name.
    pub topic: String,
    /// A fixed partition; `None` (the default) leaves the choice to the partitioner.
    pub partition: Option<i32>,
    /// The key's bytes, framed where the key is Avro; `None` spreads the records over the partitions and gives up their order.
    pub key: Option<Vec<u8>>,
    /// The framed value; `None` is a tombstone.
    pub value: Option<Vec<u8>>,
    /// The headers in order.
    pub headers: Headers,
    /// The event's time in milliseconds since 1970-01-01T00:00:00Z.
    pub timestamp_ms: i64,
}

impl Record {
    /// The bytes that count against `message.max.bytes`: key, value, headers.
    #[must_use]
    pub fn size(&self) -> usize {
        self.as_ref().size()
    }

    /// The record, borrowed: what a producer takes.
    #[must_use]
    pub fn as_ref(&self) -> RecordRef<'_> {
        RecordRef {
            topic: &self.topic,
            partition: self.partition,
            key: self.key.as_deref(),
            value: self.value.as_deref(),
            headers: self.headers.as_ref(),
            timestamp_ms: self.timestamp_ms,
        }
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().describe("Record", f)
    }
}

/// A record that somebody else keeps: what a producer copies from.
///
/// `Debug` shows sizes instead of key and value, as that of [`Record`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RecordRef<'a> {
    /// The topic's name.
    pub topic: &'a str,
    /// A fixed partition; `None` leaves the choice to the partitioner.
    pub partition: Option<i32>,
    /// The key's bytes; `None` for a record without a key, which is not the empty one.
    pub key: Option<&'a [u8]>,
    /// The framed value; `None` is a tombstone.
    pub value: Option<&'a [u8]>,
    /// The headers in order.
    pub headers: HeadersRef<'a>,
    /// The event's time in milliseconds since 1970-01-01T00:00:00Z.
    pub timestamp_ms: i64,
}

#[cfg(feature = "kafka")]
impl<'a> RecordRef<'a> {
    /// What is left to look at where nobody looks at a record any more.
    pub(crate) fn empty(topic: &'a str) -> Self {
        RecordRef {
            topic,
            partition: None,
            key: None,
            value: None,
            headers: HeadersRef::default(),
            timestamp_ms: 0,
        }
    }
}

impl RecordRef<'_> {
    /// The bytes that count against `message.max.bytes`: key, value, headers.
    #[must_use]
    pub fn size(&self) -> usize {
        self.key.map_or(0, <[u8]>::len) + self.value.map_or(0, <[u8]>::len) + self.headers.size()
    }

    /// A copy to keep.
    #[must_use]
    pub fn to_record(&self) -> Record {
        Record {
            topic: self.topic.to_owned(),
            partition: self.partition,
            key: self.key.map(<[u8]>::to_vec),
            value: self.value.map(<[u8]>::to_vec),
            headers: self.headers.to_owned(),
            timestamp_ms: self.timestamp_ms,
        }
    }

    fn describe(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("topic", &self.topic)
            .field("partition", &self.partition)
            .field("key_bytes", &self.key.map(<[u8]>::len))
            .field("value_bytes", &self.value.map(<[u8]>::len))
            .field("headers", &self.headers.len())
            .field("timestamp_ms", &self.timestamp_ms)
            .finish()
    }
}

impl fmt::Debug for RecordRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe("RecordRef", f)
    }
}

/// Where a record was sent: what all deliveries of one type on one topic have in common, and so share.
pub(crate) trait Destination: Send + Sync {
    fn topic(&self) -> &str;

    /// The subject of the value's schema; `None` where the value has none.
    fn subject(&self) -> Option<&str>;
}

/// What the broker said of a record that is in the log.
#[derive(Clone)]
#[non_exhaustive]
pub struct Delivery {
    destination: Arc<dyn Destination>,
    /// The partition, counted from 0.
    pub partition: i32,
    /// The offset; `None` when the broker confirmed an earlier copy of the record (a retried batch that had arrived), and
    /// where it confirms nothing ([`AtMostOnce`](crate::AtMostOnce)).
    pub offset: Option<Offset>,
    /// The record's time in milliseconds since 1970-01-01T00:00:00Z.
    pub timestamp_ms: i64,
    /// The schema's id in the frame; `None` for a tombstone.
    pub schema_id: Option<SchemaId>,
    /// The id in the frame of an Avro key, whose schema stands under `<topic>-key`; `None` for keys of other forms.
    pub key_schema_id: Option<SchemaId>,
}

impl Delivery {
    /// A delivery whose schemas are still to be named.
    #[cfg(any(feature = "kafka", feature = "testing"))]
    pub(crate) fn new(
        destination: Arc<dyn Destination>,
        partition: i32,
        offset: Option<Offset>,
        timestamp_ms: i64,
    ) -> Self {
        Self {
            destination,
            partition,
            offset,
            timestamp_ms,
            schema_id: None,
            key_schema_id: None,
        }
    }

    /// The topic.
    #[must_use]
    pub fn topic(&self) -> &str {
        self.destination.topic()
    }

    /// The subject under which the value's schema stands; `None` for a tombstone.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.destination.subject()
    }
}

impl PartialEq for Delivery {
    fn eq(&self, other: &Self) -> bool {
        self.topic() == other.topic()
            && self.subject() == other.subject()
            && self.partition == other.partition
            && self.offset == other.offset
            && self.timestamp_ms == other.timestamp_ms
            && self.schema_id == other.schema_id
            && self.key_schema_id == other.key_schema_id
    }
}

impl Eq for Delivery {}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("topic", &self.topic())
            .field("partition", &self.partition)
            .field("offset", &self.offset)
            .field("timestamp_ms", &self.timestamp_ms)
            .field("schema_id", &self.schema_id)
            .field("subject", &self.subject())
            .field("key_schema_id", &self.key_schema_id)
            .finish()
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.topic(), self.partition)?;
        match self.offset {
            Some(offset) => write!(f, "@{offset}")?,
            None => f.write_str("@?")?,
        }
        if let (Some(id), Some(subject)) = (self.schema_id, self.subject()) {
            write!(f, " schema {id} ({subject})")?;
        }
        Ok(())
    }
}
