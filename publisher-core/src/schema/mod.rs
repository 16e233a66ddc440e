//! The description of a type and what is printed from it: Avro schema, JSON Schema, fingerprint.
//!
//! Pure: does no I/O and knows no Kafka, HTTP or runtime. Encoders live in `encode`, checks of values in `validate`.

mod avro;
pub mod avsc;
pub(crate) mod contract;
mod fingerprint;
mod json;
pub(crate) mod range;
mod shape;
mod text;

pub use avro::avro_schema;
pub use fingerprint::Fingerprint;
pub use json::{JsonModel, JsonSettings, json_schema};
pub use shape::{Bound, Constraint, Enum, Field, Format, Integer, Literal, Record, Shape};
pub use text::Layout;
