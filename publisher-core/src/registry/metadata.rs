//! [`SchemaMetadata`]: what a team says of a schema beside its text.
//!
//! Plain data; knows no call to a registry.

use std::collections::{BTreeMap, BTreeSet};

/// Tags, properties and names of sensitive properties that are registered with a schema.
///
/// Only registering sends it. It says nothing of the bytes of a record, so that it is no part of a schema's
/// [`fingerprint`](super::SchemaText::fingerprint); to a registry the same text with other metadata is another version.
///
/// Implements: Confluent Schema Registry REST API, `metadata` of a schema. Registries that lack it (Apicurio, Karapace)
/// ignore it.
///
/// # Examples
/// ```
/// use publisher_core::registry::SchemaMetadata;
///
/// let metadata = SchemaMetadata::new().property("owner", "orders-team").tag("com.acme.Order.email", "PII");
/// assert_eq!(metadata.properties["owner"], "orders-team");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SchemaMetadata {
    /// The tags of each path within the schema, such as `com.acme.Order.email`.
    pub tags: BTreeMap<String, BTreeSet<String>>,
    /// Names and values.
    pub properties: BTreeMap<String, String>,
    /// The names of those properties that the registry is to hide.
    pub sensitive: BTreeSet<String>,
}

impl SchemaMetadata {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a property, in the place of one of the same name.
    #[must_use]
    pub fn property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.insert(name.into(), value.into());
        self
    }

    /// Adds a property that the registry is to hide.
    #[must_use]
    pub fn sensitive_property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.sensitive.insert(name.clone());
        self.property(name, value)
    }

    /// Adds a tag to a path within the schema.
    #[must_use]
    pub fn tag(mut self, path: impl Into<String>, tag: impl Into<String>) -> Self {
        self.tags.entry(path.into()).or_default().insert(tag.into());
        self
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.properties.is_empty() && self.sensitive.is_empty()
    }

    /// As it stands in the body of a registration.
    #[cfg(feature = "registry")]
    pub(super) fn body(&self) -> serde_json::Value {
        let mut body = serde_json::Map::new();
        if !self.tags.is_empty() {
            body.insert("tags".to_owned(), serde_json::json!(self.tags));
        }
        if !self.properties.is_empty() {
            body.insert("properties".to_owned(), serde_json::json!(self.properties));
        }
        if !self.sensitive.is_empty() {
            body.insert("sensitive".to_owned(), serde_json::json!(self.sensitive));
        }
        body.into()
    }
}
