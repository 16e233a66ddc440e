//! The comparison with a committed JSON Schema.

use std::cmp::Ordering;

use super::super::base64;
use super::super::contract::{inherited, same_text, same_texts};
use super::super::json::text_pattern;
use super::super::message::Message;
use super::super::shape::{Bound, Constraint, DecimalForm, Field, Literal, Shape};
use super::names::{Names, assert_no_name_on_one_side};
use super::place::{Place, Trail, fail, is_full_name};
use super::words;
use super::{Default, Fields, fields_at, same_double};

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
    /// A number.
    Number(f64),
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

/// The constraints that hold for a value, from its type and from around it.
#[derive(Clone, Copy)]
struct Chain<'a> {
    list: &'a [Constraint],
    rest: Option<&'a Chain<'a>>,
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
    compare_keywords(shape, constraints, committed, place);
}

/// Every keyword that the shape asks for is in the file, and no other.
#[track_caller]
const fn compare_keywords(shape: &Shape, constraints: Option<&Chain<'_>>, committed: &JsonType, place: Place<'_>) {
    let mut expected = 0;
    if let Some(pattern) = text_pattern(shape) {
        expected += 1;
        expect("pattern", JsonValue::Text(pattern), committed, place);
    }
    match shape {
        Shape::Bytes | Shape::Fixed(_) => {
            expected += 1;
            expect("contentEncoding", JsonValue::Text("base64"), committed, place);
            if let Some(count) = byte_count(shape, constraints) {
                expected += 3;
                let length = JsonValue::Number(base64::text_length(count) as f64);
                expect("minLength", length, committed, place);
                expect("maxLength", length, committed, place);
                expect(
                    "pattern",
                    JsonValue::Text(base64::text_pattern(count)),
                    committed,
                    place,
                );
            }
        }
        _ => {}
    }
    let natural = match shape {
        Shape::Integer(width) => Some(width.json_range()),
        Shape::Duration => Some(super::super::shape::Integer::I64.json_range()),
        _ => None,
    };
    if let Some((least, most)) = natural {
        let (mut min, mut max) = (least as f64, most as f64);
        narrow(constraints, &mut min, &mut max);
        expected += 2;
        expect("minimum", JsonValue::Number(min), committed, place);
        expect("maximum", JsonValue::Number(max), committed, place);
    }
    let mut chain = constraints;
    while let Some(link) = chain {
        let mut index = 0;
        while index < link.list.len() {
            if let Some((keyword, value)) = keyword(shape, &link.list[index], natural.is_some()) {
                expected += 1;
                expect(keyword, value, committed, place);
            }
            index += 1;
        }
        chain = link.rest;
    }
    // A decimal's bounds are a pattern over its digits, or its own limits: the text alone tells whether they differ.
    // A format may stand beside its pattern.
    let comparable = !matches!(shape, Shape::Decimal { .. });
    let mut present = 0;
    let mut index = 0;
    while index < committed.keywords.len() {
        present += !same_text(committed.keywords[index].0, "format") as usize;
        index += 1;
    }
    if comparable && present > expected {
        let mut message = place.message();
        message.push("the file has constraints that the struct's field has not: ");
        let mut index = 0;
        while index < committed.keywords.len() {
            message.push(if index > 0 { ", " } else { "" });
            message.push(committed.keywords[index].0);
            index += 1;
        }
        fail(message);
    }
}

/// The number of bytes that the type has, if it is one only.
const fn byte_count(shape: &Shape, constraints: Option<&Chain<'_>>) -> Option<u32> {
    if let Shape::Fixed(fixed) = shape {
        return Some(fixed.size as u32);
    }
    // An array's own constraints stand nearest to its shape, and nothing else counts bytes.
    match constraints {
        Some(link) => base64::exact_count(link.list),
        None => None,
    }
}

