//! What a `$ref` leads to.
//!
//! Fetches nothing: a text that is not at hand is an error.

use super::node::Node;
use super::path::Path;
use super::{JsonDocument, Text};
use crate::schema::error::SchemaError;
use serde_json::Value;

/// How many `$ref`s may lead to each other without anything else.
const MOST_STEPS: usize = 100;

impl JsonDocument {
    /// The schema that a node's `$ref` leads to, through as many others as there are; the node itself without one.
    #[must_use]
    pub fn resolved<'a>(&'a self, node: &Node<'a>) -> Node<'a> {
        let mut node = node.clone();
        // Every `$ref` was followed once when the document was read.
        for _ in 0..MOST_STEPS {
            let Some(target) = self.target(&node) else {
                return node;
            };
            let beside = node.draft.reads_beside_ref() && node.members().is_some_and(|members| members.len() > 1);
            node = target;
            if beside {
                return node;
            }
        }
        node
    }

    /// The schema that a node's own `$ref` leads to; `None` without one, or where it leads nowhere.
    #[must_use]
    pub fn target<'a>(&'a self, node: &Node<'a>) -> Option<Node<'a>> {
        let reference = node.get("$ref")?.as_str()?;
        let (document, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if document.is_empty() {
            return self.fragment(node.reference, "", fragment);
        }
        let base = self.text(node.reference).root.get("$id").and_then(Value::as_str);
        let absolute = base.map(|base| joined(base, document));
        let plain = document.strip_prefix("./").unwrap_or(document);
        let names = [Some(plain), Some(document), absolute.as_deref()];
        for name in names.into_iter().flatten() {
            // The own text first: what it identifies itself is nearer than a reference.
            let own = std::iter::once(node.reference);
            for reference in own.chain(self.numbers()) {
                let text = self.text(reference);
                if text.name == name {
                    return self.fragment(reference, "", fragment);
                }
                if let Some(pointer) = text.identifiers.get(name) {
                    return self.fragment(reference, pointer, fragment);
                }
            }
        }
        None
    }

    fn numbers(&self) -> impl Iterator<Item = Option<usize>> {
        let references = self.texts.len() - 1;
        (0..references).map(Some).chain([None])
    }

    /// What a fragment names in a part of a text.
    fn fragment<'a>(&'a self, reference: Option<usize>, base: &str, fragment: &str) -> Option<Node<'a>> {
        let text = self.text(reference);
        let fragment = decoded(fragment);
        let pointer = match fragment.as_str() {
            "" => base.to_owned(),
            pointer if pointer.starts_with('/') => {
                let whole = format!("{base}{pointer}");
                // The one spelling of the definitions stands for the other.
                let other = match pointer.split_once('/').and_then(|(_, rest)| rest.split_once('/')) {
                    Some(("$defs", rest)) => format!("{base}/definitions/{rest}"),
                    Some(("definitions", rest)) => format!("{base}/$defs/{rest}"),
                    _ => whole.clone(),
                };
                if text.root.pointer(&whole).is_some() {
                    whole
                } else {
                    other
                }
            }
            anchor => text.identifiers.get(&format!("#{anchor}"))?.clone(),
        };
        let value = text.root.pointer(&pointer)?;
        Some(Node {
            value,
            reference,
            pointer,
            draft: text.draft,
        })
    }

    /// Follows every `$ref` of every text to its end.
    pub(super) fn check_references(&self) -> Result<(), SchemaError> {
        for reference in self.numbers() {
            let text = self.text(reference);
            self.check_within(text, reference, &text.root, &Path::Root)
                .map_err(|error| error.in_reference(reference))?;
        }
        Ok(())
    }

    fn check_within(
        &self,
        text: &Text,
        reference: Option<usize>,
        value: &Value,
        at: &Path<'_>,
    ) -> Result<(), SchemaError> {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(target)) = members.get("$ref") {
                    self.check_one(&Node::root(value, reference, text.draft), target)
                        .map_err(|reason| SchemaError::new(Path::Member(at, "$ref").pointer(), reason))?;
                }
                for (name, value) in members {
                    // Samples, not schemas.
                    if !["const", "default", "enum", "examples"].contains(&name.as_str()) {
                        self.check_within(text, reference, value, &Path::Member(at, name))?;
                    }
                }
                Ok(())
            }
            Value::Array(items) => items
                .iter()
                .enumerate()
                .try_for_each(|(index, value)| self.check_within(text, reference, value, &Path::Item(at, index))),
            _ => Ok(()),
        }
    }

    /// Follows the `$ref` of a node, whose pointer does not matter, to its end; why that cannot be.
    fn check_one(&self, node: &Node<'_>, reference: &str) -> Result<(), String> {
        let mut step = node.clone();
        for _ in 0..MOST_STEPS {
            match self.target(&step) {
                None if step.get("$ref").is_none() => return Ok(()),
                None if is_meta_schema(reference) => return Ok(()),
                None => {
                    return Err(format!(
                        "leads nowhere: nothing here is `{reference}`; pass a schema of another text as a reference of that name"
                    ));
                }
                Some(target) if !matches!(target.value, Value::Object(_) | Value::Bool(_)) => {
                    return Err(format!("leads to `{reference}`, which is no schema"));
                }
                Some(target) => step = target,
            }
        }
        Err(format!("leads through more than {MOST_STEPS} others, or in a circle"))
    }
}

/// A schema of schemas, which every reader knows.
fn is_meta_schema(reference: &str) -> bool {
    reference.starts_with("http://json-schema.org/") || reference.starts_with("https://json-schema.org/")
}

/// A relative reference at a base; an absolute one stays.
fn joined(base: &str, relative: &str) -> String {
    if relative.contains("://") || relative.starts_with("urn:") {
        return relative.to_owned();
    }
    let base = base.split('#').next().unwrap_or_default();
    if relative.starts_with('/') {
        let root = base
            .find("://")
            .map(|scheme| scheme + 3)
            .and_then(|host| base[host..].find('/').map(|slash| host + slash));
        return format!("{}{relative}", &base[..root.unwrap_or(base.len())]);
    }
    let relative = relative.strip_prefix("./").unwrap_or(relative);
    match base.rfind('/') {
        Some(slash) => format!("{}{relative}", &base[..=slash]),
        None => relative.to_owned(),
    }
}

/// A fragment without percent-encoding; what is no valid encoding stays.
fn decoded(fragment: &str) -> String {
    let bytes = fragment.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |index: usize| bytes.get(index).and_then(|byte| (*byte as char).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| fragment.to_owned())
}
