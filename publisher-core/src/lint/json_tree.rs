//! A JSON Schema as the lints walk it: where its subschemas stand, what it is behind its `$ref`s.
//!
//! Knows no lint and no dialect of a registry.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::finding::Position;
use crate::schema::error::member;
use crate::schema::json_document::{Draft, JsonDocument, Node as Standing};

pub(super) type Members = Map<String, Value>;

/// The keywords that hold one schema.
const ONE: [&str; 12] = [
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Those that hold a list of schemas.
const LIST: [&str; 5] = ["allOf", "anyOf", "items", "oneOf", "prefixItems"];
/// Those that hold schemas by name.
const NAMED: [&str; 6] = [
    "$defs",
    "definitions",
    "dependencies",
    "dependentSchemas",
    "patternProperties",
    "properties",
];

/// How much may be looked at, in bytes of the pointers that are made. Names may be as long as the text and stand in the
/// pointer of everything below them, so that a count of schemas would be no bound.
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    /// Enough for a hundred thousand schemas; one of use has a few thousand.
    pub(super) fn new() -> Self {
        Self { left: 16 * 1024 * 1024 }
    }

    pub(super) fn spend(&mut self, pointer_bytes: usize) -> bool {
        // What is kept beside the pointer.
        let rest = self.left.checked_sub(pointer_bytes + 64);
        self.left = rest.unwrap_or_default();
        rest.is_some()
    }

    /// Whether something was left out.
    pub(super) fn is_exhausted(&self) -> bool {
        self.left == 0
    }
}

/// A schema within a document that has keywords.
#[derive(Clone)]
pub(super) struct Node<'a> {
    pub(super) members: &'a Members,
    standing: Standing<'a>,
}

/// The schemas of the whole texts, the document's own first, without those that are `true` or `false`.
pub(super) fn roots(document: &JsonDocument) -> impl Iterator<Item = Node<'_>> {
    document.roots().filter_map(Node::new)
}

/// The schema of the document's own text; none where it is `true` or `false`.
pub(super) fn root(document: &JsonDocument) -> Option<Node<'_>> {
    Node::new(document.root_node())
}

impl<'a> Node<'a> {
    fn new(standing: Standing<'a>) -> Option<Self> {
        let members = standing.members()?;
        Some(Self { members, standing })
    }

    /// Where it stands.
    pub(super) fn position(&self) -> Position {
        Position {
            reference: self.standing.reference,
            pointer: self.standing.pointer.clone(),
        }
    }

    /// The same for the same schema of a document, however it was reached.
    pub(super) fn address(&self) -> usize {
        std::ptr::from_ref(self.members) as usize
    }

    /// The draft of its text.
    pub(super) fn draft(&self) -> Draft {
        self.standing.draft
    }

    /// Whether it is the document's own text as a whole.
    pub(super) fn is_root(&self) -> bool {
        self.standing.reference.is_none() && self.standing.pointer.is_empty()
    }

    /// The schemas within this one, each with the keyword and the name or number below it (empty for a keyword that holds
    /// one), as far as the budget goes.
    pub(super) fn children(&self, budget: &mut Budget) -> Vec<(&'a str, Cow<'a, str>, Node<'a>)> {
        let mut children = Vec::new();
        for (keyword, value) in self.members {
            let keyword = keyword.as_str();
            let mut add = |name: Option<Cow<'a, str>>, value: &'a Value| {
                let name_bytes = name.as_ref().map_or(0, |name| name.len());
                if !value.is_object() || !budget.spend(self.standing.pointer.len() + keyword.len() + name_bytes) {
                    return;
                }
                let at = member(&self.standing.pointer, keyword);
                let pointer = name.as_ref().map_or(at.clone(), |name| member(&at, name));
                let child = Node::new(self.standing.at(value, pointer));
                children.extend(child.map(|child| (keyword, name.unwrap_or_default(), child)));
            };
            match value {
                Value::Object(_) if ONE.contains(&keyword) => add(None, value),
                Value::Object(named) if NAMED.contains(&keyword) => {
                    for (name, value) in named {
                        add(Some(Cow::Borrowed(name)), value);
                    }
                }
                Value::Array(list) if LIST.contains(&keyword) => {
                    for (index, value) in list.iter().enumerate() {
                        add(Some(Cow::Owned(index.to_string())), value);
                    }
                }
                _ => {}
            }
        }
        children
    }

    /// The schema at the end of a path, as far as the budget goes.
    pub(super) fn child(&self, path: &[&str], budget: &mut Budget) -> Option<Node<'a>> {
        let mut pointer = self.standing.pointer.clone();
        let (first, rest) = path.split_first()?;
        let mut value = self.members.get(*first)?;
        pointer = member(&pointer, first);
        for name in rest {
            value = value.get(name)?;
            pointer = member(&pointer, name);
        }
        if !budget.spend(pointer.len()) {
            return None;
        }
        Node::new(self.standing.at(value, pointer))
    }

    /// The text of a keyword.
    pub(super) fn text(&self, keyword: &str) -> Option<&'a str> {
        self.members.get(keyword)?.as_str()
    }

    /// The schemas by name of a keyword.
    pub(super) fn named(&self, keyword: &str) -> Option<&'a Members> {
        self.members.get(keyword)?.as_object()
    }

    /// The names that must be there.
    pub(super) fn required(&self) -> BTreeSet<&'a str> {
        let list = self.members.get("required").and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Whether `type` is this one, alone or in a list.
    pub(super) fn has_type(&self, name: &str) -> bool {
        match self.members.get("type") {
            Some(Value::String(one)) => one == name,
            Some(Value::Array(list)) => list.iter().any(|one| one == name),
            _ => false,
        }
    }

    /// The members of `oneOf` or `anyOf` that are not `null` alone, with the keyword; none where there is neither.
    pub(super) fn alternatives(&self) -> Option<(&'static str, Vec<(usize, &'a Value)>)> {
        let (keyword, list) = ["oneOf", "anyOf"]
            .into_iter()
            .find_map(|keyword| Some((keyword, self.members.get(keyword)?.as_array()?)))?;
        let is_null = |value: &Value| value.get("type").is_some_and(|name| name == "null");
        let values = list.iter().enumerate().filter(|(_, value)| !is_null(value));
        Some((keyword, values.collect()))
    }
}

/// A schema behind its `$ref`s and without the `null` beside it. None if a reference leads nowhere or in a circle.
pub(super) fn resolved<'a>(document: &'a JsonDocument, mut node: Node<'a>) -> Option<Node<'a>> {
    // No schema of use has as many steps; a circle has.
    for _ in 0..100 {
        if node.members.contains_key("$ref") {
            node = Node::new(document.target(&node.standing)?)?;
            continue;
        }
        let Some((keyword, values)) = node.alternatives() else {
            return Some(node);
        };
        let [(index, value)] = values[..] else {
            return Some(node);
        };
        let pointer = member(&member(&node.standing.pointer, keyword), index);
        node = Node::new(node.standing.at(value, pointer))?;
    }
    None
}
