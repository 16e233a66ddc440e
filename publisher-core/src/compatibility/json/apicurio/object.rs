//! Objects: required names, counts, dependencies, properties and what stands for the others.

use std::collections::HashSet;

use serde_json::Value;

use super::node::Node;
use super::number::compare_limits;
use super::part::{Draft, Part};
use super::rules::{
    ADDITIONAL_PROPERTIES, DEPENDENCY_ADDED, MAX_PROPERTIES, MIN_PROPERTIES, PATTERN_PROPERTY_ADDED, PROPERTY_ADDED,
    PROPERTY_NAMES_ADDED, PROPERTY_REMOVED, REQUIRED_ADDED,
};
use super::walk::Walk;
use crate::compatibility::compare::CompareError;
use crate::compatibility::finding::Place;
use crate::compatibility::rule::Rule;

pub(super) fn compare(walk: &mut Walk, reader: &Node<'_>, writer: &Node<'_>) -> Result<(), CompareError> {
    let theirs = names(writer.list("required"));
    for (index, name) in reader.list("required").iter().enumerate() {
        if name.as_str().is_some_and(|name| !theirs.contains(name)) {
            let place = reader.member_place("required", &index.to_string());
            walk.add(&REQUIRED_ADDED, place, writer.keyword_place("required"), || {
                format!("reader requires {name}, writer does not")
            });
        }
    }
    if let Some(ours) = reader.child("propertyNames").filter(|_| knows_names(reader)) {
        match writer.child("propertyNames").filter(|_| knows_names(writer)) {
            Some(theirs) => walk.visit(&ours, &theirs)?,
            None => walk.add(&PROPERTY_NAMES_ADDED, ours.place(), writer.place(), || {
                "reader has `propertyNames`, writer has none".to_owned()
            }),
        }
    }
    compare_limits(walk, &MIN_PROPERTIES, ("minProperties", true), reader, writer);
    compare_limits(walk, &MAX_PROPERTIES, ("maxProperties", false), reader, writer);
    compare_dependencies(walk, reader, writer)?;
    compare_rest(walk, &ADDITIONAL_PROPERTIES, "additionalProperties", reader, writer)?;
    compare_patterns(walk, reader, writer)?;
    compare_properties(walk, reader, writer)
}

fn names(list: &[Value]) -> HashSet<&str> {
    list.iter().filter_map(Value::as_str).collect()
}

fn knows_names(node: &Node<'_>) -> bool {
    node.draft() >= Draft::Six
}

fn compare_dependencies(walk: &mut Walk, reader: &Node<'_>, writer: &Node<'_>) -> Result<(), CompareError> {
    let none = serde_json::Map::new();
    let ours = reader.object("dependencies").unwrap_or(&none);
    let theirs = writer.object("dependencies").unwrap_or(&none);
    for (name, ours) in ours {
        match (ours, theirs.get(name)) {
            // A list of no names is no dependency for the registry.
            (Value::Array(ours), _) if ours.is_empty() => {}
            (Value::Array(ours), Some(Value::Array(theirs))) if !theirs.is_empty() => {
                let known = names(theirs);
                for added in ours
                    .iter()
                    .filter_map(Value::as_str)
                    .filter(|added| !known.contains(added))
                {
                    let places = (
                        reader.member_place("dependencies", name),
                        writer.member_place("dependencies", name),
                    );
                    walk.add(&DEPENDENCY_ADDED, places.0, places.1, || {
                        format!("reader requires `{added}` beside `{name}`, writer does not")
                    });
                }
            }
            (Value::Object(_) | Value::Bool(_), Some(Value::Object(_) | Value::Bool(_))) => {
                if let (Some(ours), Some(theirs)) =
                    (reader.member("dependencies", name), writer.member("dependencies", name))
                {
                    walk.visit(&ours, &theirs)?;
                }
            }
            _ => {
                let places = (
                    reader.member_place("dependencies", name),
                    writer.member_place("dependencies", name),
                );
                walk.add(&DEPENDENCY_ADDED, places.0, places.1, || {
                    format!("reader has a dependency on `{name}`, writer has none of its kind")
                });
            }
        }
    }
    Ok(())
}

/// What stands for members that have no schema of their own.
pub(super) enum Rest<'a> {
    Anything,
    Nothing,
    Schema(Node<'a>),
}

impl<'a> Rest<'a> {
    fn of(node: &Node<'a>, keyword: &str) -> Self {
        match node.get(keyword) {
            Some(Value::Bool(false)) => Self::Nothing,
            Some(Value::Object(_)) => node.child(keyword).map_or(Self::Anything, Self::Schema),
            _ => Self::Anything,
        }
    }
}

