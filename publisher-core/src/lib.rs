//! Typed domain events on Kafka: derive an event, translate the domain into it, publish it.
//!
//! 1. [`#[derive(Event)]`](derive@Event) makes a type publishable: schema, key, topic, checks, encoders.
//!    [`#[derive(EventData)]`](derive@EventData) is for its parts. Both list every attribute; [`EventData`] lists the
//!    field types and what they become in Avro and JSON.
//! 2. A [`Translator`] makes the published form of a domain value, so that the domain knows nothing of events.
//! 3. A use case holds the port [`Publish<T>`](Publish).
//! 4. Where the application is wired, [`Publisher::builder`] makes the publisher and [`Publisher::with`] puts the
//!    translator before it. Every record ends as a [`Delivery`] or as a [`PublishError`] that says whether to try again.
//! 5. In unit tests the port is a [`RecordingPublisher`](testing::RecordingPublisher); for whole-path tests there are an
//!    [`EmbeddedCluster`](testing::EmbeddedCluster) and an [`EmbeddedRegistry`](testing::EmbeddedRegistry).
//!
//! | feature | default | brings |
//! |---|---|---|
//! | `kafka` | yes | [`Publisher`] and its Kafka backend |
//! | `registry` | yes | [`RegistryClient`](registry::RegistryClient) |
//! | `tls` | no | TLS to the brokers: OpenSSL, built from source with perl besides |
//! | `sasl` | no | `tls`, and SASL: PLAIN, SCRAM and OAUTHBEARER |
//! | `bigdecimal`, `bytes`, `chrono`, `decimal` (rust_decimal), `jiff`, `json` (serde_json), `time`, `url`, `uuid` | no | these crates' types as fields |
//! | `testing` | no | the module [`testing`] |

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "kafka")]
mod batch;
#[cfg(feature = "kafka")]
mod blocking;
#[cfg(feature = "kafka")]
mod builder;
mod circuit_breaker;
#[cfg(any(feature = "kafka", feature = "registry"))]
mod clock;
mod committed;
pub mod compatibility;
#[cfg(feature = "kafka")]
pub mod config;
#[cfg(feature = "kafka")]
pub mod consumer;
mod data;
#[cfg(feature = "kafka")]
pub mod dead_letter;
pub mod differences;
#[cfg(feature = "kafka")]
mod dispatch;
#[doc(hidden)]
pub mod encode;
mod error;
mod event;
#[cfg(feature = "kafka")]
mod event_id;
#[cfg(feature = "kafka")]
mod expiry;
pub mod failure;
#[cfg(feature = "kafka")]
mod framing;
#[cfg(test)]
mod golden;
#[cfg(feature = "kafka")]
mod guarantee;
#[cfg(feature = "kafka")]
mod header;
mod key;
#[cfg(feature = "kafka")]
mod lifecycle;
pub mod lint;
#[cfg(any(feature = "kafka", feature = "registry"))]
mod owner_only;
pub mod partitioner;
#[cfg(feature = "kafka")]
mod pending;
mod port;
#[cfg(feature = "kafka")]
mod preflight;
#[cfg(feature = "kafka")]
mod prepare;
pub mod producer;
#[cfg(feature = "kafka")]
mod publisher;
mod record;
mod registered;
pub mod registry;
#[cfg(feature = "kafka")]
mod resolver;
pub mod schema;
#[cfg(feature = "kafka")]
mod slab;
mod subject;
#[cfg(feature = "kafka")]
mod tending;
#[cfg(feature = "testing")]
pub mod testing;
mod time;
#[cfg(feature = "kafka")]
mod transaction;
#[cfg(any(feature = "kafka", feature = "testing"))]
mod translated;
mod translator;
pub mod validate;
pub mod wire;

#[cfg(feature = "kafka")]
pub use batch::{Batch, BatchPublishing};
#[cfg(feature = "kafka")]
pub use blocking::Blocking;
#[cfg(feature = "kafka")]
pub use builder::PublisherBuilder;
#[cfg(feature = "kafka")]
pub use circuit_breaker::CircuitBreaker;
pub use circuit_breaker::{Circuit, CircuitCause, CircuitChange};
pub use data::{
    AsDecimal, AsDecimalNumber, AsFixed, AsMicros, AsString, EventData, FixedName, MapKey, Plain, RecordData,
};
#[cfg(feature = "kafka")]
pub use dispatch::{DeliveryReport, HeldKey};
pub use encode::plan::{Difference, Differences, NotOurs, Plan, PlanError, PlanScratch};
pub use error::{
    BatchError, ConfigError, FlushError, LetterPlace, Persistence, ProduceError, ProduceErrorKind, PublishError,
    SharedSubject, UnresolvedSchema,
};
pub use event::{Encoding, Event, EventSpec, EventType, EventTypes};
#[cfg(any(feature = "kafka", feature = "registry"))]
pub use failure::Backoff;
#[cfg(feature = "kafka")]
pub use failure::{HeldKeys, OnFailure, Retries};
#[cfg(feature = "kafka")]
pub use framing::Framing;
#[cfg(feature = "kafka")]
pub use guarantee::{AtLeastOnce, AtMostOnce, Guarantee, PerRecord, Transactional};
#[cfg(feature = "kafka")]
pub use header::StandardHeader;
pub use key::{AvroKey, BigEndianKey, EventKey, KeyForm, KeyFormat, RawKey, SameKey, SameKeyForm, TextKey, Unkeyed};
#[cfg(feature = "kafka")]
pub use lifecycle::{EndCause, Ended, ManagedPublisher, ShutdownReport, ShutdownSignal};
pub use partitioner::Partitioner;
#[cfg(feature = "kafka")]
pub use pending::{Enqueuing, Pending, Publishing};
pub use port::Publish;
#[cfg(feature = "kafka")]
pub use preflight::{Preflight, PreflightEvent, PreflightSchema};
#[cfg(feature = "kafka")]
pub use prepare::Prepared;
#[cfg(feature = "kafka")]
pub use publisher::Publisher;
pub use publisher_derive::{Event, EventData};
pub use record::{
    Delivery, Headers, HeadersRef, Offset, Record, RecordPart, RecordRef, SchemaId, SubjectVersion, Timestamp,
};
#[cfg(feature = "kafka")]
pub use resolver::{SchemaMode, StartMode};
pub use subject::{SubjectFunction, SubjectNameStrategy, SubjectParts};
pub use time::EventTime;
#[cfg(feature = "kafka")]
pub use transaction::{Transaction, TransactionError};
#[cfg(any(feature = "kafka", feature = "testing"))]
pub use translated::Translated;
pub use translator::{TranslationError, Translator};
pub use validate::{Violation, Violations};

// Every block of the README is compiled, and run where it needs no server.
#[cfg(all(
    doctest,
    feature = "decimal",
    feature = "kafka",
    feature = "registry",
    feature = "testing"
))]
#[doc = include_str!("../../README.md")]
struct Readme;
