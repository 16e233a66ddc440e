//! What the compiler checks about flattened records: that no two fields come to stand under one name.

use super::contract::same_text;
use super::message::Message;
use super::shape::{Field, Shape};

/// Panics (at compile time) if the record of the flattened field with this number has a field whose name another one of
/// the record around it has: one that is not flattened, or one of a record that is flattened before.
#[track_caller]
pub const fn assert_distinct_fields(shape: &Shape, flattened: usize) {
    let Shape::Record(around) = shape.plain() else { return };
    let Shape::Record(inner) = around.fields[flattened].shape.plain() else {
        return;
    };
    let (before, rest) = around.fields.split_at(flattened);
    let mut index = 0;
    while index < rest.len() {
        if !rest[index].flatten && has_field(inner.fields, rest[index].name) {
            same_field(rest[index].name);
        }
        index += 1;
    }
    if let Some(name) = shared_field(before, inner.fields) {
        same_field(name);
    }
}

#[track_caller]
const fn same_field(name: &str) -> ! {
    let mut message = Message::new();
    message.push("the field ");
    message.push_code(name);
    message.push(" of the flattened record has the name of another field of this record");
    message.end("; give one of them another with `#[event(rename = \"...\")]`");
    panic!("{}", message.as_str())
}

/// The name that some field of the one and some field of the other have, those of flattened records among them.
const fn shared_field(one: &[Field], other: &[Field]) -> Option<&'static str> {
    let mut index = 0;
    while index < one.len() {
        let shared = match one[index].shape.plain() {
            Shape::Record(record) if one[index].flatten => shared_field(record.fields, other),
            _ if has_field(other, one[index].name) => Some(one[index].name),
            _ => None,
        };
        if shared.is_some() {
            return shared;
        }
        index += 1;
    }
    None
}

/// Whether a field has the name, those of flattened records among them.
const fn has_field(fields: &[Field], name: &str) -> bool {
    let mut index = 0;
    while index < fields.len() {
        let found = match fields[index].shape.plain() {
            Shape::Record(record) if fields[index].flatten => has_field(record.fields, name),
            _ => same_text(fields[index].name, name),
        };
        if found {
            return true;
        }
        index += 1;
    }
    false
}
