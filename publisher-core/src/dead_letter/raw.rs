//! The raw letter: the event as it was, with headers that tell why it was not delivered.
//!
//! The headers of the event come first, then `dlq_format`, then those of the letter: whatever names an event's own headers
//! have, they come back. Letters of Spring and Kafka Connect have no such mark and are told by their names.

use serde::Serialize;

use super::envelope::{HeldText, cut, held, letter_time, persistence, persistence_name};
use super::fields::Fields;
use super::letter::DeadLetter;
use super::names::{ENVELOPE, FORMAT, RAW, connect, publisher, spring};
use super::{DeadLetterHeaders, DeadLetters, FailedRecord, LeftOut, UnreadableLetter};
use crate::producer::framed_size;
use crate::record::{Headers, Record, SchemaId};

/// What stands for an offset and a partition that nobody knows, at Spring as at Kafka Connect.
const UNKNOWN: i32 = -1;

/// The letter as a record for its topic.
pub(super) fn letter(settings: &DeadLetters, family: DeadLetterHeaders, failed: &FailedRecord<'_>) -> Record {
    let mut left_out = LeftOut::by_settings(settings, failed);
    left_out.unsendable_headers(&failed.record.headers);
    loop {
        let letter = record(settings, family, failed, &left_out);
        if framed_size(letter.as_ref()) <= settings.max_bytes || !left_out.largest(failed, settings.max_bytes) {
            return letter;
        }
    }
}

fn record(settings: &DeadLetters, family: DeadLetterHeaders, failed: &FailedRecord<'_>, left_out: &LeftOut) -> Record {
    let original = failed.record;
    let mut headers = match left_out.headers {
        None => original.headers.clone(),
        Some(_) => Headers::new(),
    };
    headers.push(FORMAT, RAW);
    let partition = original.partition.or(failed.partition);
    match family {
        DeadLetterHeaders::Publisher => {
            headers.push(publisher::TOPIC, original.topic.as_str());
            headers.push(publisher::ERROR, cut(failed.error));
            headers.push(publisher::ERROR_CODE, failed.error_code);
        }
        DeadLetterHeaders::Spring => {
            headers.push(spring::TOPIC, original.topic.as_str());
            headers.push(spring::PARTITION, partition.unwrap_or(UNKNOWN).to_be_bytes());
            headers.push(spring::OFFSET, i64::from(UNKNOWN).to_be_bytes());
            headers.push(spring::TIMESTAMP, original.timestamp_ms.to_be_bytes());
            headers.push(spring::TIMESTAMP_TYPE, "CreateTime");
            headers.push(spring::EXCEPTION, failed.error_code);
            headers.push(spring::MESSAGE, cut(failed.error));
        }
        DeadLetterHeaders::Connect => {
            headers.push(connect::TOPIC, original.topic.as_str());
            headers.push(connect::PARTITION, partition.unwrap_or(UNKNOWN).to_string());
            headers.push(connect::OFFSET, UNKNOWN.to_string());
            headers.push(connect::STAGE, "KAFKA_PRODUCE");
            headers.push(connect::EXCEPTION, failed.error_code);
            headers.push(connect::MESSAGE, cut(failed.error));
        }
    }
    push_rest(&mut headers, failed, left_out);
    Record {
        topic: settings.topic(&original.topic),
        partition: None,
        key: original.key.clone().filter(|_| left_out.key.is_none()),
        value: original.value.clone().filter(|_| left_out.value.is_none()),
        headers,
        timestamp_ms: letter_time(failed),
    }
}

/// What no other family has a name for, and the time, which Kafka Connect has none for.
fn push_rest(headers: &mut Headers, failed: &FailedRecord<'_>, left_out: &LeftOut) {
    let partition = failed.record.partition.or(failed.partition);
    let mut push = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            headers.push(name, value);
        }
    };
    push(publisher::TIMESTAMP, Some(failed.record.timestamp_ms.to_string()));
    push(publisher::PARTITION, partition.map(|partition| partition.to_string()));
    push(
        publisher::FIXED_PARTITION,
        failed.record.partition.map(|_| true.to_string()),
    );
    push(
        publisher::PERSISTENCE,
        Some(persistence_name(failed.persistence).to_owned()),
    );
    push(publisher::ATTEMPTS, Some(failed.attempts.to_string()));
    push(publisher::SCHEMA_ID, failed.schema_id.map(|id| id.to_string()));
    push(publisher::KEY_SCHEMA_ID, failed.key_schema_id.map(|id| id.to_string()));
    push(publisher::EVENT_ID, failed.event_id.map(str::to_owned));
    push(publisher::EVENT_TYPE, failed.event_type.map(str::to_owned));
    push(publisher::ACCEPTED, Some(failed.accepted_ms.to_string()));
    push(publisher::FAILED, Some(failed.failed_ms.to_string()));
    push(publisher::HELD, HeldText::of(failed).map(|held| json(&held)));
    push(publisher::LEFT_OUT, (!left_out.is_empty()).then(|| json(left_out)));
}

fn json(value: &impl Serialize) -> String {
    // Only a map with keys that are no text could fail.
    serde_json::to_string(value).unwrap_or_default()
}

/// Whether the headers are those of a raw letter.
///
/// # Errors
/// [`UnreadableLetter::Format`]: a form that nobody here knows.
pub(super) fn is_raw(headers: &Headers) -> Result<bool, UnreadableLetter> {
    match headers.last(FORMAT) {
        Some(format) if format == ENVELOPE.as_bytes() => Ok(false),
        Some(format) if format == RAW.as_bytes() => Ok(true),
        Some(_) => Err(UnreadableLetter::Format),
        None => Ok(headers
            .iter()
            .any(|(name, _)| name == spring::TOPIC || name == connect::TOPIC)),
    }
}

