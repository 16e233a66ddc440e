//! The circuit breaker of a publisher: [`CircuitBreaker`], [`Circuit`] and what changes it.
//!
//! Types and settings only; the state machine is `breaker`, and who feeds it and asks the cluster is the dispatcher's
//! business.

#[cfg(feature = "kafka")]
pub(crate) mod breaker;

use std::fmt;
#[cfg(feature = "kafka")]
use std::sync::Arc;
use std::time::Duration;

use crate::record::Timestamp;

/// Whether a publisher takes calls, as far as its cluster is concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Circuit {
    /// Calls go on their way.
    #[default]
    Closed,
    /// Calls fail at once.
    Open {
        /// When it opened.
        since: Timestamp,
        /// Why it opened.
        why: CircuitCause,
    },
    /// The cluster is being asked whether it is back. Calls still fail at once.
    HalfOpen {
        /// When it opened.
        since: Timestamp,
        /// Why it opened.
        why: CircuitCause,
    },
}

impl Circuit {
    /// Whether calls go on their way.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Closed)
    }
}

impl fmt::Display for Circuit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("closed"),
            Self::Open { since, why } => write!(f, "open since {since}: {why}"),
            Self::HalfOpen { since, why } => write!(f, "half-open, open since {since}: {why}"),
        }
    }
}

/// Why a circuit opened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CircuitCause {
    /// Records waited, none was confirmed, and no broker answered.
    Unreachable {
        /// How long none had been confirmed.
        silent_for: Duration,
        /// What the client said.
        reason: String,
    },
    /// So many records in a row timed out.
    TimedOut {
        /// How many.
        records: u32,
        /// The last one's error.
        reason: String,
    },
    /// The producer broke.
    Fatal {
        /// The error.
        reason: String,
    },
}

impl fmt::Display for CircuitCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable { silent_for, reason } => {
                write!(
                    f,
                    "no record was confirmed for {} ms, and {reason}",
                    silent_for.as_millis()
                )
            }
            Self::TimedOut { records, reason } => write!(f, "{records} records in a row timed out, the last: {reason}"),
            Self::Fatal { reason } => f.write_str(reason),
        }
    }
}

/// A change of a circuit, as [`CircuitBreaker::on_change`] sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CircuitChange {
    /// What it was.
    pub from: Circuit,
    /// What it is now.
    pub to: Circuit,
    /// When it changed.
    pub at: Timestamp,
}

impl fmt::Display for CircuitChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "circuit is {}", self.to)
    }
}

/// Called at every change.
#[cfg(feature = "kafka")]
pub(crate) type OnChange = Arc<dyn Fn(&CircuitChange) + Send + Sync>;

/// Lets calls fail at once while the cluster is out of order, instead of each waiting for its own time-out; given to
/// [`PublisherBuilder::circuit_breaker`](crate::PublisherBuilder::circuit_breaker).
///
/// It opens when records wait and no broker answers, when many records in a row time out, and at once when the producer
/// breaks; never for what is wrong with a record, a topic or a permission. While it is open, calls end with
/// [`PublishError::CircuitOpen`](crate::PublishError::CircuitOpen), and records that were accepted before stay in the
/// buffer and keep their own deadlines. From time to time the cluster is asked for the metadata of a topic; an answer,
/// or a record that is confirmed meanwhile, closes the circuit. No record of the user's is used as a probe.
///
/// A breaker belongs to one publisher, and so to one cluster.
///
/// # Examples
/// ```
/// use std::time::Duration;
///
/// use publisher_core::{CircuitBreaker, Publisher};
///
/// let builder = Publisher::builder().circuit_breaker(
///     CircuitBreaker::new()
///         .unreachable_for(Duration::from_secs(5))
///         .on_change(|change| eprintln!("{change}")),
/// );
/// # drop(builder);
/// ```
#[cfg(feature = "kafka")]
#[derive(Clone)]
pub struct CircuitBreaker {
    unreachable_for: Duration,
    timeouts: u32,
    probe_every: Duration,
    probe_timeout: Duration,
    on_change: Option<OnChange>,
}

#[cfg(feature = "kafka")]
impl CircuitBreaker {
    /// A breaker with the defaults of each method.
    #[must_use]
    pub fn new() -> Self {
        Self {
            unreachable_for: Duration::from_secs(10),
            timeouts: 20,
            probe_every: Duration::from_secs(1),
            probe_timeout: Duration::from_secs(5),
            on_change: None,
        }
    }

    /// How long records may wait without one being confirmed, before the cluster is asked whether it is there: no answer
    /// opens the circuit. Default 10 s.
    #[must_use]
    pub fn unreachable_for(mut self, time: Duration) -> Self {
        self.unreachable_for = time;
        self
    }

    /// How many records in a row have to time out, none of all topics being confirmed in between, for the circuit to
    /// open. Default 20; 0 counts as 1.
    #[must_use]
    pub fn timeouts(mut self, records: u32) -> Self {
        self.timeouts = records.max(1);
        self
    }

    /// How long an open circuit rests before the cluster is asked, and between two questions. Default 1 s.
    #[must_use]
    pub fn probe_every(mut self, pause: Duration) -> Self {
        self.probe_every = pause;
        self
    }

    /// How long the answer to such a question may take. Default 5 s.
    #[must_use]
    pub fn probe_timeout(mut self, timeout: Duration) -> Self {
        self.probe_timeout = timeout;
        self
    }

    /// Called at every change, for alerts; replaces a function given before.
    ///
    /// Runs on the runtime that the publisher was built on, one change after the other: return soon and never wait for the
    /// publisher. A panic is caught and logged.
    #[must_use]
    pub fn on_change(mut self, callback: impl Fn(&CircuitChange) + Send + Sync + 'static) -> Self {
        self.on_change = Some(Arc::new(callback));
        self
    }

    /// Who is told of changes.
    pub(crate) fn hook(&self) -> Option<&OnChange> {
        self.on_change.as_ref()
    }

    /// How long an answer of the cluster may take.
    pub(crate) fn patience(&self) -> Duration {
        self.probe_timeout
    }
}

#[cfg(feature = "kafka")]
impl Default for CircuitBreaker {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(feature = "kafka")]
impl fmt::Debug for CircuitBreaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CircuitBreaker")
            .field("unreachable_for", &self.unreachable_for)
            .field("timeouts", &self.timeouts)
            .field("probe_every", &self.probe_every)
            .field("probe_timeout", &self.probe_timeout)
            .finish_non_exhaustive()
    }
}
