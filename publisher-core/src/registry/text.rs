//! [`SchemaText`]: what is registered, and the other schemas that it refers to.
//!
//! Knows no call to a registry and does not look into texts.

use std::collections::HashMap;
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
        self.fingerprint_with(&mut HashMap::new())
    }

    /// `known` are those of schemas that others refer to, by where text and references stand: one that many share is
    /// walked once, not once on every path to it.
    fn fingerprint_with(
        &self,
        known: &mut HashMap<(*const str, *const [SchemaReference]), Fingerprint>,
    ) -> Fingerprint {
        if self.references.is_empty() {
            return Fingerprint::of(self.text.as_bytes());
        }
        let place = (Arc::as_ptr(&self.text), Arc::as_ptr(&self.references));
        if let Some(fingerprint) = known.get(&place) {
            return *fingerprint;
        }
        // A line feed in white space is all that a text may have, so what follows cannot be part of one.
        let mut whole = self.text.to_string();
        for reference in &*self.references {
            let fingerprint = reference.schema.fingerprint_with(known);
            whole.push_str(&format!("\n{} {} {fingerprint}", reference.name, reference.subject));
        }
        let fingerprint = Fingerprint::of(whole.as_bytes());
        known.insert(place, fingerprint);
        fingerprint
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A schema that refers twice to one that refers twice to another, and so on.
    fn ladder(levels: usize, shared: bool) -> SchemaText {
        if levels == 0 {
            return SchemaText::new(SchemaType::Avro, "\"string\"");
        }
        let below = ladder(levels - 1, shared);
        let reference = |name: &str, schema: SchemaText| SchemaReference {
            name: name.into(),
            subject: name.into(),
            version: None,
            schema,
        };
        let other = if shared {
            below.clone()
        } else {
            ladder(levels - 1, shared)
        };
        let references = [reference("a", below), reference("b", other)];
        SchemaText::new(SchemaType::Avro, format!("\"{levels}\"")).with_references(references)
    }

    #[test]
    fn a_shared_reference_is_walked_once() {
        assert_eq!(ladder(6, true).fingerprint(), ladder(6, false).fingerprint());
        // Has 2^60 paths, and never ends if each is walked.
        assert_ne!(ladder(60, true).fingerprint(), ladder(59, true).fingerprint());
    }
}