/// Reads a raw letter.
///
/// # Errors
/// [`UnreadableLetter`] names the header.
pub(super) fn read(record: &Record) -> Result<DeadLetter, UnreadableLetter> {
    let (own, told) = divided(&record.headers);
    let told = Told(&told);
    let left_out = match told.object(publisher::LEFT_OUT)? {
        None => LeftOut::default(),
        Some(parts) => parts.missing_parts()?,
    };
    let topic = told.first_text(&[publisher::TOPIC, spring::TOPIC, connect::TOPIC])?;
    let partition = match told.number(publisher::PARTITION)? {
        None => told.foreign_partition()?,
        partition => partition,
    };
    let fixed = told.text(publisher::FIXED_PARTITION)? == Some("true");
    let timestamp_ms = match told.number(publisher::TIMESTAMP)? {
        None => told.big_endian(spring::TIMESTAMP)?.map(i64::from_be_bytes),
        timestamp => timestamp,
    };
    let original = Record {
        topic: topic.ok_or(UnreadableLetter::NoTopic)?.to_owned(),
        partition: partition.filter(|_| fixed),
        key: record.key.clone().filter(|_| left_out.key.is_none()),
        value: record.value.clone().filter(|_| left_out.value.is_none()),
        headers: own,
        // Kafka Connect's letters keep the time of their record.
        timestamp_ms: timestamp_ms.unwrap_or(record.timestamp_ms),
    };
    let mut letter = DeadLetter::of(original, left_out);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    letter.error = owned(told.first_text(&[publisher::ERROR, spring::MESSAGE, connect::MESSAGE])?).unwrap_or_default();
    let code = told.first_text(&[publisher::ERROR_CODE, spring::EXCEPTION, connect::EXCEPTION])?;
    letter.error_code = owned(code).unwrap_or_default();
    letter.persistence = match told.text(publisher::PERSISTENCE)? {
        None => None,
        Some(name) => Some(persistence(name).ok_or_else(|| wrong(publisher::PERSISTENCE, "names none that is known"))?),
    };
    letter.attempts = told.number(publisher::ATTEMPTS)?;
    letter.partition = partition;
    letter.schema_id = told.number(publisher::SCHEMA_ID)?.map(SchemaId);
    letter.key_schema_id = told.number(publisher::KEY_SCHEMA_ID)?.map(SchemaId);
    letter.event_id = owned(told.text(publisher::EVENT_ID)?);
    letter.event_type = owned(told.text(publisher::EVENT_TYPE)?);
    letter.accepted_ms = told.number(publisher::ACCEPTED)?;
    letter.failed_ms = told.number(publisher::FAILED)?;
    letter.held = held(told.object(publisher::HELD)?)?;
    Ok(letter)
}

/// The headers of the event, and those that tell of its failure.
///
/// A program on the way may add its own behind them; those are counted among the event's.
fn divided(headers: &Headers) -> (Headers, Headers) {
    let mark = headers
        .iter()
        .enumerate()
        .filter(|(_, (name, _))| *name == FORMAT)
        .last();
    let mark = mark.map(|(index, _)| index);
    let (mut own, mut told) = (Headers::new(), Headers::new());
    for (index, (name, value)) in headers.iter().enumerate() {
        let of_letter = mark.is_none_or(|mark| index >= mark)
            && [publisher::PREFIX, spring::PREFIX, connect::PREFIX]
                .iter()
                .any(|prefix| name.starts_with(prefix));
        let list = if of_letter { &mut told } else { &mut own };
        match value {
            Some(value) => list.push(name, value),
            None => list.push_null(name),
        }
    }
    (own, told)
}

fn wrong(name: &str, reason: &'static str) -> UnreadableLetter {
    UnreadableLetter::Field {
        name: name.to_owned(),
        reason,
    }
}

/// The headers that tell of a failure, each asked for as what it should be.
struct Told<'a>(&'a Headers);

impl<'a> Told<'a> {
    fn text(&self, name: &str) -> Result<Option<&'a str>, UnreadableLetter> {
        match self.0.last(name).map(std::str::from_utf8) {
            None => Ok(None),
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(_)) => Err(wrong(name, "is no UTF-8")),
        }
    }

    fn first_text(&self, names: &[&str]) -> Result<Option<&'a str>, UnreadableLetter> {
        for name in names {
            if let Some(text) = self.text(name)? {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    fn number<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, UnreadableLetter> {
        match self.text(name)?.map(str::parse) {
            None => Ok(None),
            Some(Ok(number)) => Ok(Some(number)),
            Some(Err(_)) => Err(wrong(name, "is no whole number of its range")),
        }
    }

    fn big_endian<const N: usize>(&self, name: &str) -> Result<Option<[u8; N]>, UnreadableLetter> {
        match self.0.last(name).map(<[u8; N]>::try_from) {
            None => Ok(None),
            Some(Ok(bytes)) => Ok(Some(bytes)),
            Some(Err(_)) => Err(wrong(name, "has not the bytes of a number")),
        }
    }

    fn object(&self, name: &str) -> Result<Option<Fields>, UnreadableLetter> {
        match self.0.last(name) {
            None => Ok(None),
            Some(json) => match Fields::parse(json) {
                Ok(fields) => Ok(Some(fields.named(name))),
                Err(_) => Err(wrong(name, "is no JSON object")),
            },
        }
    }

    /// Of Spring or of Kafka Connect; below zero it is unknown.
    fn foreign_partition(&self) -> Result<Option<i32>, UnreadableLetter> {
        let spring = self.big_endian(spring::PARTITION)?.map(i32::from_be_bytes);
        let partition = match spring {
            None => self.number(connect::PARTITION)?,
            partition => partition,
        };
        Ok(partition.filter(|partition| *partition >= 0))
    }
}
