//! The errors of the publisher's boundary: [`PublishError`], [`BatchError`], [`FlushError`], [`ConfigError`], and [`ProduceError`]
//! which a producer reports.
//!
//! Holds no other crate's type, so that a use case can match on it without knowing any client.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

use crate::circuit_breaker::CircuitCause;
use crate::failure::{of_kind, of_publish};
use crate::record::{Delivery, Record, Timestamp};
use crate::registry::RegistryError;
use crate::translator::TranslationError;
use crate::validate::Violations;

/// Whether a record that was not confirmed can be in the log.
///
/// Implements: librdkafka's message status (`rd_kafka_msg_status_t`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    /// Surely not in the log: sending it again cannot make a second copy.
    NotPersisted,
    /// May be in the log: sending it again can make a second copy (with the same `event_id`).
    PossiblyPersisted,
}

/// Why a producer could not confirm a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProduceErrorKind {
    /// No confirmation within the delivery timeout: broker away, no leader, too few replicas. Retriable.
    TimedOut,
    /// The topic does not exist and may not be created, or the partition does not. Not retriable.
    UnknownTopic,
    /// The topic's name is not one that Kafka allows. Not retriable.
    InvalidTopic,
    /// The record is larger than the client or the broker allows. Not retriable.
    TooLarge,
    /// Authentication failed or a permission is missing. Not retriable.
    Unauthorised,
    /// The producer itself is broken and must be made anew. Fatal.
    Fatal,
    /// The publisher was shut down or purged before the record was confirmed. Not retriable on this publisher.
    ShutDown,
    /// The transaction of the record was aborted before the record was confirmed. Not retriable by itself: run the transaction
    /// again.
    Aborted,
    /// The broker refused the record for another reason, named in the text. Not retriable.
    Rejected,
    /// The broker refused another record of the same batch and with it the whole batch; nothing is wrong with this one.
    /// Retriable.
    BatchRejected,
    /// An earlier record of the key has failed and the key is held; this one was surely not sent. Retriable once the key
    /// is released.
    KeyHeld,
}

impl ProduceErrorKind {
    /// The stable name, such as `timed_out`: for metrics and searches. [`failure`](crate::failure) lists all.
    #[must_use]
    pub fn code(self) -> &'static str {
        of_kind(self).code
    }
}

/// Why a record was not confirmed, with what is known of the broker and of the record's fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProduceError {
    kind: ProduceErrorKind,
    persistence: Persistence,
    reason: String,
}

impl ProduceError {
    /// An error of this kind; `reason` names addresses and limits and says what to do.
    #[must_use]
    pub fn new(kind: ProduceErrorKind, persistence: Persistence, reason: impl Into<String>) -> Self {
        Self {
            kind,
            persistence,
            reason: reason.into(),
        }
    }

    /// The same of a record of which an earlier attempt may be in the log.
    #[cfg(feature = "kafka")]
    pub(crate) fn with_persistence(self, persistence: Persistence) -> Self {
        Self { persistence, ..self }
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ProduceErrorKind {
        self.kind
    }

    /// Whether the record can be in the log all the same.
    #[must_use]
    pub fn persistence(&self) -> Persistence {
        self.persistence
    }

    /// The facts: address, limit, broker's code.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the same record may be accepted later.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        of_kind(self.kind).retriable
    }

    /// Whether no record can be delivered by this producer any more.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        of_kind(self.kind).fatal
    }
}

impl fmt::Display for ProduceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for ProduceError {}

