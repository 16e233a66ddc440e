//! Objects: properties by the content model, what is required, dependencies, bounds.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::content::{self, Content};
use super::view::{Kind, view};
use super::walk::{Judged, Walk};
use crate::compatibility::finding::Finding;
use crate::compatibility::json::keyword::Keyword;
use crate::compatibility::json::{
    additional_properties_narrowed, additional_properties_removed, dependency_added, max_properties, min_properties,
    property_added_not_covered, property_added_to_open_model, property_removed_from_closed_model,
    property_removed_not_covered, required_added, required_property_added,
};
use crate::schema::json_document::Node;

const KEYWORDS: [&Keyword; 2] = [&max_properties::KEYWORD, &min_properties::KEYWORD];

pub(super) fn compare<'a>(walk: &mut Walk<'a>, older: &Node<'a>, newer: &Node<'a>) -> Judged {
    let mut findings = walk.keywords(&KEYWORDS, older, newer);
    findings.extend(dependencies(walk, older, newer)?);
    for keyword in ["additionalProperties", "unevaluatedProperties"] {
        findings.extend(additional(walk, older, newer, keyword)?);
    }
    let was: BTreeMap<&str, Node<'a>> = older.named("properties").into_iter().collect();
    let is: BTreeMap<&str, Node<'a>> = newer.named("properties").into_iter().collect();
    let (required_before, required) = (required(older), required(newer));
    for (name, property) in &was {
        match is.get(name) {
            None => findings.extend(removed(walk, newer, name, property)?),
            Some(now) => {
                findings.extend(walk.nodes(property, now)?);
                let has_default = now.get("default").is_some();
                if required.contains(name) && !required_before.contains(name) && !has_default {
                    let message = format!("writer may leave out `{name}`, reader requires it and has no default");
                    findings.push(walk.found(&required_added::RULE, older, newer, "required", &message));
                }
            }
        }
    }
    for (name, property) in &is {
        if !was.contains_key(name) {
            findings.extend(added(walk, older, (name, property, required.contains(name)))?);
        }
    }
    Ok(findings)
}

/// A property that the newer schema alone declares.
fn added<'a>(walk: &mut Walk<'a>, older: &Node<'a>, (name, property, required): (&str, &Node<'a>, bool)) -> Judged {
    walk.patterns(older, name)?;
    let content = content::of_property(older, name);
    let is_open = matches!(content, Content::Open);
    let takes_anything = matches!(view(walk.newer.schema, property).kind, Kind::Empty);
    if is_open && takes_anything {
        return Ok(Vec::new());
    }
    if required && property.get("default").is_none() {
        let message = format!("writer does not know `{name}`, reader requires it and has no default");
        return Ok(vec![walk.found(
            &required_property_added::RULE,
            older,
            property,
            "",
            &message,
        )]);
    }
    match content {
        Content::Open if walk.lenient => Ok(Vec::new()),
        Content::Open => {
            let message = format!("writer may write anything as `{name}`, reader has a schema for it");
            let rule = &property_added_to_open_model::RULE;
            Ok(vec![walk.found(rule, older, property, "", &message)])
        }
        Content::Covered(schema) => {
            let within = walk.nodes(&schema, property)?;
            Ok(uncovered(&within).map_or(Vec::new(), |why| {
                let message = format!("writer allows `{name}` otherwise than reader wants it ({why})");
                vec![walk.found(&property_added_not_covered::RULE, &schema, property, "", &message)]
            }))
        }
        Content::Closed => Ok(Vec::new()),
    }
}

/// A property that the older schema alone declares.
fn removed<'a>(walk: &mut Walk<'a>, newer: &Node<'a>, name: &str, property: &Node<'a>) -> Judged {
    walk.patterns(newer, name)?;
    match content::of_property(newer, name) {
        Content::Open => Ok(Vec::new()),
        Content::Covered(schema) => {
            let within = walk.nodes(property, &schema)?;
            Ok(uncovered(&within).map_or(Vec::new(), |why| {
                let message = format!("writer has `{name}`, which reader allows otherwise only ({why})");
                vec![walk.found(&property_removed_not_covered::RULE, property, &schema, "", &message)]
            }))
        }
        Content::Closed => {
            let nothing = matches!(view(walk.older.schema, property).kind, Kind::False);
            if nothing || walk.lenient {
                return Ok(Vec::new());
            }
            let message = format!("writer has `{name}`, reader allows no property that it does not declare");
            let rule = &property_removed_from_closed_model::RULE;
            Ok(vec![walk.found(rule, property, newer, "", &message)])
        }
    }
}

/// The first reason for which a schema does not cover another.
pub(super) fn uncovered(within: &[Finding]) -> Option<String> {
    let first = within.first()?;
    Some(format!("{}: {}", first.rule.id, first.message))
}

/// Properties beyond those that are declared, as one keyword has them.
fn additional<'a>(walk: &mut Walk<'a>, older: &Node<'a>, newer: &Node<'a>, keyword: &str) -> Judged {
    let closes = |node: &Node<'_>| node.get(keyword) == Some(&Value::Bool(false));
    match (content::schema_of(older, keyword), content::schema_of(newer, keyword)) {
        (Some(was), Some(is)) => walk.nodes(&was, &is),
        // LENIENT lets an open object be closed.
        _ if walk.lenient => Ok(Vec::new()),
        (_, None) if closes(newer) && !closes(older) => {
            let message = "writer may have further properties, reader allows none";
            let rule = &additional_properties_removed::RULE;
            Ok(vec![walk.found(rule, older, newer, keyword, message)])
        }
        (None, Some(_)) if !closes(older) => {
            let message = "writer may have any further property, reader wants those of a schema";
            let rule = &additional_properties_narrowed::RULE;
            Ok(vec![walk.found(rule, older, newer, keyword, message)])
        }
        _ => Ok(Vec::new()),
    }
}

/// `dependencies` and what became of it: names, or a schema, by property.
fn dependencies<'a>(walk: &mut Walk<'a>, older: &Node<'a>, newer: &Node<'a>) -> Judged {
    let collect = |node: &Node<'a>| -> Vec<(&'a str, Node<'a>)> {
        ["dependencies", "dependentRequired", "dependentSchemas"]
            .into_iter()
            .flat_map(|keyword| node.named(keyword))
            .collect()
    };
    let was = collect(older);
    let mut findings = Vec::new();
    for (name, is) in collect(newer) {
        let same_kind =
            |(other, node): &&(&str, Node<'a>)| *other == name && node.value.is_array() == is.value.is_array();
        let Some((_, before)) = was.iter().find(same_kind) else {
            let message = format!("writer asks nothing beside `{name}`, reader does");
            findings.push(walk.found(&dependency_added::RULE, older, &is, "", &message));
            continue;
        };
        match (before.value.as_array(), is.value.as_array()) {
            (Some(before_names), Some(names)) => {
                if names.iter().any(|name| !before_names.contains(name)) {
                    let message = format!("reader wants more beside `{name}` than writer");
                    findings.push(walk.found(&dependency_added::RULE, before, &is, "", &message));
                }
            }
            _ => findings.extend(walk.nodes(before, &is)?),
        }
    }
    Ok(findings)
}

fn required<'a>(node: &Node<'a>) -> HashSet<&'a str> {
    let names = node.get("required").and_then(Value::as_array).into_iter().flatten();
    names.filter_map(Value::as_str).collect()
}
