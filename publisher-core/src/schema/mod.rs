//! The description of a type and what is printed from it: Avro schema, JSON Schema, fingerprint.
//!
//! Pure: does no I/O and knows no Kafka, HTTP or runtime. Encoders live in `encode`, checks of values in `validate`.

mod avro;
pub mod avsc;
mod base64;
pub(crate) mod committed;
pub(crate) mod contract;
pub(crate) mod error;
mod fingerprint;
pub(crate) mod flatten;
mod json;
pub mod json_document;
pub(crate) mod key;
mod message;
pub(crate) mod name;
mod normal;
pub(crate) mod range;
pub(crate) mod references;
mod same_constraint;
#[cfg(test)]
pub(crate) mod sample;
mod shape;
mod text;

pub(crate) use avro::avro_text;
pub use avro::{avro_key_schema, avro_schema};
pub use fingerprint::Fingerprint;
pub(crate) use json::json_text;
pub use json::{JsonModel, JsonSettings, json_schema};
pub use normal::json_normal_form;
pub use shape::{
    Bound, Branch, Constraint, DecimalForm, Enum, Field, Fixed, Format, Integer, Literal, Record, Recursive, Shape,
    TimeUnit, Union,
};
pub(crate) use text::Json;
pub use text::Layout;