/// A publish that did not end in a delivery.
///
/// Not generic over the event. Where the record had been encoded, [`into_record`](Self::into_record) gives it back.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The translator could not make an event of the domain value. Nothing was sent. Not retriable.
    #[error(transparent)]
    Translation(#[from] TranslationError),
    /// The event breaks its own constraints; every violation is listed. Nothing was sent, no registry was asked. Not retriable.
    #[error(transparent)]
    Invalid(#[from] Violations),
    /// The registry gave no id for the schema. Nothing was sent. Retriable if the [`RegistryError`] is.
    #[error("no schema id for {event_type} under subject {subject}")]
    Registry {
        /// The full name of the event type; for a tombstone that of a type whose keys these are.
        event_type: &'static str,
        /// The subject: of the value, or `<topic>-key` where the schema of an Avro key has no id.
        subject: String,
        /// What the registry said.
        #[source]
        source: Box<RegistryError>,
        /// The record, framed with id 0.
        record: Box<Record>,
    },
    /// Another event type has the subject already. Nothing was sent. Not retriable.
    #[error(transparent)]
    SharedSubject(#[from] SharedSubject),
    /// The buffer has no place: at once from `try_enqueue`, after
    /// [`block_timeout`](crate::PublisherBuilder::block_timeout) from the calls that wait. Nothing was sent. Retriable.
    #[error(
        "buffer is full: it takes {capacity} records and {bytes} bytes until their delivery reports; wait with `publish` or \
         `enqueue`, raise `block_timeout` where it is set, or raise `buffer_records` or `buffer_bytes`"
    )]
    BufferFull {
        /// How many records the buffer takes.
        capacity: usize,
        /// How many bytes it takes, as [`buffer_bytes`](crate::PublisherBuilder::buffer_bytes) counts them.
        bytes: usize,
        /// The record.
        record: Box<Record>,
    },
    /// The record is surely not in the log. Retriable if the [`ProduceError`] is.
    #[error("record was not delivered")]
    Failed {
        /// Why.
        #[source]
        source: ProduceError,
        /// The record; framed with id 0, if it was refused before its schema's id was asked for.
        record: Box<Record>,
    },
    /// The record may be in the log. Sending it again can make a second copy; readers tell it by its `event_id`. Retriable,
    /// unless the [`ProduceError`] says that this publisher can send nothing any more (`Fatal`, `ShutDown`).
    #[error("record's delivery is unknown: it may be in the log")]
    Unknown {
        /// Why.
        #[source]
        source: ProduceError,
        /// The record.
        record: Box<Record>,
    },
    /// The record was not delivered, and a dead letter with it was: what [`OnFailure`](crate::OnFailure) says. Not
    /// retriable, for the letter is there to be replayed; [`persistence`](ProduceError::persistence) of the source says
    /// whether the record can be in its own topic all the same.
    #[error("record was not delivered and became a dead letter: {letter}")]
    DeadLettered {
        /// Why it was not delivered.
        #[source]
        source: ProduceError,
        /// Where the letter lies.
        letter: Box<LetterPlace>,
        /// The record.
        record: Box<Record>,
    },
    /// The [`CircuitBreaker`](crate::CircuitBreaker) is open. Nothing was sent. Retriable once the circuit is closed.
    #[error("circuit is open since {since}: {why}; nothing is sent before the cluster answers again")]
    CircuitOpen {
        /// When it opened.
        since: Timestamp,
        /// Why it opened.
        why: Box<CircuitCause>,
        /// The record.
        record: Box<Record>,
    },
    /// The publisher was shut down before the call, or before the record was sent; then the record is in the
    /// [`ShutdownReport`](crate::ShutdownReport). Nothing was sent. Not retriable on this publisher.
    #[error("publisher is shut down")]
    ShutDown,
}

impl PublishError {
    /// The stable name of the cause, such as `timed_out` or `invalid_event`: for metrics and searches, and the
    /// `error_code` of dead letters. [`failure`](crate::failure) lists all, with what to do about each.
    #[must_use]
    pub fn code(&self) -> &'static str {
        of_publish(self).code
    }

    /// Whether the same publish may succeed later without a change of the event.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        match self {
            Self::Registry { source, .. } => source.is_retriable(),
            Self::Failed { source, .. } => source.is_retriable(),
            // Whatever the cause, the record is as good as before; but not for a producer that is broken or at its end.
            Self::Unknown { source, .. } => {
                !matches!(source.kind(), ProduceErrorKind::Fatal | ProduceErrorKind::ShutDown)
            }
            Self::BufferFull { .. } | Self::CircuitOpen { .. } => true,
            Self::Translation(_)
            | Self::Invalid(_)
            | Self::SharedSubject(_)
            | Self::DeadLettered { .. }
            | Self::ShutDown => false,
        }
    }

    /// Whether this publisher can deliver nothing any more.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        match self {
            Self::Failed { source, .. } | Self::Unknown { source, .. } | Self::DeadLettered { source, .. } => {
                source.is_fatal()
            }
            Self::ShutDown => true,
            _ => false,
        }
    }

    /// The record, where the publish had got that far.
    #[must_use]
    pub fn record(&self) -> Option<&Record> {
        match self {
            Self::Registry { record, .. }
            | Self::BufferFull { record, .. }
            | Self::Failed { record, .. }
            | Self::Unknown { record, .. }
            | Self::DeadLettered { record, .. }
            | Self::CircuitOpen { record, .. } => Some(record),
            _ => None,
        }
    }

    /// Takes the record out, where the publish had got that far.
    #[must_use]
    pub fn into_record(self) -> Option<Record> {
        match self {
            Self::Registry { record, .. }
            | Self::BufferFull { record, .. }
            | Self::Failed { record, .. }
            | Self::Unknown { record, .. }
            | Self::DeadLettered { record, .. }
            | Self::CircuitOpen { record, .. } => Some(*record),
            _ => None,
        }
    }

    #[cfg(feature = "kafka")]
    pub(crate) fn undelivered(source: ProduceError, record: Record) -> Self {
        let record = Box::new(record);
        match source.persistence() {
            Persistence::NotPersisted => Self::Failed { source, record },
            Persistence::PossiblyPersisted => Self::Unknown { source, record },
        }
    }
}

/// Where a dead letter lies.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LetterPlace {
    /// In a topic.
    Topic(Delivery),
    /// In the local file, because the dead letter topic did not take it.
    File(PathBuf),
}

impl fmt::Display for LetterPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Topic(delivery) => write!(f, "{delivery}"),
            Self::File(path) => write!(f, "file {}", path.display()),
        }
    }
}

