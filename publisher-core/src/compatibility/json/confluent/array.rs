//! Arrays: one schema for all items, listed items by the content model, bounds.

use super::content::{self, Content};
use super::object::uncovered;
use super::view::{Kind, view};
use super::walk::{Judged, Walk};
use crate::compatibility::json::keyword::Keyword;
use crate::compatibility::json::{
    additional_items_narrowed, additional_items_removed, item_added_not_covered, item_added_to_open_model,
    item_removed_from_closed_model, item_removed_not_covered, max_contains, max_items, min_contains, min_items,
    subschema_added, unique_items,
};
use crate::schema::json_document::Node;
use serde_json::Value;

const KEYWORDS: [&Keyword; 5] = [
    &max_items::KEYWORD,
    &min_items::KEYWORD,
    &unique_items::KEYWORD,
    &max_contains::KEYWORD,
    &min_contains::KEYWORD,
];

pub(super) fn compare<'a>(walk: &mut Walk<'a>, older: &Node<'a>, newer: &Node<'a>) -> Judged {
    let mut findings = walk.keywords(&KEYWORDS, older, newer);
    match (content::every_item(older), content::every_item(newer)) {
        (Some(was), Some(is)) => findings.extend(walk.nodes(&was, &is)?),
        (None, Some(is)) => {
            let message = "writer has no schema for all items, reader has";
            findings.push(walk.found(&subschema_added::RULE, older, &is, "", message));
        }
        (_, None) => {}
    }
    let (was, is) = (content::listed(older), content::listed(newer));
    findings.extend(beyond(walk, older, newer)?);
    findings.extend(unevaluated(walk, older, newer)?);
    let (was, is) = (was.unwrap_or_default(), is.unwrap_or_default());
    for (was, is) in was.iter().zip(&is) {
        findings.extend(walk.nodes(was, is)?);
    }
    for item in is.iter().skip(was.len()) {
        findings.extend(added(walk, older, item)?);
    }
    for item in was.iter().skip(is.len()) {
        findings.extend(removed(walk, newer, item)?);
    }
    Ok(findings)
}

fn added<'a>(walk: &mut Walk<'a>, older: &Node<'a>, item: &Node<'a>) -> Judged {
    match content::of_items(older) {
        Content::Open if matches!(view(walk.newer.schema, item).kind, Kind::Empty) => Ok(Vec::new()),
        Content::Open => {
            let message = "writer may write anything as this item, reader has a schema for it";
            Ok(vec![walk.found(
                &item_added_to_open_model::RULE,
                older,
                item,
                "",
                message,
            )])
        }
        Content::Covered(schema) => {
            let within = walk.nodes(&schema, item)?;
            Ok(uncovered(&within).map_or(Vec::new(), |why| {
                let message = format!("writer allows this item otherwise than reader wants it ({why})");
                vec![walk.found(&item_added_not_covered::RULE, &schema, item, "", &message)]
            }))
        }
        Content::Closed => Ok(Vec::new()),
    }
}

fn removed<'a>(walk: &mut Walk<'a>, newer: &Node<'a>, item: &Node<'a>) -> Judged {
    match content::of_items(newer) {
        Content::Open => Ok(Vec::new()),
        Content::Covered(schema) => {
            let within = walk.nodes(item, &schema)?;
            Ok(uncovered(&within).map_or(Vec::new(), |why| {
                let message = format!("writer has this item, which reader allows otherwise only ({why})");
                vec![walk.found(&item_removed_not_covered::RULE, item, &schema, "", &message)]
            }))
        }
        Content::Closed if matches!(view(walk.older.schema, item).kind, Kind::False) => Ok(Vec::new()),
        Content::Closed => {
            let message = "writer has this item, reader allows no further ones";
            Ok(vec![walk.found(
                &item_removed_from_closed_model::RULE,
                item,
                newer,
                "",
                message,
            )])
        }
    }
}

/// Items beyond the listed ones; `additionalItems` counts here also where none are listed.
fn beyond<'a>(walk: &mut Walk<'a>, older: &Node<'a>, newer: &Node<'a>) -> Judged {
    // A schema for all items of the one is not one for further items of the other.
    let of = |node: &Node<'a>| match content::every_item(node) {
        Some(_) if content::beyond(node) == "items" => (None, None),
        _ => (
            content::schema_of(node, content::beyond(node)),
            node.get(content::beyond(node)),
        ),
    };
    let ((was, before), (is, now)) = (of(older), of(newer));
    let closes = |value: Option<&Value>| value == Some(&Value::Bool(false));
    match (was, is) {
        (Some(was), Some(is)) => walk.nodes(&was, &is),
        (_, None) if closes(now) && !closes(before) => {
            let message = "writer may have further items, reader allows none";
            let rule = &additional_items_removed::RULE;
            Ok(vec![walk.found(rule, older, newer, content::beyond(newer), message)])
        }
        (None, Some(is)) if !closes(before) => {
            let message = "writer may have any further item, reader wants those of a schema";
            Ok(vec![walk.found(
                &additional_items_narrowed::RULE,
                older,
                &is,
                "",
                message,
            )])
        }
        _ => Ok(Vec::new()),
    }
}

/// Items that no other keyword has looked at.
fn unevaluated<'a>(walk: &mut Walk<'a>, older: &Node<'a>, newer: &Node<'a>) -> Judged {
    const KEYWORD: &str = "unevaluatedItems";
    let closes = |node: &Node<'_>| node.get(KEYWORD) == Some(&Value::Bool(false));
    match (content::schema_of(older, KEYWORD), content::schema_of(newer, KEYWORD)) {
        (Some(was), Some(is)) => walk.nodes(&was, &is),
        (_, None) if closes(newer) && !closes(older) => {
            let message = "writer may have further items, reader allows none";
            let rule = &additional_items_removed::RULE;
            Ok(vec![walk.found(rule, older, newer, KEYWORD, message)])
        }
        (None, Some(_)) if !closes(older) => {
            let message = "writer may have any further item, reader wants those of a schema";
            let rule = &additional_items_narrowed::RULE;
            Ok(vec![walk.found(rule, older, newer, KEYWORD, message)])
        }
        _ => Ok(Vec::new()),
    }
}
