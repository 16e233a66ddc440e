//! Events that say which one they are: [`Counted`], made by [`Calls`], and how to find them again in records and logs.

use std::collections::HashMap;
use std::time::Duration;

use publisher_core::testing::{ConsumedRecord, read_topic};
use publisher_core::{Event, Record, wire};
use serde::Deserialize;

use crate::checker::{Copied, Place};

/// The topic that [`Counted`] names; publishers rename it to one of their own.
pub const TOPIC: &str = "counted";

/// How long reading a topic back may take.
const READ_DEADLINE: Duration = Duration::from_secs(60);

/// The n-th event of its key.
#[derive(Event, Clone, Debug, Deserialize)]
#[event(topic = "counted", namespace = "com.acme.faults", encoding = json)]
pub struct Counted {
    /// The entity.
    #[event(key)]
    pub key: String,
    /// Counted from 0 for each key.
    pub sequence: u64,
    /// Nothing but bytes.
    pub padding: String,
}

/// One call: the event and the id that all its copies carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The entity.
    pub key: String,
    /// Counted from 0 for each key.
    pub sequence: u64,
    /// Of the event; `None` if the publisher chooses it.
    pub event_id: Option<String>,
}

impl Call {
    /// The event, with so many bytes of padding.
    #[must_use]
    pub fn event(&self, padding: usize) -> Counted {
        Counted {
            key: self.key.clone(),
            sequence: self.sequence,
            padding: "x".repeat(padding),
        }
    }
}

/// Numbers the calls of each key.
#[derive(Default)]
pub struct Calls(HashMap<String, u64>);

impl Calls {
    /// The next call of a key, which leaves the id to the publisher.
    pub fn next(&mut self, key: &str) -> Call {
        let sequence = self.0.entry(key.to_owned()).or_default();
        let call = Call {
            key: key.to_owned(),
            sequence: *sequence,
            event_id: None,
        };
        *sequence += 1;
        call
    }
}

/// Which event a record holds.
#[must_use]
pub fn identity(record: &Record) -> (String, u64) {
    let event = read(record.value.as_deref().unwrap());
    (event.key, event.sequence)
}

/// All events of a topic, straight from the brokers.
#[must_use]
pub fn read_back(bootstrap_servers: &str, topic: &str) -> Vec<Copied> {
    let records = read_topic(bootstrap_servers, topic, READ_DEADLINE).unwrap();
    records.iter().map(copied).collect()
}

fn copied(record: &ConsumedRecord) -> Copied {
    let event = read(record.value.as_deref().unwrap());
    Copied {
        key: event.key,
        sequence: event.sequence,
        event_id: record.headers.text("event_id").unwrap_or_default().to_owned(),
        place: Place {
            partition: record.partition,
            offset: record.offset.0,
        },
    }
}

fn read(value: &[u8]) -> Counted {
    serde_json::from_slice(wire::read(value).unwrap().1).unwrap()
}
