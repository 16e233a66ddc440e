//! The description of a type and what is printed from it: Avro schema, JSON Schema, fingerprint.
//!
//! Pure: does no I/O and knows no Kafka, HTTP or runtime. Encoders live in `encode`, checks of values in `validate`.

mod avro;
pub(crate) mod contract;
mod fingerprint;
mod json;
pub(crate) mod range;
pub(crate) mod references;
mod shape;
mod text;

pub use avro::avro_schema;
pub(crate) use avro::avro_text;
pub use fingerprint::Fingerprint;
pub(crate) use json::json_text;
pub use json::{JsonModel, JsonSettings, json_schema};
pub use shape::{
    Bound, Branch, Constraint, DecimalForm, Enum, Field, Fixed, Format, Integer, Literal, Record, Recursive, Shape,
    TimeUnit, Union,
};
pub use text::Layout;
