//! [`SchemaText`]: what is registered, and the other schemas that it refers to.
//!
//! Knows no call to a registry and does not look into texts.

use std::sync::Arc;

use super::{SchemaMetadata, SchemaType};
use crate::record::SubjectVersion;
use crate::schema::Fingerprint;

/// A schema as text, ready to be registered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SchemaText {
    /// The language.
    pub schema_type: SchemaType,
    /// The text as it is sent and as it is stored.
    pub text: Arc<str>,
    /// The schemas that the text refers to instead of holding them; those that they refer to in turn stand there.
    pub references: Arc<[SchemaReference]>,
    /// What is registered beside the text; `None` for nothing.
    pub metadata: Option<Arc<SchemaMetadata>>,
}

/// A schema of another subject that a text refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SchemaReference {
    /// What the text calls it: in Avro the full name of a type, in JSON the URI within `$ref`.
    pub name: Arc<str>,
    /// The subject under which it is registered.
    pub subject: Arc<str>,
    /// The version within the subject; `None` as long as no registry has been asked.
    pub version: Option<SubjectVersion>,
    /// The schema itself.
    pub schema: SchemaText,
}

impl SchemaText {
    /// A schema that refers to no other.
    #[must_use]
    pub fn new(schema_type: SchemaType, text: impl Into<Arc<str>>) -> Self {
        Self {
            schema_type,
            text: text.into(),
            references: Arc::new([]),
            metadata: None,
        }
    }

    /// The same text with these references.
    #[must_use]
    pub fn with_references(self, references: impl Into<Arc<[SchemaReference]>>) -> Self {
        Self {
            references: references.into(),
            ..self
        }
    }

    /// The same text with this metadata; with nothing, if that is empty.
    #[must_use]
    pub fn with_metadata(self, metadata: SchemaMetadata) -> Self {
        let metadata = (!metadata.is_empty()).then(|| Arc::new(metadata));
        Self { metadata, ..self }
    }

    /// The fingerprint of the text and, where there are some, of all that it refers to: two schemas with one text are
    /// two if what they refer to differs. Metadata does not count.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        if self.references.is_empty() {
            return Fingerprint::of(self.text.as_bytes());
        }
        // A line feed in white space is all that a text may have, so what follows cannot be part of one.
        let mut whole = self.text.to_string();
        for reference in &*self.references {
            let fingerprint = reference.schema.fingerprint();
            whole.push_str(&format!("\n{} {} {fingerprint}", reference.name, reference.subject));
        }
        Fingerprint::of(whole.as_bytes())
    }
}
