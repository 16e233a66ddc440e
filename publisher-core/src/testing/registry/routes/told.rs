//! How a schema is told: its members in an answer.
//!
//! Implements: Confluent Schema Registry REST API: with GUIDs as version 8, without as version 7.

use serde_json::{Value, json};

use super::super::store::{Stored, Version};
use crate::registry::{SchemaMetadata, SchemaType};

/// How much is told of a schema.
#[derive(Clone, Copy)]
pub(super) struct Told {
    /// Whether its GUID is, and the type of every schema; else only that of what is not Avro.
    pub(super) guids: bool,
}

impl Told {
    /// A schema with its place.
    pub(super) fn place(self, subject: &str, version: Version, stored: &Stored) -> Value {
        let mut answer = self.registered(version, stored);
        answer["subject"] = json!(subject);
        answer
    }

    /// A schema with what it is known by under the subject that was named.
    pub(super) fn registered(self, version: Version, stored: &Stored) -> Value {
        let mut answer = self.schema(stored);
        answer["id"] = json!(version.id);
        answer["version"] = json!(version.number);
        answer
    }

    /// A schema without a place. What it has none of is absent.
    pub(super) fn schema(self, stored: &Stored) -> Value {
        let schema = &stored.schema;
        let mut answer = json!({ "schema": &*schema.text });
        if self.guids || schema.schema_type != SchemaType::Avro {
            answer["schemaType"] = json!(schema.schema_type.name());
        }
        if self.guids {
            answer["guid"] = json!(stored.guid.to_string());
        }
        if !stored.references.is_empty() {
            answer["references"] = json!(stored.references);
        }
        if let Some(metadata) = &schema.metadata {
            answer["metadata"] = told(metadata);
        }
        answer
    }
}

fn told(metadata: &SchemaMetadata) -> Value {
    let mut answer = json!({});
    if !metadata.tags.is_empty() {
        answer["tags"] = json!(metadata.tags);
    }
    if !metadata.properties.is_empty() {
        answer["properties"] = json!(metadata.properties);
    }
    if !metadata.sensitive.is_empty() {
        answer["sensitive"] = json!(metadata.sensitive);
    }
    answer
}

/// The schema's own text as JSON.
pub(super) fn bare(stored: &Stored) -> Value {
    serde_json::from_str(&stored.schema.text).unwrap_or_else(|_| json!(&*stored.schema.text))
}
