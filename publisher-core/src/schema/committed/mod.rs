//! The const comparison of a type with its committed schema: what differs is a compile error at the field.
//!
//! The derive reads the file and writes it down as plain data; here a const function walks it beside the shape. It
//! compares what readers depend on: names, order, types, symbols, defaults and the constraints of a JSON Schema. The
//! whole text, documentation included, is compared by the test that the derive emits. Does no I/O.

mod avro;
mod json;
mod message;

pub use avro::{AvroField, AvroType, assert_avro_field};
pub use json::{JsonKind, JsonProperty, JsonType, JsonValue, assert_json_field};

use std::cmp::Ordering;

use super::contract::{number, same_text};
use super::range::pow10;
use super::shape::{Field, Literal, Shape};
use message::{Message, Place, fail};

/// The default of a committed field.
#[derive(Clone, Copy, Debug)]
pub enum Default {
    /// There is none.
    None,
    /// `null`.
    Null,
    /// A value that an attribute can say.
    Literal(Literal),
    /// Any other, in the words of the file.
    Other(&'static str),
}

impl Default {
    #[track_caller]
    const fn compare(&self, shape: &Shape, ours: Option<Literal>, place: Place<'_>) {
        let same = match (ours, self) {
            (Some(ours), Self::Literal(theirs)) => same_literal(ours, *theirs),
            (None, Self::Null) => matches!(shape.plain(), Shape::Optional(_)),
            (None, Self::None) => !matches!(shape.plain(), Shape::Optional(_)),
            _ => false,
        };
        if same {
            return;
        }
        let mut message = place.message();
        message.push("the default of the struct's field is ");
        match ours {
            Some(literal) => describe_literal(literal, &mut message),
            None => message.push(if matches!(shape.plain(), Shape::Optional(_)) {
                "null"
            } else {
                "none"
            }),
        }
        message.push(", that of the file's is ");
        match self {
            Self::None => message.push("none"),
            Self::Null => message.push("null"),
            Self::Literal(literal) => describe_literal(*literal, &mut message),
            Self::Other(text) => message.push(text),
        }
        fail(message);
    }
}

/// Panics (at compile time) unless the record has exactly the fields of the file; in its order where that matters, else
/// the file's are sorted.
#[track_caller]
pub const fn assert_field_names(shape: &'static Shape, committed: &[&str], ordered: bool, file: &str) {
    let Shape::Record(record) = shape.plain() else { return };
    let count = assert_names_from(record.fields, committed, 0, ordered, file);
    // Each of ours is in the file: if the numbers are the same, so are the names.
    let mut index = 0;
    while count != committed.len() && index < committed.len() {
        if !has_field(record.fields, committed[index]) {
            one_sided(
                file,
                "the file has the field `",
                committed[index],
                "`, the struct has not",
            );
        }
        index += 1;
    }
}

/// From the field that has this place in the schema; gives the place behind the last one.
#[track_caller]
const fn assert_names_from(
    fields: &'static [Field],
    committed: &[&str],
    mut place: usize,
    ordered: bool,
    file: &str,
) -> usize {
    let mut index = 0;
    while index < fields.len() {
        let field = &fields[index];
        index += 1;
        if let Some(inner) = flattened(field) {
            place = assert_names_from(inner, committed, place, ordered, file);
            continue;
        }
        let found = if ordered {
            position(committed, field.name, place)
        } else {
            sorted_position(committed, field.name)
        };
        let Some(found) = found else {
            one_sided(file, "the struct has the field `", field.name, "`, the file has not");
        };
        if ordered && found != place {
            one_sided(
                file,
                "the order differs from the struct's at the field `",
                committed[if place < committed.len() { place } else { found }],
                "`",
            );
        }
        place += 1;
    }
    place
}

/// Where the name is; looked for at the place where it should be first.
const fn position(names: &[&str], name: &str, place: usize) -> Option<usize> {
    if place < names.len() && same_text(names[place], name) {
        return Some(place);
    }
    let mut index = 0;
    while index < names.len() {
        if same_text(names[index], name) {
            return Some(index);
        }
        index += 1;
    }
    None
}

const fn sorted_position(names: &[&str], name: &str) -> Option<usize> {
    let (mut from, mut to) = (0, names.len());
    while from < to {
        let middle = from.midpoint(to);
        match compare_texts(names[middle], name) {
            Ordering::Equal => return Some(middle),
            Ordering::Less => from = middle + 1,
            Ordering::Greater => to = middle,
        }
    }
    None
}

/// As `Ord` has it: by bytes.
const fn compare_texts(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a, b) {
            ([], []) => return Ordering::Equal,
            ([], _) => return Ordering::Less,
            (_, []) => return Ordering::Greater,
            ([first, rest_a @ ..], [second, rest_b @ ..]) => {
                if *first != *second {
                    return if *first < *second {
                        Ordering::Less
                    } else {
                        Ordering::Greater
                    };
                }
                (a, b) = (rest_a, rest_b);
            }
        }
    }
}

