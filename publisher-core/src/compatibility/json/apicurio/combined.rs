//! Combinations, member against member, and lists of values.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::node::Node;
use super::part::{Criterion, Draft, Part};
use super::rules::{
    CONST_CHANGED, CRITERION_CHANGED, ENUM_NARROWED, MEMBER_NOT_COVERED, MEMBERS_ADDED, MEMBERS_REMOVED,
};
use super::walk::Walk;
use crate::compatibility::compare::CompareError;
use crate::compatibility::finding::Place;

pub(super) fn compare(
    walk: &mut Walk,
    (reader, ours): (&Node<'_>, Criterion),
    (writer, theirs): (&Node<'_>, Criterion),
) -> Result<(), CompareError> {
    let places = || (place(reader, ours), place(writer, theirs));
    if ours != theirs {
        if ours != Criterion::Any {
            let (reader, writer) = places();
            walk.add(&CRITERION_CHANGED, reader, writer, || {
                format!("reader combines by {}, writer by {}", ours.keyword(), theirs.keyword())
            });
        }
        // The registry looks no further: into an `anyOf` anything may become.
        return Ok(());
    }
    let (readers, writers) = (reader.members(), writer.members());
    // Equal members are sought on each side before any pair is compared.
    let most = readers.len().max(writers.len());
    walk.expect(most.saturating_mul(most))?;
    let message = || format!("reader has {} members, writer has {}", readers.len(), writers.len());
    if readers.len() < writers.len() {
        if ours != Criterion::All {
            let (reader, writer) = places();
            walk.add(&MEMBERS_REMOVED, reader, writer, message);
        }
        return Ok(());
    }
    if readers.len() > writers.len() && ours == Criterion::All {
        let (reader, writer) = places();
        walk.add(&MEMBERS_ADDED, reader, writer, message);
    }
    for index in unmatched(walk, &readers, &writers)? {
        walk.add(&MEMBER_NOT_COVERED, place(reader, ours), writers[index].place(), || {
            "reader has no member left that takes this one of the writer".to_owned()
        });
    }
    Ok(())
}

/// Where a combination is written; several kinds of keywords are written nowhere.
fn place(node: &Node<'_>, criterion: Criterion) -> Place {
    match node.part {
        Part::Types => node.keyword_place("type"),
        Part::Combined(_) => node.keyword_place(criterion.keyword()),
        _ => node.place(),
    }
}

/// Whether the registry prints two members alike: it has forgotten formats that it does not know, and what says no more
/// than its absence.
fn same(left: &Node<'_>, right: &Node<'_>) -> bool {
    left.part == right.part && printed_alike(left.value, right.value, left.draft())
}

fn printed_alike(left: &Value, right: &Value, draft: Draft) -> bool {
    let printed = |name: &str, value: &Value| match (name, value) {
        ("format", Value::String(format)) => draft.knows_format(format),
        ("additionalProperties" | "additionalItems", value) => *value != Value::Bool(true),
        ("uniqueItems", value) => *value != Value::Bool(false),
        _ => true,
    };
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let count =
                |members: &Map<String, Value>| members.iter().filter(|(name, value)| printed(name, value)).count();
            let mut members = left.iter().filter(|(name, value)| printed(name, value));
            count(left) == count(right)
                && members.all(|(name, ours)| {
                    let theirs = right.get(name).filter(|theirs| printed(name, theirs));
                    theirs.is_some_and(|theirs| printed_alike(ours, theirs, draft))
                })
        }
        (Value::Array(left), Value::Array(right)) => {
            let mut pairs = left.iter().zip(right);
            left.len() == right.len() && pairs.all(|(ours, theirs)| printed_alike(ours, theirs, draft))
        }
        _ => left == right,
    }
}

/// The writer's members for which no member of the reader is left.
///
/// The registry's choice: the member with the fewest candidates takes one, which is then lost to all others; a member
/// that still has candidates after that takes those too. So two members that both fit both of the reader's are a breach.
fn unmatched(walk: &mut Walk, readers: &[Node<'_>], writers: &[Node<'_>]) -> Result<Vec<usize>, CompareError> {
    let first = |nodes: &[Node<'_>], index: usize| (0..index).all(|earlier| !same(&nodes[earlier], &nodes[index]));
    let readers: Vec<&Node<'_>> = (0..readers.len())
        .filter(|index| first(readers, *index))
        .map(|index| &readers[index])
        .collect();
    let mut left: Vec<(usize, Vec<usize>)> = Vec::new();
    for (index, theirs) in writers.iter().enumerate().filter(|(index, _)| first(writers, *index)) {
        let mut candidates = Vec::new();
        for (number, ours) in readers.iter().enumerate() {
            if walk.compatible(ours, theirs)? {
                candidates.push(number);
            }
        }
        left.push((index, candidates));
    }
    let mut unmatched = Vec::new();
    while let Some(position) = (0..left.len()).min_by_key(|position| left[*position].1.len()) {
        match left[position].1.first().copied() {
            Some(taken) => {
                for (_, candidates) in &mut left {
                    candidates.retain(|candidate| *candidate != taken);
                }
            }
            None => unmatched.push(left[position].0),
        }
        if left[position].1.is_empty() {
            left.remove(position);
        }
    }
    unmatched.sort_unstable();
    Ok(unmatched)
}

/// `enum` and `const`; one value in either is the same.
pub(super) fn compare_values(walk: &mut Walk, reader: &Node<'_>, writer: &Node<'_>) {
    let theirs = values(writer);
    if reader.part == Part::Const {
        let ours = values(reader);
        if theirs.is_empty() || theirs.iter().any(|value| Some(value) != ours.first()) {
            let keyword = keyword(writer);
            walk.add(
                &CONST_CHANGED,
                reader.keyword_place("const"),
                writer.keyword_place(keyword),
                || format!("reader takes {}, writer has {}", texts(ours), texts(theirs)),
            );
        }
        return;
    }
    let ours = values(reader);
    // A list may be long: what is not a list or an object is found by its text.
    let known: HashSet<String> = ours.iter().map(Value::to_string).collect();
    let nested = |value: &Value| value.is_array() || value.is_object();
    for (index, value) in theirs.iter().enumerate() {
        let taken = known.contains(&value.to_string()) || nested(value) && ours.contains(value);
        if !taken {
            let place = match writer.part {
                Part::Const => writer.keyword_place("const"),
                _ => writer.member_place("enum", &index.to_string()),
            };
            walk.add(&ENUM_NARROWED, reader.keyword_place("enum"), place, || {
                format!("reader does not take {value}, which writer has")
            });
        }
    }
}

fn keyword(node: &Node<'_>) -> &'static str {
    if node.part == Part::Const { "const" } else { "enum" }
}

fn values<'a>(node: &Node<'a>) -> &'a [Value] {
    match node.part {
        Part::Const => node.get("const").map_or(&[], std::slice::from_ref),
        _ => node.list("enum"),
    }
}

fn texts(values: &[Value]) -> String {
    values.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")
}
