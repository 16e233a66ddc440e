//! The records that no broker would take, told before they are sent; the same answer from every backend, and from
//! the publisher before it asks the registry.
//!
//! Knows Kafka's limits and librdkafka's gaps; knows no client.

use crate::error::{Persistence, ProduceError, ProduceErrorKind};
use crate::record::RecordRef;

/// The largest overhead of one record in a batch: length, attributes, time, offset, lengths of key, value and header
/// list.
///
/// Implements: KIP-98 record format v2, as librdkafka's `RD_KAFKAP_MESSAGE_V2_MAX_OVERHEAD` counts it.
const RECORD_OVERHEAD_BYTES: usize = 36;
/// The largest overhead of one header: two varints.
const HEADER_OVERHEAD_BYTES: usize = 10;
/// The longest name of a topic.
const MAX_TOPIC_BYTES: usize = 249;

/// Why this record cannot be sent at all; `None` if nothing speaks against it.
pub(crate) fn refusal(record: RecordRef<'_>, max_record_bytes: usize) -> Option<ProduceError> {
    match invalid_topic(record.topic) {
        Some(reason) => Some(ProduceError::new(
            ProduceErrorKind::InvalidTopic,
            Persistence::NotPersisted,
            reason,
        )),
        None => refusal_in_topic(record, max_record_bytes),
    }
}

/// The same for a topic that a record was sent to before, so that its name is known to be right.
pub(crate) fn refusal_in_topic(record: RecordRef<'_>, max_record_bytes: usize) -> Option<ProduceError> {
    let refused = |kind, reason: String| Some(ProduceError::new(kind, Persistence::NotPersisted, reason));

    if let Some(partition) = record.partition.filter(|partition| *partition < 0) {
        return refused(
            ProduceErrorKind::UnknownTopic,
            format!("partition {partition} does not exist: they are counted from 0"),
        );
    }
    if let Some((name, _)) = record.headers.raw().find(|(name, _)| name.contains(&0)) {
        let name = String::from_utf8_lossy(name);
        return refused(
            ProduceErrorKind::Rejected,
            format!("header name {name:?} holds a NUL: leave it out"),
        );
    }
    // librdkafka takes 0 for "now" and would put the time of the call in its place; brokers refuse negative times.
    if record.timestamp_ms <= 0 {
        let reason = format!(
            "timestamp {} ms cannot be sent: it must lie after 1970-01-01T00:00:00Z",
            record.timestamp_ms
        );
        return refused(ProduceErrorKind::Rejected, reason);
    }
    if framed_size(record) > max_record_bytes {
        return refused(ProduceErrorKind::TooLarge, too_large(record, max_record_bytes));
    }
    None
}

/// What counts against the limit: the record and the most that the format adds to it.
pub(crate) fn framed_size(record: RecordRef<'_>) -> usize {
    record.size() + RECORD_OVERHEAD_BYTES + HEADER_OVERHEAD_BYTES * record.headers.len()
}

/// The text for a record above the client's limit.
pub(crate) fn too_large(record: RecordRef<'_>, max_record_bytes: usize) -> String {
    let size = record.size();
    // The format's overhead can be what breaks the limit; without this word the sentence would look wrong.
    let framing = if size <= max_record_bytes {
        " and the record format's overhead"
    } else {
        ""
    };
    format!(
        "record is {size} bytes{framing}, the limit is {max_record_bytes}: raise `max_record_bytes` here and `max.message.bytes` on \
         topic {}, or publish a reference to the content",
        record.topic
    )
}

/// What is wrong with a topic's name.
///
/// Implements: `org.apache.kafka.common.internals.Topic.validate`.
pub(crate) fn invalid_topic(topic: &str) -> Option<String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let wrong = if topic.is_empty() {
        "is empty".to_owned()
    } else if topic == "." || topic == ".." {
        "means a folder".to_owned()
    } else if topic.len() > MAX_TOPIC_BYTES {
        format!("has {} bytes", topic.len())
    } else {
        let character = topic
            .chars()
            .find(|character| !u8::try_from(*character).is_ok_and(allowed))?;
        format!("holds {character:?}")
    };
    Some(format!(
        "topic name {topic:?} {wrong}: 1 to {MAX_TOPIC_BYTES} of a-z, A-Z, 0-9, '.', '_' and '-' are allowed"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Headers, Record};

    fn record() -> Record {
        Record {
            topic: "orders".to_owned(),
            partition: None,
            key: Some(b"key".to_vec()),
            value: Some(b"value".to_vec()),
            headers: Headers::new(),
            timestamp_ms: 1,
        }
    }

    fn check(change: impl FnOnce(&mut Record), expected: Option<(ProduceErrorKind, &str)>) {
        let mut record = record();
        change(&mut record);
        match (refusal(record.as_ref(), 1000), expected) {
            (None, None) => {}
            (Some(error), Some((kind, text))) => {
                assert_eq!(error.kind(), kind);
                assert!(error.reason().contains(text), "{error}");
            }
            (got, expected) => panic!("{got:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn topic_names_follow_kafkas_rule() {
        let invalid = |text| Some((ProduceErrorKind::InvalidTopic, text));
        for name in ["orders", "a", "A.b_c-9", "...", &"x".repeat(249)] {
            check(|record| record.topic = name.to_owned(), None);
        }
        check(|record| record.topic = String::new(), invalid("is empty"));
        check(|record| record.topic = "..".to_owned(), invalid("means a folder"));
        check(|record| record.topic = "a b".to_owned(), invalid("holds ' '"));
        check(|record| record.topic = "a\0b".to_owned(), invalid("holds '\\0'"));
        check(|record| record.topic = "größe".to_owned(), invalid("holds 'ö'"));
        check(|record| record.topic = "x".repeat(250), invalid("has 250 bytes"));
    }

    #[test]
    fn the_limit_counts_key_value_headers_and_overhead() {
        let too_large = |text| Some((ProduceErrorKind::TooLarge, text));
        check(|record| record.value = Some(vec![0; 1000 - 36 - 3]), None);
        check(
            |record| record.value = Some(vec![0; 1000 - 36 - 2]),
            too_large("record is 965 bytes and the record format's overhead"),
        );
        check(
            |record| record.headers.push("h", vec![0; 2000]),
            too_large("record is 2009 bytes, the limit is 1000: raise `max_record_bytes`"),
        );
    }

    #[test]
    fn what_librdkafka_would_change_silently_is_refused() {
        let rejected = |text| Some((ProduceErrorKind::Rejected, text));
        check(|record| record.headers.push("a\0b", "value"), rejected("holds a NUL"));
        check(|record| record.timestamp_ms = 0, rejected("timestamp 0 ms"));
        check(|record| record.timestamp_ms = -1, rejected("timestamp -1 ms"));
        check(
            |record| record.partition = Some(-1),
            Some((ProduceErrorKind::UnknownTopic, "partition -1")),
        );
        check(|record| record.partition = Some(0), None);
    }
}