#[track_caller]
const fn one_sided(file: &str, before: &str, name: &str, behind: &str) -> ! {
    let mut message = Message::new();
    message.push(file);
    message.push(": ");
    message.push(before);
    message.push(name);
    message.push(behind);
    fail(message)
}

const fn has_field(fields: &'static [Field], name: &str) -> bool {
    let mut index = 0;
    while index < fields.len() {
        let found = match flattened(&fields[index]) {
            Some(inner) => has_field(inner, name),
            None => same_text(fields[index].name, name),
        };
        if found {
            return true;
        }
        index += 1;
    }
    false
}

/// The one field at this place of the struct.
const fn fields_at(record: &'static Shape, index: usize) -> &'static [Field] {
    match record.plain() {
        Shape::Record(record) if index < record.fields.len() => record.fields.split_at(index).1.split_at(1).0,
        _ => &[],
    }
}

/// The fields that stand in the place of a flattened one.
const fn flattened(field: &'static Field) -> Option<&'static [Field]> {
    if !field.flatten {
        return None;
    }
    match field.shape.plain() {
        Shape::Record(record) => Some(record.fields),
        _ => None,
    }
}

const fn same_literal(ours: Literal, theirs: Literal) -> bool {
    match (ours, theirs) {
        (Literal::Boolean(a), Literal::Boolean(b)) => a == b,
        (Literal::Integer(a), Literal::Integer(b)) => a == b,
        (Literal::String(a), Literal::String(b)) => same_text(a, b),
        (Literal::EmptyArray, Literal::EmptyArray) | (Literal::EmptyMap, Literal::EmptyMap) => true,
        (Literal::Integer(_) | Literal::Float(_), Literal::Integer(_) | Literal::Float(_)) => {
            let ((a, scale_a), (b, scale_b)) = (exact(ours), exact(theirs));
            let finest = if scale_a > scale_b { scale_a } else { scale_b };
            a * pow10(finest - scale_a) == b * pow10(finest - scale_b)
        }
        _ => false,
    }
}

const fn exact(literal: Literal) -> (i128, u32) {
    match literal {
        Literal::Integer(value) => (value as i128, 0),
        Literal::Float(text) => number(text),
        _ => (0, 0),
    }
}

const fn describe_literal(literal: Literal, message: &mut Message) {
    match literal {
        Literal::Boolean(true) => message.push("true"),
        Literal::Boolean(false) => message.push("false"),
        Literal::Integer(value) => {
            if value < 0 {
                message.push("-");
            }
            message.push_number(value.unsigned_abs() as usize);
        }
        Literal::Float(text) => message.push(text),
        Literal::String(text) => {
            message.push("\"");
            message.push(text);
            message.push("\"");
        }
        Literal::EmptyArray => message.push("[]"),
        Literal::EmptyMap => message.push("{}"),
    }
}
