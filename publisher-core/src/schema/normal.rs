//! The normal form of a JSON Schema, for comparing with a registry.
//!
//! Knows no keyword: only the order of members changes.

use serde_json::Value;

use super::error::SchemaError;

/// The text with the members of each object in the order of their names and without layout, and nothing else changed.
///
/// That is what Confluent's registry makes of a JSON Schema with `normalize=true`; not compared with its own output.
///
/// # Errors
/// The text is no JSON. Not retriable.
pub fn json_normal_form(text: &str) -> Result<String, SchemaError> {
    let mut value: Value = serde_json::from_str(text).map_err(|error| SchemaError::no_json(&error))?;
    // A map keeps the order of the text where any crate of the build asks serde_json for that.
    value.sort_all_objects();
    Ok(value.to_string())
}
