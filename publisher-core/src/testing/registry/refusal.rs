//! How the registry says no: status, code and words of its API.
//!
//! Implements: Confluent Schema Registry, `rest/exceptions/Errors.java`.

use super::store::Wanted;

/// No, with the API's status, code and words.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: u32,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    pub(super) fn invalid_schema(message: impl Into<String>) -> Self {
        Self::new(422, 42201, message)
    }

    pub(super) fn incompatible(subject: &str, messages: &[String]) -> Self {
        let message = format!(
            "Schema being registered is incompatible with an earlier schema for subject \"{subject}\", details: [{}]",
            messages.join(", ")
        );
        Self::new(409, 40901, message)
    }

    pub(super) fn not_permitted(message: impl Into<String>) -> Self {
        Self::new(422, 42205, message)
    }

    pub(super) fn no_subject(subject: &str) -> Self {
        Self::new(404, 40401, format!("Subject '{subject}' not found."))
    }

    pub(super) fn no_version(version: Wanted) -> Self {
        Self::new(404, 40402, format!("Version {version} not found."))
    }

    pub(super) fn no_schema() -> Self {
        Self::new(404, 40403, "Schema not found")
    }

    pub(super) fn no_schema_of(name: impl std::fmt::Display) -> Self {
        Self::new(404, 40403, format!("Schema {name} not found"))
    }
}
