//! One run: who publishes how many of which events how, and what came of it.
//!
//! A run is a process of its own; both halves cross to it and back as JSON.

use serde::{Deserialize, Serialize};

/// Who publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contender {
    /// librdkafka's C functions, bytes ready.
    Raw,
    /// Ours: typed batches of 1,000.
    Batch,
    /// Ours: a typed `publish().await` for each event.
    Await,
    /// rdkafka's `FutureProducer`, bytes ready.
    Future,
    /// schema_registry_converter's encoder and `FutureProducer`.
    Converter,
    /// confluent-kafka-python's serializer and producer.
    PythonTyped,
    /// confluent-kafka-python's producer, bytes ready.
    PythonReady,
}

impl Contender {
    /// Whether it is a Python program.
    #[must_use]
    pub const fn is_python(self) -> bool {
        matches!(self, Self::PythonTyped | Self::PythonReady)
    }
}

/// Which of the two events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// About 150 bytes, flat.
    Flat,
    /// About 600 bytes, with 16 records in an array.
    Nested,
}

/// Which headers each record has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderSet {
    /// None.
    None,
    /// `event_type`, `event_id`, `source`.
    Three,
    /// All that a publisher with a source writes by default.
    Default,
}

impl HeaderSet {
    /// How many headers a record has.
    #[must_use]
    pub const fn len(self) -> usize {
        match self {
            Self::None => 0,
            Self::Three => 3,
            Self::Default => 5,
        }
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Run {
    /// Who publishes.
    pub contender: Contender,
    /// Which event.
    pub size: Size,
    /// Which headers.
    pub headers: HeaderSet,
    /// How long a record may wait for others.
    pub linger_ms: u32,
    /// How many records are on their way at most.
    pub in_flight: usize,
    /// How many events are timed.
    pub messages: usize,
}

impl Run {
    /// How many events go before the timed ones: connections, topics, threads and buffers are warm then.
    #[must_use]
    pub const fn warm_up(&self) -> usize {
        self.messages / 10 + 1_000
    }
}

/// Where a run finds what it needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    /// The brokers.
    pub bootstrap_servers: String,
    /// The registry's address.
    pub registry: String,
    /// The id of the flat event's schema.
    pub flat_id: u32,
    /// The id of the nested event's schema.
    pub nested_id: u32,
    /// librdkafka's `compression.type`.
    pub compression: String,
}

/// What one run took.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Taken {
    /// Seconds from the first timed call to the last report.
    pub wall_s: f64,
    /// Seconds of user and system time of the process in that time.
    pub cpu_s: f64,
    /// Calls for memory of all threads in that time, by Rust's allocator; 0 for a program that has another one.
    #[serde(default)]
    pub allocations: u64,
}
