//! What a process of its own does, and what it tells of it; both cross to it and back as one line of JSON.

use anyhow::Result;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::cluster::Cluster;
use super::{contender, hand_over, resume};

/// Who publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

    /// Whether it is slow enough for a quarter of the events.
    #[must_use]
    pub const fn is_slow(self) -> bool {
        matches!(self, Self::Converter | Self::PythonTyped)
    }
}

/// Which of the two events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// About 150 bytes, flat.
    Flat,
    /// About 600 bytes, with 16 records in an array.
    Nested,
}

impl Size {
    /// The event's full name.
    #[must_use]
    pub const fn event_name(self) -> &'static str {
        match self {
            Self::Flat => "com.acme.shop.OrderPlaced",
            Self::Nested => "com.acme.shop.OrderConfirmed",
        }
    }
}

/// Which headers each record has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderSet {
    /// No header.
    None,
    /// `event_type`, `event_id`, `source`.
    Three,
    /// All that a publisher with a source writes by default: those three, `version` and `content-type`.
    Default,
}

impl HeaderSet {
    /// How many headers a record has.
    #[must_use]
    pub const fn count(self) -> usize {
        match self {
            Self::None => 0,
            Self::Three => 3,
            Self::Default => 5,
        }
    }
}

/// Many events, one after the other, as fast as it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// How many events go before the timed ones: connections, producer id, topic, threads and buffers are warm then.
    #[must_use]
    pub const fn warm_up(&self) -> usize {
        self.messages / 10 + 1_000
    }
}

/// Where cluster and registry are, and how they are to be used.
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

impl Place {
    /// The id of the schema of this event.
    #[must_use]
    pub const fn schema_id(&self, size: Size) -> u32 {
        match size {
            Size::Flat => self.flat_id,
            Size::Nested => self.nested_id,
        }
    }
}

/// What one run took.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Taken {
    /// Seconds from the first timed call to the last report.
    pub wall_s: f64,
    /// Seconds of user and system time of the whole process meanwhile.
    pub cpu_s: f64,
    /// Calls for memory of all threads meanwhile, by Rust's allocator; 0 for a program that has another one.
    #[serde(default)]
    pub allocations: u64,
}

/// Times of one kind, in microseconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Quantiles {
    pub p50: f64,
    pub p99: f64,
    pub most: f64,
}

impl Quantiles {
    /// Of at least one time.
    #[must_use]
    pub fn of(mut micros: Vec<f64>) -> Self {
        micros.sort_by(f64::total_cmp);
        let at = |share: f64| {
            // The first that so many are not above.
            let index = (micros.len() as f64 * share).ceil() as usize;
            micros.get(index.saturating_sub(1)).copied().unwrap_or(f64::NAN)
        };
        Self {
            p50: at(0.5),
            p99: at(0.99),
            most: at(1.0),
        }
    }
}

/// What a process of its own does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    /// Publishes events; gives [`Taken`].
    Deliver {
        /// What.
        run: Run,
        /// Where.
        place: Place,
    },
    /// The same in a cluster within the process, whose processor time counts as well; gives [`Taken`].
    DeliverWithin {
        /// What.
        run: Run,
        /// librdkafka's `compression.type`.
        compression: String,
    },
    /// Times the way from the call to librdkafka; gives [`Quantiles`].
    HandOver {
        /// [`Contender::Raw`] or [`Contender::Await`].
        contender: Contender,
        /// Where.
        place: Place,
        /// How many events, a thousand a second.
        events: usize,
    },
    /// Times the way from the report that gives a place back to the call that waits for one; gives [`Quantiles`].
    Resume {
        /// How often.
        times: usize,
    },
}

impl Job {
    /// Does it in this process.
    ///
    /// # Errors
    /// The contender's, the cluster's, or what is not as it has to be.
    pub fn carry_out(&self) -> Result<Value> {
        Ok(match self {
            Self::Deliver { run, place } => json!(contender::deliver(place, run)?),
            Self::DeliverWithin { run, compression } => {
                let cluster = Cluster::embedded(compression)?;
                let before = cluster.ends()?;
                let taken = contender::deliver(&cluster.place, run)?;
                cluster.verify(run, &before)?;
                json!(taken)
            }
            Self::HandOver {
                contender,
                place,
                events,
            } => json!(hand_over::measure(*contender, place, *events)?),
            Self::Resume { times } => json!(resume::measure(*times)?),
        })
    }
}

/// What a process told in its last line.
///
/// # Errors
/// That it is something else.
pub(super) fn told<T: DeserializeOwned>(output: &str) -> Result<T> {
    Ok(serde_json::from_str(output.lines().last().unwrap_or_default())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_hundred_may_be_above_the_p99() {
        let Quantiles { p50, p99, most } = Quantiles::of((1..=100).rev().map(f64::from).collect());
        assert_eq!((p50, p99, most), (50.0, 99.0, 100.0));
    }
}
