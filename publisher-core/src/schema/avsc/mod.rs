//! Any Avro schema as a tree: read from its text, with named types in a table.
//!
//! For schemas that are not ours, a registry's above all; what our types look like is in `shape`, what is printed of
//! them in `avro`. Knows nothing of compatibility, plans or registries.

mod canonical;
pub mod datum;
mod default;
mod fingerprint;
mod logical;
mod model;
mod name;
mod normal;
mod parse;
#[cfg(test)]
mod tests;

pub use super::error::SchemaError;
pub use logical::Logical;
pub use model::{AvroSchema, Definition, Field, Form, Json, Kind, Order, Properties, Type, TypeId};
pub use name::FullName;
