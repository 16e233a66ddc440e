//! The envelope: a JSON object that holds an event and tells why it was not delivered; in a record or as a line of a file.
//!
//! Knows the members and their texts, both ways; what may be left out is decided in `left_out`.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Serialize;

use super::fields::Fields;
use super::letter::{DeadLetter, Held};
use super::{DeadLetters, FailedRecord, LeftOut, UnreadableLetter, names};
use crate::error::Persistence;
use crate::producer::framed_size;
use crate::record::{Headers, Record, SchemaId};

/// The version of the envelope, which changes when a member changes its meaning.
const VERSION: u32 = 1;
/// More of an error's text is no help and would make the bound of a letter a matter of luck.
const MAX_ERROR_BYTES: usize = 2_000;
const UTF8_NAME: &str = "utf-8";
const BASE64_NAME: &str = "base64";

/// The members in their order.
#[derive(Serialize)]
struct Envelope<'a> {
    version: u32,
    original_topic: &'a str,
    original_key: Option<Cow<'a, str>>,
    original_key_encoding: Option<&'static str>,
    original_value: Option<String>,
    original_value_encoding: Option<&'static str>,
    original_headers: Option<Vec<EnvelopeHeader<'a>>>,
    original_timestamp_ms: i64,
    error: &'a str,
    error_code: &'a str,
    persistence: &'static str,
    attempts: u32,
    partition: Option<i32>,
    fixed_partition: bool,
    schema_id: Option<u32>,
    key_schema_id: Option<u32>,
    event_id: Option<&'a str>,
    event_type: Option<&'a str>,
    accepted_ms: i64,
    failed_ms: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<HeldText<'a>>,
    #[serde(skip_serializing_if = "LeftOut::is_empty")]
    left_out: &'a LeftOut,
}

#[derive(Serialize)]
struct EnvelopeHeader<'a> {
    name: &'a str,
    value: Option<Cow<'a, str>>,
    /// Absent from text and from a header without a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
}

/// The event that this one is held behind.
#[derive(Serialize)]
pub(super) struct HeldText<'a> {
    behind_event_id: Option<&'a str>,
    position: u64,
    reason: &'a str,
}

impl<'a> HeldText<'a> {
    pub(super) fn of(failed: &FailedRecord<'a>) -> Option<Self> {
        let held = failed.held?;
        Some(Self {
            behind_event_id: held.event_id,
            position: held.position,
            reason: cut(held.reason),
        })
    }
}

/// The letter as a record for its topic.
pub(super) fn letter(settings: &DeadLetters, failed: &FailedRecord<'_>) -> Record {
    let mut left_out = LeftOut::by_settings(settings, failed);
    // What cannot fit need not be written to see it.
    let value = failed.record.value.as_ref().filter(|_| left_out.value.is_none());
    let mut fits = value.is_none_or(|value| value.len().div_ceil(3) * 4 <= settings.max_bytes);
    loop {
        if fits {
            let letter = record(settings, failed, &left_out);
            if framed_size(letter.as_ref()) <= settings.max_bytes {
                return letter;
            }
        }
        fits = true;
        if !left_out.largest(failed, settings.max_bytes) {
            // Nothing is left to leave out: who sends it is told that it is too large.
            return record(settings, failed, &left_out);
        }
    }
}

/// The letter as a line.
pub(super) fn line(settings: &DeadLetters, failed: &FailedRecord<'_>) -> String {
    text(failed, &LeftOut::by_settings(settings, failed))
}

fn record(settings: &DeadLetters, failed: &FailedRecord<'_>, left_out: &LeftOut) -> Record {
    let mut headers = Headers::new();
    if let Some(event_id) = failed.event_id {
        headers.push("event_id", event_id);
    }
    if let Some(event_type) = failed.event_type {
        headers.push("event_type", event_type);
    }
    headers.push("content-type", "application/json");
    headers.push(names::FORMAT, names::ENVELOPE);
    Record {
        topic: settings.topic(&failed.record.topic),
        partition: None,
        key: failed.record.key.clone().filter(|_| left_out.key.is_none()),
        value: Some(text(failed, left_out).into_bytes()),
        headers,
        timestamp_ms: letter_time(failed),
    }
}

/// The time of a letter. No client sends a time before 1970.
pub(super) fn letter_time(failed: &FailedRecord<'_>) -> i64 {
    failed.failed_ms.max(1)
}

