//! A JSON Schema as the lints walk it: where its subschemas stand, what a `$ref` leads to, which draft it is of.
//!
//! Knows no lint and no dialect of a registry.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::finding::Position;
use crate::schema::error::member;
use crate::schema::json_document::JsonDocument;

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

/// The draft that a schema says it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Draft {
    Draft4,
    Draft6,
    /// Also where nothing is said.
    Draft7,
    Draft2019,
    Draft2020,
}

impl Draft {
    pub(super) fn of(document: &JsonDocument) -> Self {
        let schema = document
            .root()
            .get("$schema")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let drafts = [
            ("draft-04", Self::Draft4),
            ("draft-06", Self::Draft6),
            ("draft/2019-09", Self::Draft2019),
            ("draft/2020-12", Self::Draft2020),
        ];
        let found = drafts.into_iter().find(|(word, _)| schema.contains(word));
        found.map_or(Self::Draft7, |(_, draft)| draft)
    }
}

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

/// A schema within a document.
#[derive(Clone)]
pub(super) struct Node<'a> {
    pub(super) members: &'a Members,
    pub(super) position: Position,
}

/// The schema of the whole text; none where it is `true` or `false`.
pub(super) fn root(document: &JsonDocument) -> Option<Node<'_>> {
    let position = Position {
        reference: None,
        pointer: String::new(),
    };
    node(document.root(), position)
}

fn node(value: &Value, position: Position) -> Option<Node<'_>> {
    let members = value.as_object()?;
    Some(Node { members, position })
}

impl<'a> Node<'a> {
    /// The schemas within this one, each with the keyword and the name or number below it (empty for a keyword that holds
    /// one), as far as the budget goes.
    pub(super) fn children(&self, budget: &mut Budget) -> Vec<(&'a str, Cow<'a, str>, Node<'a>)> {
        let mut children = Vec::new();
        for (keyword, value) in self.members {
            let keyword = keyword.as_str();
            let mut add = |name: Option<Cow<'a, str>>, value: &'a Value| {
                let name_bytes = name.as_ref().map_or(0, |name| name.len());
                if !value.is_object() || !budget.spend(self.position.pointer.len() + keyword.len() + name_bytes) {
                    return;
                }
                let at = member(&self.position.pointer, keyword);
                let pointer = name.as_ref().map_or(at.clone(), |name| member(&at, name));
                let position = Position {
                    reference: self.position.reference,
                    pointer,
                };
                children.extend(node(value, position).map(|node| (keyword, name.unwrap_or_default(), node)));
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
        let mut pointer = self.position.pointer.clone();
        let (first, rest) = path.split_first()?;
        let mut value = self.members.get(*first)?;
        pointer = member(&pointer, first);
        for name in rest {
            value = value.get(name)?;
            pointer = member(&pointer, name);
        }
        let position = Position {
            reference: self.position.reference,
            pointer,
        };
        budget.spend(position.pointer.len()).then(|| node(value, position))?
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
        if let Some(reference) = node.text("$ref") {
            node = follow(document, reference)?;
            continue;
        }
        let Some((keyword, values)) = node.alternatives() else {
            return Some(node);
        };
        let [(index, value)] = values[..] else {
            return Some(node);
        };
        let pointer = member(&member(&node.position.pointer, keyword), index);
        let position = Position {
            reference: node.position.reference,
            pointer,
        };
        node = self::node(value, position)?;
    }
    None
}

/// What a reference within the text leads to.
fn follow<'a>(document: &'a JsonDocument, reference: &str) -> Option<Node<'a>> {
    let pointer = reference.strip_prefix('#')?;
    let value = document.root().pointer(pointer)?;
    let position = Position {
        reference: None,
        pointer: pointer.to_owned(),
    };
    node(value, position)
}
