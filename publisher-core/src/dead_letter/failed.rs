//! [`FailedRecord`]: a record that will not be delivered, with all that is known of its end.
//!
//! Borrowed facts only; what a letter makes of them is said in its formats.

use crate::error::Persistence;
use crate::record::{Record, SchemaId};

/// A record that will not be delivered, with why and with what a letter says of it.
#[derive(Clone, Copy, Debug)]
pub struct FailedRecord<'a> {
    /// The record as it was to be sent.
    pub record: &'a Record,
    /// The stable name of the error, for programs.
    pub error_code: &'a str,
    /// The error, for people; never with a value in it. More than 2,000 bytes are cut.
    pub error: &'a str,
    /// Whether the record can be in the log all the same.
    pub persistence: Persistence,
    /// How often it was handed to the producer.
    pub attempts: u32,
    /// The partition that it was on its way to, if that is known.
    pub partition: Option<i32>,
    /// The id of the schema of its value.
    pub schema_id: Option<SchemaId>,
    /// The id of the schema of its key, where that is Avro.
    pub key_schema_id: Option<SchemaId>,
    /// Its `event_id`.
    pub event_id: Option<&'a str>,
    /// The full name of its type.
    pub event_type: Option<&'a str>,
    /// When it was accepted, in milliseconds since 1970-01-01T00:00:00Z.
    pub accepted_ms: i64,
    /// When it failed, in milliseconds since 1970-01-01T00:00:00Z.
    pub failed_ms: i64,
    /// The earlier event of its key that failed, where nothing else is wrong with this one.
    pub held: Option<HeldBehind<'a>>,
}

/// The event because of which a later one of its key was not sent, so that the order of the key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldBehind<'a> {
    /// The `event_id` of the event that failed.
    pub event_id: Option<&'a str>,
    /// The place behind it, counted from 1.
    pub position: u64,
    /// Why that one failed; never with a value in it. More than 2,000 bytes are cut.
    pub reason: &'a str,
}
