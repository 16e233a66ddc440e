//! JSON Schema as Apicurio Registry 3 judges it.
//!
//! The registry reads drafts 4, 6 and 7 into parts (`part`, `node`), compares them pair by pair (`walk` and a module for
//! each kind of part), and counts a change as a break where a stricter reader could result. What it does that a
//! validator would not, and this does too:
//! - a property added to an open object is a break, optional or not; a required one is, default or not;
//! - a schema for anything that becomes any other is a break, and so is a type beside which another kind of keyword
//!   appears;
//! - only where the reader combines by `anyOf` may the combination change, and then its members are not looked at;
//! - members of a combination are paired greedily, see `combined`;
//! - `contentEncoding` and `contentMediaType` are seen only on an object that is nothing but a string;
//! - siblings of `$ref` are not seen; a reader's reference that is being followed is not followed again.
//!
//! Version 3.0.9, asked over its Confluent API, also answers with an error in place of a verdict, whatever the other
//! version is, and here a verdict is given all the same:
//! - for a text without `$schema` (read as draft-07) and a text that is `true` or `false`;
//! - where a member of a combination is `true` or `false` ("Value out of sequence"), or has a `contentEncoding` that
//!   belongs to no string beside another ("Duplicate key").
//!
//! - for types that hold any of each other by a `oneOf`: two of them it refuses although nothing has changed, on three
//!   it hangs. Here such walks are cut short, and the verdict is one of those to which its choices can lead.
//!
//! A text of a later draft than 7 it takes as a first version only; see the rule `json-draft-unknown`.

mod array;
mod combined;
mod conditional;
mod node;
mod number;
mod object;
mod part;
mod rules;
mod string;
mod walk;

use crate::compatibility::compare::CompareError;
use crate::compatibility::document::SchemaDocument;
use crate::compatibility::finding::{Finding, Place};
use crate::compatibility::rule::Rule;
use crate::compatibility::stack;
use crate::schema::json_document::JsonDocument;
use node::Node;
use walk::Walk;

/// The rules of this dialect.
pub(super) static RULES: &[&Rule] = rules::ALL;

/// As [`compare`](crate::compatibility::compare).
pub(super) fn compare(
    (reader, ours): (&SchemaDocument, &JsonDocument),
    (writer, theirs): (&SchemaDocument, &JsonDocument),
) -> Result<Vec<Finding>, CompareError> {
    stack::walk(|deepest| {
        let mut walk = Walk::new(deepest);
        walk_pair(&mut walk, (reader, ours), (writer, theirs))?;
        Ok(walk.findings())
    })
}

fn walk_pair(
    walk: &mut Walk,
    (reader, ours): (&SchemaDocument, &JsonDocument),
    (writer, theirs): (&SchemaDocument, &JsonDocument),
) -> Result<(), CompareError> {
    match (Node::root(reader, ours), Node::root(writer, theirs)) {
        (Some(reader), Some(writer)) => walk.visit(&reader, &writer)?,
        (ours, _) => {
            let (mut reader, mut writer) = (Place::default(), Place::default());
            let (side, unread) = if ours.is_none() {
                ("reader", &mut reader)
            } else {
                ("writer", &mut writer)
            };
            unread.pointer = "/$schema".to_owned();
            walk.add(&rules::DRAFT_UNKNOWN, reader, writer, || {
                format!("{side} is of a draft that the registry cannot compare")
            });
        }
    }
    Ok(())
}
