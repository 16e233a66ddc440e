//! A datum taken apart for people: every value with its path, its type, its bytes and how it reads.
//!
//! Reads with the writer's schema. Knows no frame and no reader's schema.

mod bytes;
mod text;
mod walk;

use std::fmt;
use std::ops::Range;

use super::model::AvroSchema;

/// What bytes hold, as far as they could be read.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// In the order of the bytes; what holds others stands before them.
    pub entries: Vec<Entry>,
    /// What was wrong where reading ended; `None`, if the bytes are one datum of the schema.
    pub error: Option<DatumError>,
    /// How many bytes were read.
    pub consumed: usize,
}

/// A value, or one of the numbers that hold values together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands in the datum, as a JSON pointer (RFC 6901): `/lines/0/price`; empty for the datum itself. Names
    /// and keys are cut after 80 bytes.
    pub path: String,
    /// Its type: `timestamp-millis (long)`, `record com.acme.Order`; `union`, `block` and `key` for what stands before
    /// a branch, before items, before a map's value.
    pub type_name: String,
    /// Its bytes, those of its parts included.
    pub bytes: Range<usize>,
    /// How it reads: a text in quotes, bytes in hexadecimal, a timestamp as RFC 3339.
    pub value: String,
}

/// Bytes that are no datum of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatumError {
    /// The first byte of what is wrong.
    pub at: usize,
    /// The value that was being read, as in [`Entry::path`].
    pub path: String,
    /// What was expected and what stands there.
    pub reason: String,
}

impl fmt::Display for DatumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}", self.at)?;
        if !self.path.is_empty() {
            write!(f, ", {}", self.path)?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for DatumError {}

/// Takes a datum apart that was written with this schema.
///
/// Bounded: it ends after 100,000 values, 100 levels or 64 MB of paths, with an error that says so. All that was read
/// before an error is there.
///
/// Implements: Apache Avro 1.12 specification, "Binary Encoding".
#[must_use]
pub fn explain(schema: &AvroSchema, bytes: &[u8]) -> Explanation {
    walk::explain(schema, bytes)
}
