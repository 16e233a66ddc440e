//! The comparison with a committed JSON Schema.

use std::cmp::Ordering;

use super::super::contract::{inherited, same_text, same_texts};
use super::super::json::text_pattern;
use super::super::message::Message;
use super::super::shape::{DecimalForm, Field, Literal, Shape};
use super::keywords::{self, Chain};
use super::names::{Names, assert_no_name_on_one_side};
use super::place::{Place, Trail, fail, is_full_name};
use super::words;
use super::{Default, Fields, fields_at};

/// A value as a `.json` file describes it; what a reference names is in its place, unless it is within itself or in no
/// file.
#[derive(Clone, Copy, Debug)]
pub struct JsonType {
    /// Its form.
    pub kind: JsonKind,
    /// The keywords that bound it, those of `allOf` among them.
    pub keywords: &'static [(&'static str, JsonValue)],
}

/// The form of a value.
#[derive(Clone, Copy, Debug)]
pub enum JsonKind {
    /// Anything.
    Any,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// One of these strings.
    Enum(&'static [&'static str]),
    /// A definition by its full name, one of these strings.
    Symbols(&'static str, &'static [&'static str]),
    /// `array` of these items.
    Array(&'static JsonType),
    /// `object` with any names and these values.
    Map(&'static JsonType),
    /// A definition by its full name, with its properties in the order of their names.
    Object(&'static str, &'static [JsonProperty]),
    /// `oneOf` null and this.
    Optional(&'static JsonType),
    /// `oneOf` objects with one property each.
    Union(&'static [JsonProperty]),
    /// A definition by its full name alone.
    Named(&'static str),
    /// A form that no type has here, in the words of the file.
    Other(&'static str),
}

/// The value of a keyword.
#[derive(Clone, Copy, Debug)]
pub enum JsonValue {
    /// A number: the nearest double, and its digits as the file has them.
    Number(f64, &'static str),
    /// A text.
    Text(&'static str),
}

/// A property of an object.
#[derive(Clone, Copy, Debug)]
pub struct JsonProperty {
    /// The name.
    pub name: &'static str,
    /// The value.
    pub ty: JsonType,
    /// The default.
    pub default: Default,
    /// Whether it must be there.
    pub required: bool,
}

/// Panics (at compile time) unless the file says of the record's field, or of those that a flattened one stands for, what
/// the type says.
#[track_caller]
pub const fn assert_json_field(
    record: &'static Shape,
    index: usize,
    namespace: &str,
    committed: &[JsonProperty],
    file: &str,
) {
    let fields = fields_at(record, index);
    let mut place = 0;
    while let Some(field) = fields.nth(place) {
        if let Some(property) = find(committed, field.name) {
            let trail = Trail::Field(field.name);
            let place = Place {
                file,
                trail: &trail,
                namespace,
            };
            compare_property(field.shape, field.default, property, place);
        }
        place += 1;
    }
}

#[track_caller]
const fn compare_property(shape: &Shape, default: Option<Literal>, committed: &JsonProperty, place: Place<'_>) {
    compare(shape, None, &committed.ty, place);
    committed.default.compare(shape, default, place);
    let required = default.is_none() && !matches!(shape.plain(), Shape::Optional(_));
    if required != committed.required {
        let mut message = place.message();
        message.push(if required {
            "the struct's field is required, the file's property is not"
        } else {
            "the file's property is required, the struct's field is not"
        });
        fail(message);
    }
}

#[track_caller]
const fn compare(shape: &Shape, constraints: Option<&Chain<'_>>, committed: &JsonType, place: Place<'_>) {
    match (shape, &committed.kind) {
        (
            Shape::Constrained {
                shape,
                constraints: list,
            },
            _,
        ) => {
            let chain = Chain {
                list,
                rest: constraints,
            };
            return compare(shape, Some(&chain), committed, place);
        }
        (Shape::Optional(inner), JsonKind::Any) if matches!(inner.plain(), Shape::Json) => return,
        (Shape::Optional(inner), JsonKind::Optional(value)) => return compare(inner, constraints, value, place),
        (Shape::Array(items), JsonKind::Array(value)) => {
            let trail = Trail::Items(place.trail);
            compare(items, None, value, place.at(&trail));
        }
        (Shape::Map(values), JsonKind::Map(value)) => {
            let trail = Trail::Values(place.trail);
            compare(values, None, value, place.at(&trail));
        }
        (Shape::Record(record), JsonKind::Object(name, properties))
            if is_full_name(name, inherited(record.namespace, place.namespace), record.name) =>
        {
            compare_properties(
                record.fields,
                properties,
                inherited(record.namespace, place.namespace),
                place,
            );
            return;
        }
        (Shape::Record(record), JsonKind::Named(name))
            if is_full_name(name, inherited(record.namespace, place.namespace), record.name) =>
        {
            return;
        }
        (Shape::Recursive(record), JsonKind::Named(name) | JsonKind::Object(name, _))
            if is_full_name(name, inherited(record.namespace, place.namespace), record.name) =>
        {
            return;
        }
        (Shape::Union(union), JsonKind::Union(branches)) if union.branches.len() == branches.len() => {
            let mut index = 0;
            while index < branches.len() {
                let trail = Trail::Member(place.trail, union.branches[index].name);
                if !same_text(union.branches[index].name, branches[index].name) {
                    differ(shape, committed, place);
                }
                compare(union.branches[index].shape, None, &branches[index].ty, place.at(&trail));
                index += 1;
            }
            return;
        }
        (Shape::Enum(symbols), JsonKind::Enum(texts)) if same_texts(symbols.symbols, texts) => {}
        (Shape::Enum(symbols), JsonKind::Symbols(name, texts))
            if is_full_name(name, inherited(symbols.namespace, place.namespace), symbols.name)
                && same_texts(symbols.symbols, texts) => {}
        // A shared enum stands in a document of its own.
        (Shape::Enum(symbols), JsonKind::Named(name))
            if is_full_name(name, inherited(symbols.namespace, place.namespace), symbols.name) =>
        {
            return;
        }
        (Shape::Json, JsonKind::Any) | (Shape::Boolean, JsonKind::Boolean) => {}
        (Shape::Integer(_) | Shape::Duration, JsonKind::Integer) => {}
        (Shape::Float | Shape::Double, JsonKind::Number) => {}
        (
            Shape::Decimal {
                json: DecimalForm::Number,
                ..
            },
            JsonKind::Number,
        ) => {}
        (Shape::String | Shape::Bytes | Shape::Fixed(_), JsonKind::String) => {}
        (
            Shape::Decimal {
                json: DecimalForm::String,
                ..
            },
            JsonKind::String,
        ) => {}
        (shape, JsonKind::String) if text_pattern(shape).is_some() => {}
        _ => differ(shape, committed, place),
    }
    keywords::compare(shape, constraints, committed, place);
}

#[track_caller]
const fn compare_properties(fields: &'static [Field], committed: &[JsonProperty], namespace: &str, place: Place<'_>) {
    let fields = Fields::of(fields);
    let mut count = 0;
    while let Some(field) = fields.nth(count) {
        let Some(property) = find(committed, field.name) else {
            assert_no_name_on_one_side(fields, Names::Json(committed), place.message());
            return;
        };
        let trail = Trail::Member(place.trail, field.name);
        let place = Place {
            file: place.file,
            trail: &trail,
            namespace,
        };
        compare_property(field.shape, field.default, property, place);
        count += 1;
    }
    // Every field is in the file, and no name is there twice: as many are the same.
    if count != committed.len() {
        assert_no_name_on_one_side(fields, Names::Json(committed), place.message());
    }
}

/// The property of this name; they are in the order of their names, because the compiler counts the steps of a constant.
const fn find<'a>(properties: &'a [JsonProperty], name: &str) -> Option<&'a JsonProperty> {
    let (mut low, mut high) = (0, properties.len());
    while low < high {
        let middle = low.midpoint(high);
        match order(properties[middle].name.as_bytes(), name.as_bytes()) {
            Ordering::Equal => return Some(&properties[middle]),
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
        }
    }
    None
}

const fn order(mut a: &[u8], mut b: &[u8]) -> Ordering {
    while let ([first, rest_a @ ..], [second, rest_b @ ..]) = (a, b) {
        if *first != *second {
            return if *first < *second {
                Ordering::Less
            } else {
                Ordering::Greater
            };
        }
        (a, b) = (rest_a, rest_b);
    }
    match (a, b) {
        ([], []) => Ordering::Equal,
        ([], _) => Ordering::Less,
        _ => Ordering::Greater,
    }
}

#[track_caller]
const fn differ(shape: &Shape, committed: &JsonType, place: Place<'_>) -> ! {
    let mut message = place.message();
    message.push("the struct has ");
    words::json(shape, place.namespace, &mut message);
    message.push(", the file has ");
    describe_committed(committed, &mut message);
    fail(message)
}

const fn describe_committed(committed: &JsonType, message: &mut Message) {
    match &committed.kind {
        JsonKind::Any => message.push("JSON of any form"),
        JsonKind::Boolean => message.push("boolean"),
        JsonKind::Integer => message.push("integer"),
        JsonKind::Number => message.push("number"),
        JsonKind::String => {
            message.push("string");
            let mut index = 0;
            while index < committed.keywords.len() {
                if let (name, JsonValue::Text(text)) = committed.keywords[index]
                    && (same_text(name, "format") || same_text(name, "contentEncoding"))
                {
                    message.push(" (");
                    message.push(text);
                    message.push(")");
                }
                index += 1;
            }
        }
        JsonKind::Enum(symbols) => {
            message.push("one of ");
            message.push_list(symbols);
        }
        JsonKind::Symbols(name, symbols) => {
            message.push("the enum ");
            message.push(name);
            message.push(" of ");
            message.push_list(symbols);
        }
        JsonKind::Array(items) => {
            message.push("an array of ");
            describe_committed(items, message);
        }
        JsonKind::Map(values) => {
            message.push("a map of ");
            describe_committed(values, message);
        }
        JsonKind::Object(name, _) => {
            message.push("the object ");
            message.push(name);
        }
        JsonKind::Optional(value) => {
            message.push("[null, ");
            describe_committed(value, message);
            message.push("]");
        }
        JsonKind::Union(branches) => {
            message.push("a union of ");
            let mut index = 0;
            while index < branches.len() {
                message.push(if index > 0 { ", " } else { "" });
                message.push(branches[index].name);
                index += 1;
            }
        }
        JsonKind::Named(name) | JsonKind::Other(name) => message.push(name),
    }
}
