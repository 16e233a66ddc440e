//! Typed domain events on Kafka.
//!
//! `#[derive(Event)]` makes a type publishable: it gets a schema, a key, a topic and an encoder. A [`Translator`] keeps
//! the domain apart from what is published.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod data;
#[doc(hidden)]
pub mod encode;
mod error;
mod event;
mod key;
pub mod partitioner;
mod port;
pub mod producer;
mod record;
pub mod registry;
pub mod schema;
mod subject;
mod translator;
pub mod validate;
pub mod wire;

pub use data::{AsDecimal, EventData, Plain};
pub use error::{
    BatchError, ConfigError, FlushError, Persistence, ProduceError, ProduceErrorKind, PublishError,
};
pub use event::{Encoding, Event, EventSpec, EventType, EventTypes};
pub use key::EventKey;
pub use port::Publish;
pub use publisher_derive::{Event, EventData};
pub use record::{Delivery, Headers, Offset, Record, SchemaId, SubjectVersion};
pub use subject::SubjectNameStrategy;
pub use translator::{TranslationError, Translator};
pub use validate::{Violation, Violations};

// The derives name this crate by its own name, which its own tests must know too.
extern crate self as publisher_core;
