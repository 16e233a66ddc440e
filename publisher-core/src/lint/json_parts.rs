//! The schemas within a JSON Schema, each shown once.
//!
//! Knows no lint.

use super::json_tree::{Budget, Node, roots};
use crate::schema::json_document::JsonDocument;

/// A schema, the whole or one within.
pub(super) struct JsonPart<'a> {
    pub(super) node: Node<'a>,
}

/// Shows every schema, those of definitions and of referenced texts among them. False if there are more than are looked
/// at.
#[must_use]
pub(super) fn walk<'a>(document: &'a JsonDocument, visit: &mut dyn FnMut(&JsonPart<'a>)) -> bool {
    let mut budget = Budget::new();
    let mut stack: Vec<Node<'a>> = roots(document).collect();
    while let Some(node) = stack.pop() {
        stack.extend(node.children(&mut budget).into_iter().map(|(_, _, child)| child));
        visit(&JsonPart { node });
    }
    !budget.is_exhausted()
}
