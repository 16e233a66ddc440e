//! Typed domain events on Kafka.
//!
//! `#[derive(Event)]` makes a type publishable: it gets a schema, a key, a topic and an encoder. A [`Translator`] keeps
//! the domain apart from what is published.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "kafka")]
mod batch;
#[cfg(feature = "kafka")]
mod blocking;
#[cfg(feature = "kafka")]
mod builder;
mod data;
#[cfg(feature = "kafka")]
mod dispatch;
#[doc(hidden)]
pub mod encode;
mod error;
mod event;
#[cfg(feature = "kafka")]
mod header;
mod key;
pub mod partitioner;
#[cfg(feature = "kafka")]
mod pending;
mod port;
#[cfg(feature = "kafka")]
mod prepare;
pub mod producer;
#[cfg(feature = "kafka")]
mod publisher;
mod record;
pub mod registry;
pub mod schema;
mod subject;
#[cfg(feature = "testing")]
pub mod testing;
mod time;
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
pub use builder::{PublisherBuilder, SchemaMode};
pub use data::{AsDecimal, EventData, MapKey, Plain};
#[cfg(feature = "kafka")]
pub use dispatch::DeliveryReport;
pub use error::{
    BatchError, ConfigError, FlushError, Persistence, ProduceError, ProduceErrorKind, PublishError, SharedSubject,
};
pub use event::{Encoding, Event, EventSpec, EventType, EventTypes};
#[cfg(feature = "kafka")]
pub use header::StandardHeader;
pub use key::{EventKey, SameKey, Unkeyed};
#[cfg(feature = "kafka")]
pub use pending::{Enqueuing, Pending, Publishing};
pub use port::Publish;
#[cfg(feature = "kafka")]
pub use prepare::Prepared;
#[cfg(feature = "kafka")]
pub use publisher::{Publisher, ShutdownReport};
pub use publisher_derive::{Event, EventData};
pub use record::{Delivery, Headers, Offset, Record, SchemaId, SubjectVersion, Timestamp};
pub use subject::SubjectNameStrategy;
pub use time::EventTime;
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
