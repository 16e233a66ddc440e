//! [`DeadLetter`]: a letter that was read back, whichever form it has.
//!
//! Holds what a reader asks for; the forms are in `envelope` and `raw`.

use super::{LeftOut, UnreadableLetter, envelope, raw};
use crate::error::Persistence;
use crate::record::{Record, SchemaId};

/// A dead letter as it was read: the event, as far as it is there, and why it was not delivered.
///
/// `Debug` shows no key and no value: both may hold personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeadLetter {
    /// The event as it was to be sent, ready to be sent again if [`is_whole`](Self::is_whole). A part that is left out is
    /// as if there were none. The time is 0 if the letter does not say it.
    pub original: Record,
    /// The parts that the letter does not hold.
    pub left_out: LeftOut,
    /// Why it was not delivered, for people.
    pub error: String,
    /// The stable name of the error; of a letter of Spring or Kafka Connect the class of the exception. Empty if the letter
    /// does not say it.
    pub error_code: String,
    /// Whether the event can be in the log all the same; `None` if the letter does not say it.
    pub persistence: Option<Persistence>,
    /// How often it was handed to the producer.
    pub attempts: Option<u32>,
    /// The partition that it was on its way to.
    pub partition: Option<i32>,
    /// The id of the schema of its value.
    pub schema_id: Option<SchemaId>,
    /// The id of the schema of its key.
    pub key_schema_id: Option<SchemaId>,
    /// Its `event_id`.
    pub event_id: Option<String>,
    /// The full name of its type.
    pub event_type: Option<String>,
    /// When it was accepted, in milliseconds since 1970-01-01T00:00:00Z.
    pub accepted_ms: Option<i64>,
    /// When it failed, in milliseconds since 1970-01-01T00:00:00Z.
    pub failed_ms: Option<i64>,
    /// The earlier event of its key that failed, where nothing else was wrong with this one.
    pub held: Option<Held>,
}

/// The event because of which a later one of its key was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Held {
    /// The `event_id` of the event that failed.
    pub behind_event_id: Option<String>,
    /// The place behind it, counted from 1.
    pub position: u64,
    /// Why that one failed.
    pub reason: String,
}

impl DeadLetter {
    /// Reads a letter as it lies in its topic: an envelope, or a raw record with our headers, Spring's or Kafka Connect's.
    /// Letters that those wrote themselves are read too, and so is a bare envelope of another program that has at least
    /// `original_topic`.
    ///
    /// # Errors
    /// [`UnreadableLetter`], which says what is wrong and never shows a value.
    pub fn from_record(record: &Record) -> Result<Self, UnreadableLetter> {
        if raw::is_raw(&record.headers)? {
            return raw::read(record).map(Self::completed);
        }
        let value = record.value.as_deref().ok_or(UnreadableLetter::NoLetter)?;
        Self::from_line(value)
    }

    /// Reads a letter of a file, without its line break.
    ///
    /// # Errors
    /// As [`from_record`](Self::from_record).
    pub fn from_line(line: &[u8]) -> Result<Self, UnreadableLetter> {
        envelope::read(line).map(Self::completed)
    }

    /// Whether the letter holds the whole event, so that it can be sent again.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.left_out.is_empty()
    }

    /// What the letter does not say of the event, the event's own headers may.
    fn completed(mut self) -> Self {
        let header = |name| self.original.headers.text(name).map(str::to_owned);
        self.event_id = self.event_id.take().or_else(|| header("event_id"));
        self.event_type = self.event_type.take().or_else(|| header("event_type"));
        self
    }

    /// A letter that says nothing but this.
    pub(super) fn of(original: Record, left_out: LeftOut) -> Self {
        Self {
            original,
            left_out,
            error: String::new(),
            error_code: String::new(),
            persistence: None,
            attempts: None,
            partition: None,
            schema_id: None,
            key_schema_id: None,
            event_id: None,
            event_type: None,
            accepted_ms: None,
            failed_ms: None,
            held: None,
        }
    }
}
