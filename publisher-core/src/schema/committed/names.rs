//! The comparison of the fields' names: which are on one side only, and whether their order is the same.
//!
//! Knows nothing of types. A name that is on one side only shifts all behind it, so order is looked at last.

use super::super::contract::same_text;
use super::super::message::Message;
use super::super::shape::Shape;
use super::place::fail;
use super::{AvroField, Fields, JsonProperty};

/// The names of a file's fields, as they are written down.
#[derive(Clone, Copy)]
pub(super) enum Names<'a> {
    Alone(&'a [&'a str]),
    Avro(&'a [AvroField]),
    Json(&'a [JsonProperty]),
}

impl<'a> Names<'a> {
    const fn nth(&self, place: usize) -> Option<&'a str> {
        match self {
            Self::Alone(names) if place < names.len() => Some(names[place]),
            Self::Avro(fields) if place < fields.len() => Some(fields[place].name),
            Self::Json(properties) if place < properties.len() => Some(properties[place].name),
            _ => None,
        }
    }

    const fn has(&self, name: &str) -> bool {
        let mut index = 0;
        while let Some(other) = self.nth(index) {
            if same_text(other, name) {
                return true;
            }
            index += 1;
        }
        false
    }
}

/// Panics (at compile time) unless the record has exactly the fields of the file; in its order, where that matters.
#[track_caller]
pub const fn assert_field_names(shape: &'static Shape, committed: &[&str], ordered: bool, file: &str) {
    const fn beginning(file: &str) -> Message {
        let mut message = Message::new();
        message.push(file);
        message.push(": ");
        message
    }
    let Shape::Record(record) = shape.plain() else { return };
    let (fields, committed) = (Fields::of(record.fields), Names::Alone(committed));
    if !ordered {
        return assert_no_name_on_one_side(fields, committed, beginning(file));
    }
    let mut index = 0;
    loop {
        match (fields.nth(index), committed.nth(index)) {
            (None, None) => return,
            (Some(field), Some(name)) if same_text(field.name, name) => {}
            _ => {
                assert_no_name_on_one_side(fields, committed, beginning(file));
                other_order(fields, committed, index, beginning(file))
            }
        }
        index += 1;
    }
}

/// Panics (at compile time) if there are fields on one side only, and names them all.
#[track_caller]
pub(super) const fn assert_no_name_on_one_side(fields: Fields, committed: Names<'_>, mut message: Message) {
    let (ours, theirs) = (count_of_ours(fields, committed), count_of_theirs(fields, committed));
    if ours + theirs == 0 {
        return;
    }
    let (mut named, mut index) = (0, 0);
    while let Some(field) = fields.nth(index) {
        if !committed.has(field.name) {
            begin_name("the struct has the field", named, ours, &mut message);
            message.push_code(field.name);
            named += 1;
        }
        index += 1;
    }
    message.push(match (ours, theirs) {
        (0, _) => "",
        (_, 0) => ", the file has not",
        _ => ", the file has not; ",
    });
    (named, index) = (0, 0);
    while let Some(name) = committed.nth(index) {
        if !fields.has(name) {
            begin_name("the file has the field", named, theirs, &mut message);
            message.push_code(name);
            named += 1;
        }
        index += 1;
    }
    message.push(if theirs > 0 { ", the struct has not" } else { "" });
    fail(message)
}

/// Ends the compilation where both sides have the same names, at the first that stands elsewhere.
#[track_caller]
pub(super) const fn other_order(fields: Fields, committed: Names<'_>, place: usize, mut message: Message) -> ! {
    match (fields.nth(place), committed.nth(place)) {
        (Some(field), Some(name)) => {
            message.push("the order differs: the struct has the field ");
            message.push_code(field.name);
            message.push(" where the file has ");
            message.push_code(name);
        }
        (Some(field), None) => {
            message.push("the struct has twice the field ");
            message.push_code(field.name);
        }
        (None, name) => {
            message.push("the file has twice the field ");
            message.push_code(match name {
                Some(name) => name,
                None => "",
            });
        }
    }
    fail(message)
}

const fn begin_name(words: &str, before: usize, count: usize, message: &mut Message) {
    if before > 0 {
        message.push(", ");
        return;
    }
    message.push(words);
    message.push(if count > 1 { "s " } else { " " });
}

const fn count_of_ours(fields: Fields, committed: Names<'_>) -> usize {
    let (mut count, mut index) = (0, 0);
    while let Some(field) = fields.nth(index) {
        count += !committed.has(field.name) as usize;
        index += 1;
    }
    count
}

const fn count_of_theirs(fields: Fields, committed: Names<'_>) -> usize {
    let (mut count, mut index) = (0, 0);
    while let Some(name) = committed.nth(index) {
        count += !fields.has(name) as usize;
        index += 1;
    }
    count
}
