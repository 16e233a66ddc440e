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
///
/// A search begins behind the name that was found last: the compiler counts the steps of a constant, and gives up.
#[track_caller]
pub(super) const fn assert_no_name_on_one_side(fields: Fields, committed: Names<'_>, mut message: Message) {
    let (mut ours, mut count_of_ours) = (Message::new(), 0);
    let (mut index, mut near) = (0, 0);
    while let Some(field) = fields.nth(index) {
        match place_of(field.name, committed, near) {
            Some(place) => near = place + 1,
            None => add(field.name, &mut ours, &mut count_of_ours),
        }
        index += 1;
    }
    // Every field is in the file, and no name is there twice: as many are the same.
    if count_of_ours == 0 && committed.nth(index).is_none() {
        return;
    }
    let (mut theirs, mut count_of_theirs) = (Message::new(), 0);
    (index, near) = (0, 0);
    while let Some(name) = committed.nth(index) {
        match place_in(name, fields, near) {
            Some(place) => near = place + 1,
            None => add(name, &mut theirs, &mut count_of_theirs),
        }
        index += 1;
    }
    if count_of_ours > 0 {
        message.push("the struct has the field");
        message.push(if count_of_ours > 1 { "s " } else { " " });
        message.push(ours.as_str());
        message.push(", the file has not");
    }
    if count_of_theirs > 0 {
        message.push(if count_of_ours > 0 { "; " } else { "" });
        message.push("the file has the field");
        message.push(if count_of_theirs > 1 { "s " } else { " " });
        message.push(theirs.as_str());
        message.push(", the struct has not");
    }
    if count_of_ours + count_of_theirs > 0 {
        fail(message);
    }
}

/// The place of the name in the file, looked for from this one on and then from the beginning.
const fn place_of(name: &str, committed: Names<'_>, near: usize) -> Option<usize> {
    let mut index = near;
    while let Some(other) = committed.nth(index) {
        if same_text(other, name) {
            return Some(index);
        }
        index += 1;
    }
    index = 0;
    while index < near {
        if let Some(other) = committed.nth(index)
            && same_text(other, name)
        {
            return Some(index);
        }
        index += 1;
    }
    None
}

/// The place of the name in the struct, likewise.
const fn place_in(name: &str, fields: Fields, near: usize) -> Option<usize> {
    let mut index = near;
    while let Some(field) = fields.nth(index) {
        if same_text(field.name, name) {
            return Some(index);
        }
        index += 1;
    }
    index = 0;
    while index < near {
        if let Some(field) = fields.nth(index)
            && same_text(field.name, name)
        {
            return Some(index);
        }
        index += 1;
    }
    None
}

const fn add(name: &str, list: &mut Message, count: &mut usize) {
    list.push(if *count > 0 { ", " } else { "" });
    list.push_code(name);
    *count += 1;
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
