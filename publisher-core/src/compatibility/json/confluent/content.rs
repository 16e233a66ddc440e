//! Content models: what a schema says of members that it does not list.
//!
//! The same for properties of an object and items of a list.

use serde_json::Value;

use crate::schema::json_document::{Draft, Node, finds};

/// What is allowed beyond what is listed, for one member.
pub(super) enum Content<'a> {
    /// Anything.
    Open,
    /// What this schema takes.
    Covered(Node<'a>),
    /// Nothing.
    Closed,
}

/// What an object says of a property that it does not declare.
pub(super) fn of_property<'a>(object: &Node<'a>, name: &str) -> Content<'a> {
    let patterns = object.named("patternProperties");
    let covering = patterns.iter().find(|(pattern, _)| finds(pattern, name));
    if let Some((_, schema)) = covering {
        return Content::Covered(schema.clone());
    }
    let schema = schema_of(object, "additionalProperties").or_else(|| schema_of(object, "unevaluatedProperties"));
    if let Some(schema) = schema {
        return Content::Covered(schema);
    }
    let allows = |keyword: &str| object.get(keyword) != Some(&Value::Bool(false));
    match patterns.is_empty() && allows("additionalProperties") && allows("unevaluatedProperties") {
        true => Content::Open,
        false => Content::Closed,
    }
}

/// What a list says of items beyond those that it lists.
pub(super) fn of_items<'a>(list: &Node<'a>) -> Content<'a> {
    let keyword = beyond(list);
    match (schema_of(list, keyword), list.get(keyword)) {
        (Some(schema), _) => Content::Covered(schema),
        (None, Some(Value::Bool(false))) => Content::Closed,
        _ => match (schema_of(list, "unevaluatedItems"), list.get("unevaluatedItems")) {
            (Some(schema), _) => Content::Covered(schema),
            (None, Some(Value::Bool(false))) => Content::Closed,
            _ => Content::Open,
        },
    }
}

/// The keyword for items beyond the listed ones.
pub(super) fn beyond(list: &Node<'_>) -> &'static str {
    match list.draft {
        Draft::Draft2020 => "items",
        _ => "additionalItems",
    }
}

/// The listed items; `None` where the list has one schema for all, or none.
pub(super) fn listed<'a>(list: &Node<'a>) -> Option<Vec<Node<'a>>> {
    let keyword = match list.draft {
        Draft::Draft2020 => "prefixItems",
        _ => "items",
    };
    matches!(list.get(keyword), Some(Value::Array(_))).then(|| list.list(keyword))
}

/// The schema for all items.
pub(super) fn every_item<'a>(list: &Node<'a>) -> Option<Node<'a>> {
    match listed(list) {
        Some(_) => None,
        None => list.child("items"),
    }
}

/// A keyword's schema where it says more than yes or no.
pub(super) fn schema_of<'a>(node: &Node<'a>, keyword: &str) -> Option<Node<'a>> {
    node.child(keyword).filter(|schema| schema.value.is_object())
}
