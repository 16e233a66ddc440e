//! One breach of a rule, with its place in both schemas.
//!
//! Knows no level and no version: which is the older schema is with `history`.

use std::fmt;
use std::sync::Arc;

use super::rule::Rule;

/// Why a reader cannot read what a writer wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// Where in the reader's schema.
    pub reader: Place,
    /// Where in the writer's schema.
    pub writer: Place,
    /// What is wrong there, in one clause that names both sides as reader and writer.
    pub message: String,
}

/// A place in the text of a schema or of one that it refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The name of the reference in whose text it is; `None` for the schema's own.
    pub reference: Option<Arc<str>>,
    /// A JSON pointer (RFC 6901) into that text, such as `/fields/2/type`; empty for the text as a whole. What a pointer
    /// names exists: for a part that is missing it names what should hold it.
    pub pointer: String,
}

impl Finding {
    /// How many bytes it takes, roughly: walks count them against what they remember.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.message.len() + self.reader.pointer.len() + self.writer.pointer.len()
    }
}

impl Place {
    /// A place in the schema's own text.
    #[must_use]
    pub fn own(pointer: impl Into<String>) -> Self {
        Self {
            reference: None,
            pointer: pointer.into(),
        }
    }
}

impl fmt::Display for Place {
    /// `/fields/2/type`, `com.acme.Money /fields/0`; the whole text is `/`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(reference) = &self.reference {
            write!(f, "{reference} ")?;
        }
        f.write_str(if self.pointer.is_empty() { "/" } else { &self.pointer })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.rule.id, self.reader, self.message)
    }
}