/// Two event types under one subject: the second would count as a new version of the first there.
///
/// Either two names meet under one subject for the topic, or two different schemas have one full name, or the types' Avro
/// keys on one topic have different schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedSubject {
    pub(crate) subject: String,
    pub(crate) first: &'static str,
    pub(crate) second: &'static str,
    /// Whether it is the subject of a topic's keys.
    pub(crate) of_keys: bool,
}

impl SharedSubject {
    /// The subject.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The full name of the type that came first.
    #[must_use]
    pub fn first(&self) -> &'static str {
        self.first
    }

    /// The full name of the type that was refused; that of [`first`](Self::first), if it is their schemas that differ.
    #[must_use]
    pub fn second(&self) -> &'static str {
        self.second
    }
}

impl fmt::Display for SharedSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            subject,
            first,
            second,
            of_keys,
        } = self;
        if *of_keys {
            return write!(
                f,
                "the keys of {second} and {first} have different schemas under the subject {subject}: give both types the \
                 same key, or one of them a topic of its own"
            );
        }
        if first == second {
            return write!(
                f,
                "two different schemas are named {first} under the subject {subject}: give one of the types another name \
                 (`#[event(name = \"…\")]`) or a topic of its own"
            );
        }
        write!(
            f,
            "{second} and {first} share the subject {subject}; use the topic-record or record subject strategy, or a topic of \
             its own"
        )
    }
}

impl std::error::Error for SharedSubject {}

/// A batch of which nothing was sent, because some of its events cannot be.
///
/// A list has no single source, so `Display` names each refused event by its index with its error and that error's own
/// sources: all on one line, separated by semicolons.
#[derive(Debug, Error)]
#[error("nothing of the batch was sent: {} of {total} events are refused: {}", refused.len(), list(refused))]
pub struct BatchError {
    refused: Vec<(usize, PublishError)>,
    total: usize,
}

impl BatchError {
    #[cfg(feature = "kafka")]
    pub(crate) fn new(refused: Vec<(usize, PublishError)>, total: usize) -> Self {
        Self { refused, total }
    }

    /// The refused events by their index in the batch, counted from 0, in ascending order.
    #[must_use]
    pub fn refused(&self) -> &[(usize, PublishError)] {
        &self.refused
    }

    /// How many events the batch had.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total
    }
}

/// The refused events, each with its index and the chain of its errors.
fn list(refused: &[(usize, PublishError)]) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for (index, error) in refused {
        let separator = if text.is_empty() { "" } else { "; " };
        // Writing to a String cannot fail.
        let _ = write!(text, "{separator}event {index}: {error}");
        let mut next = std::error::Error::source(error);
        while let Some(source) = next {
            let _ = write!(text, ": {source}");
            next = source.source();
        }
    }
    text
}

/// A flush that ended with records still on their way.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{remaining} records have no delivery report after {} ms; they stay queued, flush again or shut down", deadline.as_millis())]
pub struct FlushError {
    /// How many records have no report yet.
    pub remaining: usize,
    /// The deadline that passed.
    pub deadline: Duration,
}

impl FlushError {
    /// Whether another flush may succeed; always, for the records stay queued.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        true
    }
}

/// A declared event type whose schema has no id.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UnresolvedSchema {
    /// The full name of the event type; for the schema of a key that of a type whose key it is.
    pub event_type: &'static str,
    /// The subject.
    pub subject: String,
    /// What the registry said.
    pub error: RegistryError,
}

/// A list has no single source, so each is named with its error.
fn unresolved(list: &[UnresolvedSchema]) -> String {
    let told = list.iter().map(
        |UnresolvedSchema {
             event_type,
             subject,
             error,
         }| { format!("no schema id for {event_type} under subject {subject}: {error}") },
    );
    told.collect::<Vec<_>>().join("; ")
}

/// A publisher that cannot be built as asked. Not retriable, for the settings have to change; but for
/// [`Unresolved`](Self::Unresolved), which is as retriable as the errors in it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Required settings are missing; all of them are named.
    #[error("missing settings: {}", .0.join(", "))]
    Missing(Vec<&'static str>),
    /// A setting has a value that cannot be used.
    #[error("{setting}: {reason}")]
    Invalid {
        /// The builder's method or the property's name.
        setting: String,
        /// What is wrong and what is allowed.
        reason: String,
    },
    /// Two declared event types would share a subject.
    #[error(transparent)]
    SharedSubject(#[from] SharedSubject),
    /// [`Settings`](crate::config::Settings) that cannot be used; all of them are named, with file and line.
    #[cfg(feature = "kafka")]
    #[error(transparent)]
    Settings(#[from] crate::config::InvalidSettings),
    /// A file of settings cannot be read.
    #[cfg(feature = "kafka")]
    #[error("the settings in {} cannot be read", path.display())]
    SettingsFile {
        /// The path as it was given.
        path: std::path::PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Declared event types whose schemas have no id, in the order in which they were declared; by the
    /// [`StartMode`](crate::StartMode) that is no start.
    #[error("{}", unresolved(.0))]
    Unresolved(Vec<UnresolvedSchema>),
    /// `build` needs a tokio runtime for the registry's calls.
    #[error("no tokio runtime here: call `build` inside one, or use `build_blocking`")]
    NoRuntime,
}
