//! The one thing that a publisher asks of a broker client: [`Producer`], with a Kafka and a memory backend.
//!
//! Knows records and reports; knows nothing of events, schemas or registries. Only `kafka` and `ffi` know rdkafka.

mod description;
#[cfg(feature = "kafka")]
mod ffi;
#[cfg(feature = "kafka")]
mod kafka;
mod memory;
mod refusal;
#[cfg(feature = "sasl")]
mod tokens;
mod transactions;

#[cfg(all(feature = "registry", feature = "sasl"))]
pub use crate::registry::client_credentials::{ClientCredentials, ClientCredentialsBuilder};
pub use description::{DescribeError, DescribeErrorKind, TopicDescription};
#[cfg(feature = "kafka")]
pub use kafka::{KafkaMode, KafkaProducer, KafkaSettings, property_names};
#[cfg(feature = "kafka")]
pub(crate) use kafka::{Scrubber, invalid_address, property_refusal};
pub use memory::{Fault, MemoryBroker, MemoryProducer, Stored, TopicAccess, TransactionStep};
#[cfg(feature = "kafka")]
pub(crate) use refusal::{framed_size, invalid_topic, refusal, refusal_in_topic, too_large};
#[cfg(feature = "sasl")]
pub use tokens::{AccessToken, TokenError, TokenProvider};

use std::panic::{AssertUnwindSafe, catch_unwind};
pub use transactions::{
    ConsumedOffset, ConsumerGroup, Ended, TransactionClass, TransactionFailure, TransactionFailureKind, Transactions,
};

use std::sync::Arc;
use std::time::Duration;

use crate::error::ProduceError;
use crate::record::{Offset, Record, RecordRef};

/// The number under which a publisher knows a record that is on its way; comes back with the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token(pub usize);

/// Where a record came to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The partition, counted from 0.
    pub partition: i32,
    /// The offset, where the broker named it.
    pub offset: Option<Offset>,
    /// The time that the log holds, in milliseconds since 1970-01-01T00:00:00Z.
    pub timestamp_ms: i64,
}

/// What became of one record. The failure is boxed: it is rare, and outcomes are moved about.
pub type Outcome = Result<Placement, Box<Undelivered>>;

/// A record that was not confirmed, given back with the reason.
#[derive(Clone, Debug)]
pub struct Undelivered {
    /// Why.
    pub error: ProduceError,
    /// The record as it was handed over.
    pub record: Record,
}

/// Takes the reports of a producer. Called on the producer's own thread, or within [`Producer::take_reports`]: must return
/// soon and never block.
///
/// A report may send further records; it must not flush. A panic is caught and logged, for it would end the thread of
/// all reports.
pub trait Reports: Send + Sync {
    /// The end of one record's way. Exactly one call for every record that [`Producer::send`] accepted.
    fn report(&self, token: Token, outcome: Outcome);

    /// Several reports at once, in their order; leaves the list empty, with its memory. One after the other, unless the
    /// receiver can do better; a receiver that does sees to it that a panic on one record's behalf does not cost the others
    /// their reports.
    fn report_all(&self, reports: &mut Vec<(Token, Outcome)>) {
        for (token, outcome) in reports.drain(..) {
            report_guarded(self, token, outcome);
        }
    }
}

/// Gives one report; a panic ends it and nothing else.
fn report_guarded<R: Reports + ?Sized>(reports: &R, token: Token, outcome: Outcome) {
    if catch_unwind(AssertUnwindSafe(|| reports.report(token, outcome))).is_ok() {
        return;
    }
    let tell = || {
        tracing::error!(
            token = token.0,
            "a delivery report panicked; the record's fate is lost to its sender"
        );
    };
    // The log's subscriber is a stranger as well, and may be what panicked.
    catch_unwind(tell).ok();
}

/// Why a producer did not take a record over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendError {
    /// The producer's own buffer is full at the moment. Retriable after the next report.
    Full,
    /// The record was refused for good.
    Refused(ProduceError),
}

/// A client of a broker.
///
/// Contract, held by one suite over every backend: records with the same key arrive in the order of the calls of
/// [`send`](Self::send); every accepted record gets exactly one report, those of a key in their order; a refused one gets
/// none.
pub trait Producer: Send + Sync {
    /// Hands a record over; the copy is complete on return, and the caller keeps the record. Does not wait for the broker.
    ///
    /// # Errors
    /// [`SendError::Full`] for the moment, [`SendError::Refused`] for good; neither is followed by a report.
    fn send(&self, record: RecordRef<'_>, token: Token) -> Result<(), SendError>;

    /// Gives those reports that have come, on this thread, and does not wait for others. For a caller that sends many records
    /// in a row and means to call it again within this time, so long the producer may leave further reports to him. Does
    /// nothing unless the producer has them at hand.
    #[allow(unused_variables, reason = "named for those who implement it")]
    fn take_reports(&self, next: Duration) {}

    /// Somebody waits for a report: none is left to the next [`take_reports`](Self::take_reports).
    fn await_reports(&self) {}

    /// Pushes out what lies in the buffer and waits, at most this long, until every report was given.
    /// Blocks the thread; must not be called from a report. Returns how many records still have no report.
    fn flush(&self, deadline: Duration) -> usize;

    /// Gives back what it has not begun to send, because all of it has waited for too long: each such record is reported as
    /// [`TimedOut`](crate::ProduceErrorKind::TimedOut). Does not wait. Does nothing unless the producer can tell such records
    /// apart.
    fn recall(&self) {}

    /// Gives up what has no report yet: each such record is reported as failed (not sent) or unknown (on its way).
    fn purge(&self);

    /// The transactions of this producer; `None` for one that has none.
    fn transactions(&self) -> Option<&dyn Transactions> {
        None
    }

    /// Asks what the broker knows of a topic, for a look before the first record. Makes no topic, sends no record.
    /// Blocks the thread, at most this long; must not be called from a report.
    ///
    /// A producer that does not implement it answers that it cannot say.
    ///
    /// # Errors
    /// [`DescribeError`] by its kind: [`Unreachable`](DescribeErrorKind::Unreachable) is retriable, all others are not. A
    /// topic that does not exist is no error.
    #[allow(unused_variables, reason = "named for those who implement it")]
    fn describe_topic(&self, topic: &str, deadline: Duration) -> Result<TopicDescription, DescribeError> {
        let reason =
            format!("this producer cannot say anything of topic {topic}: leave the topics out of the look ahead");
        Err(DescribeError::new(DescribeErrorKind::Unsupported, reason))
    }
}

/// Makes a producer that reports to `reports`; what a publisher's builder calls, and again where a producer is broken and
/// has to be replaced by a fresh one.
pub type Connect = Arc<dyn Fn(Arc<dyn Reports>) -> Result<Arc<dyn Producer>, crate::error::ConfigError> + Send + Sync>;