/// `additionalProperties` and `additionalItems`: may only open.
pub(super) fn compare_rest(
    walk: &mut Walk,
    rule: &'static Rule,
    keyword: &str,
    reader: &Node<'_>,
    writer: &Node<'_>,
) -> Result<(), CompareError> {
    let message = match (rest(reader, keyword), rest(writer, keyword)) {
        (Rest::Anything, _) | (_, Rest::Nothing) => return Ok(()),
        (Rest::Nothing, _) => "reader takes no other members, writer has them",
        (Rest::Schema(_), Rest::Anything) => "reader has a schema for other members, writer takes anything",
        (Rest::Schema(ours), Rest::Schema(theirs)) => {
            if walk.compatible(&ours, &theirs)? {
                return Ok(());
            }
            "reader's schema for other members does not take what writer's takes"
        }
    };
    walk.add(
        rule,
        reader.keyword_place(keyword),
        writer.keyword_place(keyword),
        || message.to_owned(),
    );
    Ok(())
}

/// As [`Rest::of`]; beside one schema for all items nothing is closed.
pub(super) fn rest<'a>(node: &Node<'a>, keyword: &str) -> Rest<'a> {
    let for_all = keyword == "additionalItems" && !matches!(node.get("items"), None | Some(Value::Array(_)));
    match Rest::of(node, keyword) {
        Rest::Nothing if for_all => Rest::Anything,
        rest => rest,
    }
}

fn compare_patterns(walk: &mut Walk, reader: &Node<'_>, writer: &Node<'_>) -> Result<(), CompareError> {
    for pattern in reader
        .object("patternProperties")
        .into_iter()
        .flat_map(serde_json::Map::keys)
    {
        let Some(ours) = reader.member("patternProperties", pattern) else {
            continue;
        };
        match writer.member("patternProperties", pattern) {
            Some(theirs) => walk.visit(&ours, &theirs)?,
            None => walk.add(
                &PATTERN_PROPERTY_ADDED,
                ours.place(),
                writer.keyword_place("patternProperties"),
                || format!("reader has a schema for names like `{pattern}`, writer has none"),
            ),
        }
    }
    Ok(())
}

fn compare_properties(walk: &mut Walk, reader: &Node<'_>, writer: &Node<'_>) -> Result<(), CompareError> {
    let rest = Rest::of(writer, "additionalProperties");
    let ours_open = !matches!(Rest::of(reader, "additionalProperties"), Rest::Nothing);
    for name in reader.object("properties").into_iter().flat_map(serde_json::Map::keys) {
        let Some(ours) = reader.member("properties", name) else {
            continue;
        };
        if let Some(theirs) = writer.member("properties", name) {
            // The registry takes a string as a combination of one where the reader has a combination.
            let combined = theirs.part == Part::String && ours.part.criterion().is_some();
            walk.visit(&ours, &if combined { theirs.wrapped() } else { theirs })?;
        } else {
            let place = writer.keyword_place("properties");
            member_added(walk, &PROPERTY_ADDED, (&ours, ours_open), (&rest, place))?;
        }
    }
    let rest = Rest::of(reader, "additionalProperties");
    for name in writer.object("properties").into_iter().flat_map(serde_json::Map::keys) {
        let Some(theirs) = writer.member("properties", name) else {
            continue;
        };
        if reader.member("properties", name).is_none() {
            member_removed(
                walk,
                &PROPERTY_REMOVED,
                (&rest, reader.keyword_place("properties")),
                &theirs,
            )?;
        }
    }
    Ok(())
}

/// A property or item that only the reader has: what the writer takes there must be nothing, or must take it.
pub(super) fn member_added(
    walk: &mut Walk,
    rule: &'static Rule,
    (ours, ours_open): (&Node<'_>, bool),
    (rest, place): (&Rest<'_>, Place),
) -> Result<(), CompareError> {
    let message = match rest {
        Rest::Nothing => return Ok(()),
        Rest::Anything => "reader has a schema for it, writer takes anything",
        // The direction is the registry's.
        Rest::Schema(covering) => {
            if ours_open && walk.compatible(covering, ours)? {
                return Ok(());
            }
            "reader has a schema for it, writer has another"
        }
    };
    walk.add(rule, ours.place(), place, || message.to_owned());
    Ok(())
}

/// A property or item that only the writer has: what the reader takes there must take it.
pub(super) fn member_removed(
    walk: &mut Walk,
    rule: &'static Rule,
    (rest, place): (&Rest<'_>, Place),
    theirs: &Node<'_>,
) -> Result<(), CompareError> {
    let message = match rest {
        Rest::Anything => return Ok(()),
        Rest::Nothing => "writer has a schema for it, reader takes nothing there",
        Rest::Schema(covering) => {
            if walk.compatible(covering, theirs)? {
                return Ok(());
            }
            "reader's schema for other members does not take what writer has there"
        }
    };
    walk.add(rule, place, theirs.place(), || message.to_owned());
    Ok(())
}
