//! Any JSON Schema as a document: read from its text, with its draft and what its references lead to.
//!
//! For schemas that are not ours; what is printed of ours is in `json`. Knows nothing of compatibility.

mod check;
mod node;
mod path;
mod pattern;
mod references;

use std::collections::HashMap;

use serde_json::Value;

pub use self::node::{Draft, Node};
pub(crate) use self::pattern::finds;
pub use super::error::SchemaError;

/// A JSON Schema and the texts that it refers to.
#[derive(Clone, Debug)]
pub struct JsonDocument {
    /// The schema itself stands last.
    texts: Vec<Text>,
}

/// One text.
#[derive(Clone, Debug)]
struct Text {
    /// What others call it; empty for the schema itself.
    name: String,
    root: Value,
    draft: Draft,
    /// Pointers of what has an identifier of its own: `https://acme/x`, `#anchor`.
    identifiers: HashMap<String, String>,
}

impl JsonDocument {
    /// Reads a schema that refers to no other text.
    ///
    /// # Errors
    /// As [`parse_with`](Self::parse_with).
    pub fn parse(text: &str) -> Result<Self, SchemaError> {
        Self::parse_with(text, &[])
    }

    /// Reads a schema that refers to other texts, such as a registry's references, by the names under which it does.
    ///
    /// Implements: JSON Schema draft-07 and 2020-12, "Core" and the types of the keywords of "Validation". Of draft-04,
    /// draft-06 and 2019-09 what is common with these. No or an unknown `$schema` is draft-07.
    ///
    /// # Errors
    /// The first place that is no schema: a keyword of another type than it must have, or a `$ref` that leads nowhere.
    pub fn parse_with(text: &str, references: &[(&str, &str)]) -> Result<Self, SchemaError> {
        let mut texts = Vec::with_capacity(references.len() + 1);
        for (index, (name, reference)) in references.iter().enumerate() {
            let read = read(reference, name).map_err(|error| error.in_reference(Some(index)))?;
            texts.push(read);
        }
        texts.push(read(text, "")?);
        let document = Self { texts };
        document.check_references()?;
        Ok(document)
    }

    /// The JSON of the schema itself.
    #[must_use]
    pub fn root(&self) -> &Value {
        &self.own().root
    }

    /// The schema itself as a node.
    #[must_use]
    pub fn root_node(&self) -> Node<'_> {
        Node::root(&self.own().root, None, self.own().draft)
    }

    /// All texts as nodes, the schema itself first.
    pub(crate) fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        let references = (0..self.texts.len() - 1).map(Some);
        std::iter::once(None).chain(references).map(|reference| {
            let text = self.text(reference);
            Node::root(&text.root, reference, text.draft)
        })
    }

    /// The draft that the schema says it is of.
    #[must_use]
    pub fn draft(&self) -> Draft {
        self.own().draft
    }

    fn own(&self) -> &Text {
        // Pushed last when it was read.
        &self.texts[self.texts.len() - 1]
    }

    /// A text by the number that places have.
    fn text(&self, reference: Option<usize>) -> &Text {
        &self.texts[reference.unwrap_or(self.texts.len() - 1)]
    }
}

fn read(text: &str, name: &str) -> Result<Text, SchemaError> {
    let root: Value = serde_json::from_str(text).map_err(|error| SchemaError::new("", unreadable(&error)))?;
    if !matches!(root, Value::Object(_) | Value::Bool(_)) {
        return Err(SchemaError::new(
            "",
            "is no schema: a JSON Schema is an object, `true` or `false`",
        ));
    }
    let draft = Draft::of(&root);
    let mut identifiers = HashMap::new();
    check::check(&root, draft, &mut identifiers)?;
    Ok(Text {
        name: name.to_owned(),
        root,
        draft,
        identifiers,
    })
}

fn unreadable(error: &serde_json::Error) -> String {
    if error.to_string().starts_with("recursion limit exceeded") {
        return format!(
            "nests more than 128 levels deep at line {}, column {}; name inner schemas under `$defs` and refer to them",
            error.line(),
            error.column()
        );
    }
    format!("is no JSON: {error}")
}

#[cfg(test)]
mod tests;
