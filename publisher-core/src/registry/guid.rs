//! The GUID of a schema, computed as a registry computes it; asks none.
//!
//! Knows the bytes that are hashed, not what a registry makes of a text before it stores it.

use std::cmp::Ordering;

use md5::{Digest as _, Md5};

use super::{SchemaMetadata, SchemaReference};
use crate::wire::SchemaGuid;

impl SchemaGuid {
    /// The GUID of a text, of what it refers to and of its metadata; `None` if a reference has no version yet.
    ///
    /// The text is that which the registry **stores**, which may not be the one that was sent: Confluent's registry
    /// prints an Avro schema anew, as Java does, and with `normalize=true` every schema in its normal form
    /// ([`AvroSchema::normal_form`](crate::schema::avsc::AvroSchema::normal_form),
    /// [`json_normal_form`](crate::schema::json_normal_form)). It may also add metadata of the subject's latest version or
    /// of its own defaults, and rule sets, which this knows nothing of. So a GUID in an answer of the registry goes before
    /// one that was computed.
    ///
    /// References count in their order; of each its name, subject and version, not the text behind it. Metadata that is
    /// there and empty counts as something else than none.
    ///
    /// The bytes of text, references and metadata follow one another without a mark between them, so two schemas may be
    /// made that share a GUID. It tells honest schemas apart; it is no proof against forged ones.
    ///
    /// # Examples
    /// ```
    /// use publisher_core::wire::SchemaGuid;
    ///
    /// let guid = SchemaGuid::of(r#""string""#, &[], None);
    /// assert_eq!(guid.map(|guid| guid.to_string()).as_deref(), Some("095d71cf-1255-6b9d-5e33-0ad575b3df5d"));
    /// ```
    ///
    /// Implements: Confluent Schema Registry 8, `Schema.updateHash` and `getGuid` (client, `rest/entities`), without rule
    /// sets.
    #[must_use]
    pub fn of(text: &str, references: &[SchemaReference], metadata: Option<&SchemaMetadata>) -> Option<Self> {
        let mut hash = Md5::new();
        hash.update(text);
        for reference in references {
            hash.update(&*reference.name);
            hash.update(&*reference.subject);
            hash.update(reference.version?.0.to_be_bytes());
        }
        if let Some(metadata) = metadata {
            add(&mut hash, metadata);
        }
        Some(Self(hash.finalize().into()))
    }
}

fn add(hash: &mut Md5, metadata: &SchemaMetadata) {
    // Tells metadata without anything in it from none.
    hash.update([1]);
    for (path, tags) in in_java_order(&metadata.tags, |(path, _)| path) {
        hash.update(path);
        for tag in in_java_order(tags, |tag| tag) {
            hash.update(tag);
        }
    }
    for (name, value) in in_java_order(&metadata.properties, |(name, _)| name) {
        hash.update(name);
        hash.update(value);
    }
    for name in in_java_order(&metadata.sensitive, |name| name) {
        hash.update(name);
    }
}

/// By UTF-16 units, as Java sorts strings: where one has a character beyond 16 bits, ours sort otherwise.
fn in_java_order<T>(members: impl IntoIterator<Item = T>, name: impl Fn(&T) -> &str) -> Vec<T> {
    let mut members: Vec<T> = members.into_iter().collect();
    members.sort_by(|one, other| -> Ordering { name(one).encode_utf16().cmp(name(other).encode_utf16()) });
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::SubjectVersion;
    use crate::registry::{SchemaText, SchemaType};

    fn check(text: &str, references: &[SchemaReference], metadata: Option<&SchemaMetadata>, expected: Option<&str>) {
        let guid = SchemaGuid::of(text, references, metadata).map(|guid| guid.to_string());
        assert_eq!(guid.as_deref(), expected, "{text}");
    }

    /// Texts and GUIDs in answers of Confluent's registry (8.0 and later), as their users print them.
    #[test]
    fn agrees_with_answers_of_registries() {
        // ssup2/blog-software, the page about the registry.
        check(
            concat!(
                r#"{"type":"record","name":"User","namespace":"ssup2.com","fields":[{"name":"id","type":"int"},"#,
                r#"{"name":"name","type":"string"},{"name":"email","type":"string"}]}"#
            ),
            &[],
            None,
            Some("e06655b8-8d49-9800-f924-ea691503f834"),
        );
        // louislef299/portfolio, a post about events in Avro.
        check(
            concat!(
                r#"{"type":"record","name":"User","namespace":"com.github.louislef299.events.avro","fields":["#,
                r#"{"name":"id","type":"int"},{"name":"name","type":"string"},"#,
                r#"{"name":"email","type":["null","string"],"default":null}]}"#
            ),
            &[],
            None,
            Some("4bd2bf79-95af-aace-ebad-18dfd323a304"),
        );
        // A note in the tests of a Ruby client.
        check(
            concat!(
                r#"{"type":"record","name":"TestRecord","namespace":"com.example","fields":["#,
                r#"{"name":"message","type":"string"},{"name":"timestamp","type":"long"}]}"#
            ),
            &[],
            None,
            Some("5c6c5f26-e876-e5ab-02b0-8d9bebbc90d7"),
        );
        // The log of a course project, of a JSON Schema.
        check(
            concat!(
                r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","title":"Metric","#,
                r#""description":"Metric data schema for Kafka messages","properties":{"id":{"type":"integer","#,
                r#""description":"Metric unique identifier","minimum":0},"type":{"type":"string","enum":["counter"],"#,
                r#""description":"Type of metric"},"delta":{"type":["integer","null"],"#,
                r#""description":"Delta value for counter","default":null}},"required":["id","type"]}"#
            ),
            &[],
            None,
            Some("eddc3552-27e7-705b-a3bf-cef9f24f6a6e"),
        );
    }

    /// No registry's answer with references or metadata was found: these were hashed apart, by Python's `hashlib`, from
    /// the bytes that Confluent's source adds.
    #[test]
    fn references_and_metadata_count() {
        let reference = |version| SchemaReference {
            name: "a.m.Money".into(),
            subject: "money-value".into(),
            version,
            schema: SchemaText::new(SchemaType::Avro, "\"bytes\""),
        };
        let text = "\"string\"";
        check(
            text,
            &[reference(Some(SubjectVersion(3)))],
            None,
            Some("65464aac-8ead-f4b7-49db-6bdca46adc20"),
        );
        check(text, &[reference(None)], None, None);

        let metadata = SchemaMetadata::new();
        check(text, &[], Some(&metadata), Some("cecc02e2-232b-87f1-1b0c-aa0e70dbb74d"));
        let metadata = metadata
            .tag("com.acme.Order.email", "PII")
            .tag("com.acme.Order.email", "EU")
            .sensitive_property("owner", "orders");
        check(text, &[], Some(&metadata), Some("7adc4d97-8aaf-6a18-36e8-9f2d86d1d79b"));
    }

    #[test]
    fn names_are_sorted_as_java_sorts_them() {
        let metadata = SchemaMetadata::new()
            .property("\u{ff5e}", "2")
            .property("\u{1f600}", "1");
        check(
            "\"string\"",
            &[],
            Some(&metadata),
            Some("377de4f4-38d8-0037-3999-2521b1d7a012"),
        );
    }
}
