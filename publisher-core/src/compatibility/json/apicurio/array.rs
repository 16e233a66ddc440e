//! Arrays: counts, uniqueness, one schema for all items or one for each, and `contains`.

use serde_json::Value;

use super::node::Node;
use super::number::compare_limits;
use super::object::{Rest, compare_rest, member_added, member_removed, rest};
use super::part::Draft;
use super::rules::{
    ADDITIONAL_ITEMS, CONTAINS_ADDED, ITEM_ADDED, ITEM_REMOVED, ITEMS_ADDED, MAX_ITEMS, MIN_ITEMS, UNIQUE_ITEMS,
};
use super::walk::Walk;
use crate::compatibility::compare::CompareError;

pub(super) fn compare(walk: &mut Walk, reader: &Node<'_>, writer: &Node<'_>) -> Result<(), CompareError> {
    compare_limits(walk, &MIN_ITEMS, ("minItems", true), reader, writer);
    compare_limits(walk, &MAX_ITEMS, ("maxItems", false), reader, writer);
    let unique = |node: &Node<'_>| node.get("uniqueItems") == Some(&Value::Bool(true));
    if unique(reader) && !unique(writer) {
        let places = (reader.keyword_place("uniqueItems"), writer.keyword_place("uniqueItems"));
        walk.add(&UNIQUE_ITEMS, places.0, places.1, || {
            "reader takes no item twice, writer does".to_owned()
        });
    }
    if let Some(ours) = for_all(reader) {
        match for_all(writer) {
            Some(theirs) => walk.visit(&ours, &theirs)?,
            None => walk.add(&ITEMS_ADDED, ours.place(), writer.keyword_place("items"), || {
                "reader has one schema for all items, writer has none".to_owned()
            }),
        }
    }
    compare_rest(walk, &ADDITIONAL_ITEMS, "additionalItems", reader, writer)?;
    compare_tuples(walk, reader, writer)?;
    let contains = |node: &Node<'_>| node.draft() >= Draft::Six;
    if let Some(ours) = reader.child("contains").filter(|_| contains(reader)) {
        match writer.child("contains").filter(|_| contains(writer)) {
            Some(theirs) => walk.visit(&ours, &theirs)?,
            None => walk.add(&CONTAINS_ADDED, ours.place(), writer.place(), || {
                "reader has `contains`, writer has none".to_owned()
            }),
        }
    }
    Ok(())
}

/// The one schema for all items.
fn for_all<'a>(node: &Node<'a>) -> Option<Node<'a>> {
    node.child("items").filter(|items| !items.value.is_array())
}

fn compare_tuples(walk: &mut Walk, reader: &Node<'_>, writer: &Node<'_>) -> Result<(), CompareError> {
    let (ours, theirs) = (reader.elements("items"), writer.elements("items"));
    // The registry compares tuples only where the reader has one.
    if ours.is_empty() {
        return Ok(());
    }
    let (ours_rest, theirs_rest) = (rest(reader, "additionalItems"), rest(writer, "additionalItems"));
    let ours_open = !matches!(ours_rest, Rest::Nothing);
    for index in 0..ours.len().max(theirs.len()) {
        match (ours.get(index), theirs.get(index)) {
            (Some(ours), Some(theirs)) => walk.visit(ours, theirs)?,
            (Some(ours), None) => {
                let place = writer.keyword_place("items");
                member_added(walk, &ITEM_ADDED, (ours, ours_open), (&theirs_rest, place))?;
            }
            (None, Some(theirs)) => {
                member_removed(walk, &ITEM_REMOVED, (&ours_rest, reader.keyword_place("items")), theirs)?;
            }
            (None, None) => {}
        }
    }
    Ok(())
}