/// Takes the narrower of two bounds, as the printer does.
const fn narrow(constraints: Option<&Chain<'_>>, min: &mut f64, max: &mut f64) {
    let mut chain = constraints;
    while let Some(link) = chain {
        let mut index = 0;
        while index < link.list.len() {
            match &link.list[index] {
                Constraint::Min(bound) if bound.double > *min => *min = bound.double,
                Constraint::Max(bound) if bound.double < *max => *max = bound.double,
                _ => {}
            }
            index += 1;
        }
        chain = link.rest;
    }
}

/// What the printer says of a constraint, unless it joins it with something else.
const fn keyword(shape: &Shape, constraint: &Constraint, bounded: bool) -> Option<(&'static str, JsonValue)> {
    const fn number(bound: &Bound) -> JsonValue {
        JsonValue::Number(bound.double)
    }
    if matches!(shape, Shape::Decimal { .. } | Shape::Bytes | Shape::Fixed(_)) {
        return None;
    }
    let map = matches!(shape, Shape::Map(_));
    match constraint {
        Constraint::Min(_) | Constraint::Max(_) if bounded => None,
        Constraint::Min(bound) => Some(("minimum", number(bound))),
        Constraint::Max(bound) => Some(("maximum", number(bound))),
        Constraint::ExclusiveMin(bound) => Some(("exclusiveMinimum", number(bound))),
        Constraint::ExclusiveMax(bound) => Some(("exclusiveMaximum", number(bound))),
        Constraint::MinLength(count) => Some(("minLength", JsonValue::Number(*count as f64))),
        Constraint::MaxLength(count) => Some(("maxLength", JsonValue::Number(*count as f64))),
        Constraint::Pattern(text) => Some(("pattern", JsonValue::Text(text))),
        Constraint::Format(format) => Some(("pattern", JsonValue::Text(format.pattern()))),
        Constraint::MinItems(count) => Some((
            if map { "minProperties" } else { "minItems" },
            JsonValue::Number(*count as f64),
        )),
        Constraint::MaxItems(count) => Some((
            if map { "maxProperties" } else { "maxItems" },
            JsonValue::Number(*count as f64),
        )),
        Constraint::AnyOrder => None,
    }
}

#[track_caller]
const fn expect(keyword: &str, value: JsonValue, committed: &JsonType, place: Place<'_>) {
    let mut index = 0;
    let mut other = false;
    while index < committed.keywords.len() {
        let (name, theirs) = &committed.keywords[index];
        if same_text(name, keyword) {
            if same_value(value, *theirs) {
                return;
            }
            other = true;
        }
        index += 1;
    }
    let mut message = place.message();
    message.push("the `");
    message.push(keyword);
    message.push(if other {
        "` of the struct's field differs from the file's"
    } else {
        "` of the struct's field is not in the file"
    });
    fail(message);
}

const fn same_value(ours: JsonValue, theirs: JsonValue) -> bool {
    match (ours, theirs) {
        (JsonValue::Number(a), JsonValue::Number(b)) => same_double(a, b),
        (JsonValue::Text(a), JsonValue::Text(b)) => same_text(a, b),
        _ => false,
    }
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
    words::avro(shape, place.namespace, &mut message);
    message.push(", the file has ");
    describe_committed(&committed.kind, &mut message);
    fail(message)
}

const fn describe_committed(kind: &JsonKind, message: &mut Message) {
    match kind {
        JsonKind::Any => message.push("JSON of any form"),
        JsonKind::Boolean => message.push("boolean"),
        JsonKind::Integer => message.push("integer"),
        JsonKind::Number => message.push("number"),
        JsonKind::String => message.push("string"),
        JsonKind::Enum(symbols) => {
            message.push("one of ");
            message.push_list(symbols);
        }
        JsonKind::Array(items) => {
            message.push("an array of ");
            describe_committed(&items.kind, message);
        }
        JsonKind::Map(values) => {
            message.push("a map of ");
            describe_committed(&values.kind, message);
        }
        JsonKind::Object(name, _) => {
            message.push("the object ");
            message.push(name);
        }
        JsonKind::Optional(value) => {
            message.push("[null, ");
            describe_committed(&value.kind, message);
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
