//! A schema of either language, read from its text and those that it refers to.
//!
//! Bounds what is read, so that a hostile text ends in an error. The languages themselves are read by `schema/avsc` and
//! `schema/json_document`.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use crate::registry::{SchemaReference, SchemaText, SchemaType};
use crate::schema::avsc::AvroSchema;
use crate::schema::json_document::JsonDocument;

/// No text of a schema is longer; a registry's answer is not either.
const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;

/// A schema that has been read and can be compared.
#[derive(Clone, Debug)]
pub struct SchemaDocument {
    pub(super) form: Form,
    text: SchemaText,
    /// The names of the references in the order in which the form counts them.
    references: Vec<Arc<str>>,
}

#[derive(Clone, Debug)]
pub(super) enum Form {
    Avro(AvroSchema),
    Json(JsonDocument),
}

impl SchemaDocument {
    /// Reads a schema with all that it refers to.
    ///
    /// # Errors
    /// The first place that is no schema, or a text of more than 4 MiB. Not retriable.
    pub fn parse(schema: &SchemaText) -> Result<Self, UnreadableSchema> {
        let mut collected = Vec::new();
        collect(&schema.references, &mut collected);
        let references: Vec<Arc<str>> = collected.iter().map(|reference| Arc::clone(&reference.name)).collect();
        let unreadable = |reference: Option<usize>, pointer: &str, reason: String| UnreadableSchema {
            schema_type: schema.schema_type,
            reference: reference.and_then(|index| references.get(index).cloned()),
            pointer: pointer.to_owned(),
            reason,
        };
        let texts: Vec<&str> = collected.iter().map(|reference| &*reference.schema.text).collect();
        let sizes = texts.iter().enumerate().map(|(index, text)| (Some(index), text.len()));
        for (reference, bytes) in sizes.chain([(None, schema.text.len())]) {
            if bytes > MAX_TEXT_BYTES {
                let reason = format!("has {bytes} bytes, more than the {MAX_TEXT_BYTES} that a schema may have");
                return Err(unreadable(reference, "", reason));
            }
        }
        let form = match schema.schema_type {
            SchemaType::Avro => Form::Avro(
                AvroSchema::parse_with(&schema.text, &texts)
                    .map_err(|error| unreadable(error.reference(), error.pointer(), error.reason().to_owned()))?,
            ),
            SchemaType::Json => {
                let named: Vec<(&str, &str)> = collected
                    .iter()
                    .map(|reference| (&*reference.name, &*reference.schema.text))
                    .collect();
                Form::Json(
                    JsonDocument::parse_with(&schema.text, &named)
                        .map_err(|error| unreadable(error.reference(), error.pointer(), error.reason().to_owned()))?,
                )
            }
        };
        Ok(Self {
            form,
            text: schema.clone(),
            references,
        })
    }

    /// The language.
    #[must_use]
    pub fn schema_type(&self) -> SchemaType {
        match &self.form {
            Form::Avro(_) => SchemaType::Avro,
            Form::Json(_) => SchemaType::Json,
        }
    }

    /// The text that was read.
    #[must_use]
    pub fn text(&self) -> &SchemaText {
        &self.text
    }

    /// The schema as an Avro schema, if it is one.
    #[must_use]
    pub fn avro(&self) -> Option<&AvroSchema> {
        match &self.form {
            Form::Avro(schema) => Some(schema),
            Form::Json(_) => None,
        }
    }

    /// The schema as a JSON Schema, if it is one.
    #[must_use]
    pub fn json(&self) -> Option<&JsonDocument> {
        match &self.form {
            Form::Json(schema) => Some(schema),
            Form::Avro(_) => None,
        }
    }

    /// The name of a reference by its number.
    pub(crate) fn reference(&self, index: Option<usize>) -> Option<Arc<str>> {
        self.references.get(index?).cloned()
    }
}

/// The references of a schema, each once and after those that it needs itself.
fn collect<'a>(references: &'a [SchemaReference], collected: &mut Vec<&'a SchemaReference>) {
    for reference in references {
        if collected.iter().all(|known| known.name != reference.name) {
            collect(&reference.schema.references, collected);
            collected.push(reference);
        }
    }
}

/// A text that is no schema of its language. Not retriable.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct UnreadableSchema {
    schema_type: SchemaType,
    reference: Option<Arc<str>>,
    pointer: String,
    reason: String,
}

impl UnreadableSchema {
    /// The name of the reference whose text is meant; `None` for the schema itself.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// The place in the text as a JSON pointer (RFC 6901); empty for the text as a whole.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong there and what is allowed.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for UnreadableSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no {} schema: ", self.schema_type)?;
        if let Some(reference) = &self.reference {
            write!(f, "reference {reference}: ")?;
        }
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.reason)
    }
}
