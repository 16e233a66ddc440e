//! The const comparison of a type with its committed schema: what differs is a compile error at the field.
//!
//! The derive reads the file and writes it down as plain data; here a const function walks it beside the shape. It
//! compares what readers depend on: names, order, types, symbols, defaults and the constraints of a JSON Schema. The
//! whole text, documentation included, is compared by the test that the derive emits. Does no I/O.

mod avro;
mod decimal;
mod json;
mod keywords;
mod names;
mod place;
mod words;

pub use avro::{AvroField, AvroType, assert_avro_field};
pub use json::{JsonKind, JsonProperty, JsonType, JsonValue, assert_json_field};
pub use names::assert_field_names;

use super::contract::default::number;
use super::contract::same_text;
use super::message::Message;
use super::range::pow10;
use super::shape::{Field, Literal, Shape};
use place::{Place, fail};

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

/// The fields of a record as its schema has them: those of a flattened record stand in its place.
#[derive(Clone, Copy)]
struct Fields {
    fields: &'static [Field],
    flattens: bool,
}

impl Fields {
    const fn of(fields: &'static [Field]) -> Self {
        let (mut flattens, mut index) = (false, 0);
        while index < fields.len() {
            flattens = flattens || fields[index].flatten;
            index += 1;
        }
        Self { fields, flattens }
    }

    /// Without a walk where nothing is flattened: the compiler counts the steps of a constant, and gives up.
    const fn nth(&self, place: usize) -> Option<&'static Field> {
        if self.flattens {
            nth_field(self.fields, place)
        } else if place < self.fields.len() {
            Some(&self.fields[place])
        } else {
            None
        }
    }
}

/// The one field at this place of the struct.
const fn fields_at(record: &'static Shape, index: usize) -> Fields {
    match record.plain() {
        Shape::Record(record) if index < record.fields.len() => {
            Fields::of(record.fields.split_at(index).1.split_at(1).0)
        }
        _ => Fields::of(&[]),
    }
}

const fn nth_field(fields: &'static [Field], place: usize) -> Option<&'static Field> {
    let (mut index, mut before) = (0, 0);
    while index < fields.len() {
        let count = width(&fields[index]);
        if place < before + count {
            return match fields[index].shape.plain() {
                Shape::Record(record) if fields[index].flatten => nth_field(record.fields, place - before),
                _ => Some(&fields[index]),
            };
        }
        before += count;
        index += 1;
    }
    None
}

/// How many fields of the schema a field is.
const fn width(field: &Field) -> usize {
    match field.shape.plain() {
        Shape::Record(record) if field.flatten => {
            let (mut index, mut count) = (0, 0);
            while index < record.fields.len() {
                count += width(&record.fields[index]);
                index += 1;
            }
            count
        }
        _ => 1,
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
                // Readers have doubles, and so has the file once it is read: digits beyond theirs say nothing.
                || (is_float(ours, theirs) && same_double(double(a, scale_a), double(b, scale_b)))
        }
        _ => false,
    }
}

const fn is_float(ours: Literal, theirs: Literal) -> bool {
    matches!(ours, Literal::Float(_)) || matches!(theirs, Literal::Float(_))
}

const fn double(mantissa: i128, scale: u32) -> f64 {
    mantissa as f64 / pow10(scale) as f64
}

/// Whether two numbers are one but for what reading and rounding their digits costs.
const fn same_double(a: f64, b: f64) -> bool {
    let (distance, size) = (a - b, if a < 0.0 { -a } else { a });
    let most = size * (4.0 * f64::EPSILON);
    -most <= distance && distance <= most
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
        Literal::Integer(value) => message.push_integer(value),
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
