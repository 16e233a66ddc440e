//! The schemas within a JSON Schema, each shown once.
//!
//! Knows no lint.

use super::json_tree::{Budget, Draft, Node, root};
use crate::schema::json_document::JsonDocument;

/// A schema, the whole or one within.
pub(super) struct JsonPart<'a> {
    pub(super) node: Node<'a>,
    pub(super) draft: Draft,
}

impl JsonPart<'_> {
    /// Whether it is the whole.
    pub(super) fn is_root(&self) -> bool {
        self.node.position.reference.is_none() && self.node.position.pointer.is_empty()
    }
}

/// Shows every schema, those of definitions among them. False if there are more than are looked at.
#[must_use]
pub(super) fn walk<'a>(document: &'a JsonDocument, visit: &mut dyn FnMut(&JsonPart<'a>)) -> bool {
    let mut budget = Budget::new();
    let draft = Draft::of(document);
    let mut stack: Vec<Node<'a>> = root(document).into_iter().collect();
    while let Some(node) = stack.pop() {
        stack.extend(node.children(&mut budget).into_iter().map(|(_, _, child)| child));
        visit(&JsonPart { node, draft });
    }
    !budget.is_exhausted()
}
