//! The schemas that stand at the same place in two JSON Schemas, each pair shown once.
//!
//! Knows no lint and not whether a registry approves. References are followed and the `null` beside a schema is left out,
//! so that `$ref` for a copy and optional for required do not hide what is within.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};

use super::json_tree::{Budget, Members, Node, resolved, root};
use crate::schema::json_document::{JsonDocument, finds};

/// Two schemas.
pub(super) struct JsonPair<'a> {
    pub(super) older: Node<'a>,
    pub(super) newer: Node<'a>,
    /// The members of both as they stand, no reference followed and no `null` left out.
    pub(super) written: (&'a Members, &'a Members),
    /// Whether they are the whole texts.
    pub(super) roots: bool,
}

/// Shows every pair. False if there are more than are looked at.
#[must_use]
pub(super) fn walk<'a>(older: &'a JsonDocument, newer: &'a JsonDocument, visit: &mut dyn FnMut(&JsonPair<'a>)) -> bool {
    let mut budget = Budget::new();
    let mut line = VecDeque::from_iter(root(older).zip(root(newer)).map(|(one, other)| (one, other, true)));
    let mut seen: HashSet<(usize, usize)> = HashSet::new();
    while let Some((one, other, roots)) = line.pop_front() {
        let written = (one.members, other.members);
        let (Some(one), Some(other)) = (resolved(older, one), resolved(newer, other)) else {
            continue;
        };
        if !seen.insert((one.address(), other.address())) {
            continue;
        }
        let mut of_older: HashMap<(&str, Cow<'a, str>), Node<'a>> = HashMap::new();
        for (keyword, name, child) in one.children(&mut budget) {
            of_older.insert((keyword, name), child);
        }
        for (keyword, name, child) in other.children(&mut budget) {
            // Definitions are compared where they are used, conditions as a whole.
            if matches!(keyword, "$defs" | "definitions" | "if" | "then" | "else") {
                continue;
            }
            match of_older.remove(&(keyword, name.clone())) {
                Some(same) => line.push_back((same, child, false)),
                None if keyword == "properties" => {
                    line.extend(covering(&one, &name, &mut budget).map(|cover| (cover, child, false)));
                }
                None => {}
            }
        }
        for ((keyword, name), child) in of_older {
            if keyword == "properties" {
                line.extend(covering(&other, &name, &mut budget).map(|cover| (child, cover, false)));
            }
        }
        if budget.is_exhausted() {
            return false;
        }
        visit(&JsonPair {
            older: one,
            newer: other,
            written,
            roots,
        });
    }
    true
}

/// What a pattern costs: it is read anew for each name.
const PATTERN_BYTES: usize = 1_000;

/// The schema that an object has for a name that it does not declare: of the first pattern that is found in the name, else
/// of `additionalProperties`.
fn covering<'a>(object: &Node<'a>, name: &str, budget: &mut Budget) -> Option<Node<'a>> {
    for (pattern, _) in object.named("patternProperties").into_iter().flatten() {
        if !budget.spend(PATTERN_BYTES + pattern.len() + name.len()) {
            return None;
        }
        if finds(pattern, name) {
            return object.child(&["patternProperties", pattern], budget);
        }
    }
    object.child(&["additionalProperties"], budget)
}