fn text(failed: &FailedRecord<'_>, left_out: &LeftOut) -> String {
    let record = failed.record;
    let key = record.key.as_deref().filter(|_| left_out.key.is_none()).map(encoded);
    let value = record.value.as_deref().filter(|_| left_out.value.is_none());
    let envelope = Envelope {
        version: VERSION,
        original_topic: &record.topic,
        original_key_encoding: key.as_ref().map(|(_, encoding)| *encoding),
        original_key: key.map(|(text, _)| text),
        original_value: value.map(|value| BASE64.encode(value)),
        original_value_encoding: value.map(|_| BASE64_NAME),
        original_headers: left_out.headers.is_none().then(|| headers(&record.headers)),
        original_timestamp_ms: record.timestamp_ms,
        error: cut(failed.error),
        error_code: failed.error_code,
        persistence: persistence_name(failed.persistence),
        attempts: failed.attempts,
        partition: record.partition.or(failed.partition),
        fixed_partition: record.partition.is_some(),
        schema_id: failed.schema_id.map(|id| id.0),
        key_schema_id: failed.key_schema_id.map(|id| id.0),
        event_id: failed.event_id,
        event_type: failed.event_type,
        accepted_ms: failed.accepted_ms,
        failed_ms: failed.failed_ms,
        held: HeldText::of(failed),
        left_out,
    };
    // Only a map with keys that are no text could fail.
    serde_json::to_string(&envelope).unwrap_or_default()
}

fn headers(headers: &Headers) -> Vec<EnvelopeHeader<'_>> {
    let header = |(name, value): (_, Option<_>)| {
        let value = value.map(encoded);
        EnvelopeHeader {
            name,
            encoding: value
                .as_ref()
                .map(|(_, encoding)| *encoding)
                .filter(|name| *name != UTF8_NAME),
            value: value.map(|(text, _)| text),
        }
    };
    headers.iter().map(header).collect()
}

/// Bytes as text, and which text it is.
fn encoded(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), UTF8_NAME),
        Err(_) => (Cow::Owned(BASE64.encode(bytes)), BASE64_NAME),
    }
}

/// The beginning of a text that is too long, to a whole character.
pub(super) fn cut(text: &str) -> &str {
    let mut end = text.len().min(MAX_ERROR_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

pub(super) fn persistence_name(persistence: Persistence) -> &'static str {
    match persistence {
        Persistence::NotPersisted => "not_persisted",
        Persistence::PossiblyPersisted => "possibly_persisted",
    }
}

pub(super) fn persistence(name: &str) -> Option<Persistence> {
    let all = [Persistence::NotPersisted, Persistence::PossiblyPersisted];
    all.into_iter()
        .find(|persistence| persistence_name(*persistence) == name)
}

/// Reads an envelope. Members that nobody here knows are passed over; of ours only `original_topic` must be there, so
/// that letters of other programs are read as far as they go.
///
/// # Errors
/// [`UnreadableLetter`] names the member.
pub(super) fn read(json: &[u8]) -> Result<DeadLetter, UnreadableLetter> {
    let object = Fields::parse(json)?;
    if let Some(version) = object.number::<u32>("version")?.filter(|version| *version != VERSION) {
        return Err(UnreadableLetter::Version { found: version });
    }
    let topic = object.text("original_topic")?.ok_or(UnreadableLetter::NoTopic)?;
    let left_out = object.left_out("left_out")?;
    let partition = object.number("partition")?;
    let fixed = object.flag("fixed_partition")?.unwrap_or_default();
    let original = Record {
        topic: topic.to_owned(),
        partition: partition.filter(|_| fixed),
        key: object
            .bytes("original_key", "original_key_encoding")?
            .filter(|_| left_out.key.is_none()),
        value: object
            .bytes("original_value", "original_value_encoding")?
            .filter(|_| left_out.value.is_none()),
        headers: read_headers(&object)?,
        timestamp_ms: object.number("original_timestamp_ms")?.unwrap_or_default(),
    };
    let mut letter = DeadLetter::of(original, left_out);
    letter.error = object.text("error")?.unwrap_or_default().to_owned();
    letter.error_code = object.text("error_code")?.unwrap_or_default().to_owned();
    letter.persistence = match object.text("persistence")? {
        None => None,
        Some(name) => Some(persistence(name).ok_or_else(|| object.wrong("persistence", "names none that is known"))?),
    };
    letter.attempts = object.number("attempts")?;
    letter.partition = partition;
    letter.schema_id = object.number("schema_id")?.map(SchemaId);
    letter.key_schema_id = object.number("key_schema_id")?.map(SchemaId);
    letter.event_id = object.text("event_id")?.map(str::to_owned);
    letter.event_type = object.text("event_type")?.map(str::to_owned);
    letter.accepted_ms = object.number("accepted_ms")?;
    letter.failed_ms = object.number("failed_ms")?;
    letter.held = held(object.object("held")?)?;
    Ok(letter)
}

pub(super) fn held(object: Option<Fields>) -> Result<Option<Held>, UnreadableLetter> {
    let Some(object) = object else { return Ok(None) };
    Ok(Some(Held {
        behind_event_id: object.text("behind_event_id")?.map(str::to_owned),
        position: object.number("position")?.unwrap_or_default(),
        reason: object.text("reason")?.unwrap_or_default().to_owned(),
    }))
}

fn read_headers(object: &Fields) -> Result<Headers, UnreadableLetter> {
    let mut headers = Headers::new();
    for header in object.objects("original_headers")? {
        let name = header.text("name")?.ok_or_else(|| header.wrong("name", "is missing"))?;
        match header.bytes("value", "encoding")? {
            Some(value) => headers.push(name, value),
            None => headers.push_null(name),
        }
    }
    Ok(headers)
}
