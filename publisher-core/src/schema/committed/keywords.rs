//! The comparison of what bounds a value with the keywords of a committed JSON Schema.
//!
//! Knows nothing of the forms of values but which keywords their type brings along.

use super::super::base64;
use super::super::contract::same_text;
use super::super::json::text_pattern;
use super::super::message::{Message, boundary};
use super::super::range::pow10;
use super::super::shape::{Bound, Constraint, DecimalForm, Integer, Shape};
use super::decimal::{push_limit, push_pattern};
use super::place::{Place, fail};
use super::same_double;
use super::{JsonType, JsonValue};

/// The constraints that hold for a value, from its type and from around it.
#[derive(Clone, Copy)]
pub(super) struct Chain<'a> {
    pub(super) list: &'a [Constraint],
    pub(super) rest: Option<&'a Chain<'a>>,
}

/// What the struct's side says with a keyword.
#[derive(Clone, Copy)]
enum Value<'a> {
    Whole(i64),
    /// A double and its digits.
    Number(f64, &'a str),
    Text(&'a str),
}

impl Value<'_> {
    const fn double(&self) -> f64 {
        match self {
            Self::Whole(number) => *number as f64,
            Self::Number(number, _) => *number,
            Self::Text(_) => f64::NAN,
        }
    }
}

const fn number(bound: &Bound) -> Value<'static> {
    Value::Number(bound.double, bound.text)
}

/// Every keyword that the shape asks for is in the file, and no other.
#[track_caller]
pub(super) const fn compare(shape: &Shape, constraints: Option<&Chain<'_>>, committed: &JsonType, place: Place<'_>) {
    let mut expected = 0;
    if let Some(pattern) = text_pattern(shape) {
        expected += 1;
        expect("pattern", Value::Text(pattern), committed, place);
    }
    match shape {
        Shape::Bytes | Shape::Fixed(_) => {
            expected += 1;
            expect("contentEncoding", Value::Text("base64"), committed, place);
            if let Some(count) = byte_count(shape, constraints) {
                expected += 3;
                let length = Value::Whole(base64::text_length(count) as i64);
                expect("minLength", length, committed, place);
                expect("maxLength", length, committed, place);
                expect("pattern", Value::Text(base64::text_pattern(count)), committed, place);
            }
        }
        _ => {}
    }
    let natural = match shape {
        Shape::Integer(width) => Some(width.json_range()),
        Shape::Duration => Some(Integer::I64.json_range()),
        _ => None,
    };
    if let Some((least, most)) = natural {
        let (mut min, mut max) = (Value::Whole(least), Value::Whole(most));
        narrow(constraints, &mut min, &mut max);
        expected += 2;
        expect("minimum", min, committed, place);
        expect("maximum", max, committed, place);
    }
    if let Shape::Decimal { precision, scale, json } = shape
        && !is_bounded(constraints)
    {
        compare_decimal(*precision, *scale, *json, committed, place);
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
const fn narrow(constraints: Option<&Chain<'_>>, min: &mut Value<'static>, max: &mut Value<'static>) {
    let mut chain = constraints;
    while let Some(link) = chain {
        let mut index = 0;
        while index < link.list.len() {
            match &link.list[index] {
                Constraint::Min(bound) if bound.double > min.double() => *min = number(bound),
                Constraint::Max(bound) if bound.double < max.double() => *max = number(bound),
                _ => {}
            }
            index += 1;
        }
        chain = link.rest;
    }
}

/// What the printer says of a constraint, unless it joins it with something else.
const fn keyword(shape: &Shape, constraint: &Constraint, bounded: bool) -> Option<(&'static str, Value<'static>)> {
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
        Constraint::MinLength(count) => Some(("minLength", Value::Whole(*count as i64))),
        Constraint::MaxLength(count) => Some(("maxLength", Value::Whole(*count as i64))),
        Constraint::Pattern(text) => Some(("pattern", Value::Text(text))),
        Constraint::Format(format) => Some(("pattern", Value::Text(format.pattern()))),
        Constraint::MinItems(count) => Some((
            if map { "minProperties" } else { "minItems" },
            Value::Whole(*count as i64),
        )),
        Constraint::MaxItems(count) => Some((
            if map { "maxProperties" } else { "maxItems" },
            Value::Whole(*count as i64),
        )),
        Constraint::AnyOrder => None,
    }
}

#[track_caller]
const fn expect(keyword: &str, value: Value<'_>, committed: &JsonType, place: Place<'_>) {
    let mut index = 0;
    while index < committed.keywords.len() {
        let (name, theirs) = &committed.keywords[index];
        if same_text(name, keyword) && same_value(value, *theirs) {
            return;
        }
        index += 1;
    }
    differ(keyword, value, committed, place.message());
}

/// Ends the compilation with the values of both sides.
#[track_caller]
const fn differ(keyword: &str, ours: Value<'_>, committed: &JsonType, mut message: Message) -> ! {
    message.push("the struct has ");
    message.push_code(keyword);
    message.push(" ");
    // The first of the file's is what a long text is shown beside.
    let (mut first, mut index) = ("", 0);
    while index < committed.keywords.len() && first.is_empty() {
        if let (name, JsonValue::Text(text)) = &committed.keywords[index]
            && same_text(name, keyword)
        {
            first = text;
        }
        index += 1;
    }
    match ours {
        Value::Whole(number) => message.push_integer(number),
        Value::Number(_, digits) => message.push(digits),
        Value::Text(text) => push_text(text, first, &mut message),
    }
    message.push(", the file ");
    let (mut count, mut index) = (0, 0);
    while index < committed.keywords.len() {
        let (name, theirs) = &committed.keywords[index];
        if same_text(name, keyword) {
            message.push(if count > 0 { " and " } else { "" });
            match (theirs, ours) {
                (JsonValue::Number(_, digits), _) => message.push(digits),
                (JsonValue::Text(text), Value::Text(ours)) => push_text(text, ours, &mut message),
                (JsonValue::Text(text), _) => push_text(text, "", &mut message),
            }
            count += 1;
        }
        index += 1;
    }
    message.push(if count == 0 { "has none" } else { "" });
    fail(message)
}

/// How much of a text is shown, in bytes, and how much of it before the place where it differs.
const MOST_SHOWN: usize = 160;
const SHOWN_BEFORE: usize = 40;

/// The text as code, of a long one the part about the place where it differs from the other.
const fn push_text(text: &str, other: &str, message: &mut Message) {
    let (bytes, theirs) = (text.as_bytes(), other.as_bytes());
    let mut same = 0;
    while same < bytes.len() && same < theirs.len() && bytes[same] == theirs[same] {
        same += 1;
    }
    let (mut start, mut end) = (0, bytes.len());
    if bytes.len() > MOST_SHOWN {
        let before = if same > MOST_SHOWN - SHOWN_BEFORE {
            same - SHOWN_BEFORE
        } else {
            0
        };
        start = boundary(bytes, before);
        if bytes.len() - start > MOST_SHOWN {
            end = boundary(bytes, start + MOST_SHOWN);
        }
    }
    message.push("`");
    message.push(if start > 0 { "…" } else { "" });
    message.push(text.split_at(end).0.split_at(start).1);
    message.push(if end < bytes.len() { "…" } else { "" });
    message.push("`");
}

const fn same_value(ours: Value<'_>, theirs: JsonValue) -> bool {
    match (ours, theirs) {
        (Value::Text(a), JsonValue::Text(b)) => same_text(a, b),
        (Value::Whole(_) | Value::Number(..), JsonValue::Number(b, _)) => same_double(ours.double(), b),
        _ => false,
    }
}

/// A decimal without bounds: what its precision and scale alone say.
#[track_caller]
const fn compare_decimal(precision: u32, scale: u32, form: DecimalForm, committed: &JsonType, place: Place<'_>) {
    let mut text = Message::new();
    match form {
        DecimalForm::String => {
            push_pattern(precision, scale, &mut text);
            expect("pattern", Value::Text(text.as_str()), committed, place);
        }
        DecimalForm::Number => {
            text.push("-");
            push_limit(precision, scale, &mut text);
            let (_, unsigned) = text.as_str().split_at(1);
            let limit = (pow10(precision) - 1) as f64 / pow10(scale) as f64;
            expect("minimum", Value::Number(-limit, text.as_str()), committed, place);
            expect("maximum", Value::Number(limit, unsigned), committed, place);
        }
    }
}

/// Whether a bound joins what precision and scale say; the text alone tells then whether the file differs.
const fn is_bounded(constraints: Option<&Chain<'_>>) -> bool {
    let mut chain = constraints;
    while let Some(link) = chain {
        let mut index = 0;
        while index < link.list.len() {
            if matches!(
                link.list[index],
                Constraint::Min(_) | Constraint::Max(_) | Constraint::ExclusiveMin(_) | Constraint::ExclusiveMax(_)
            ) {
                return true;
            }
            index += 1;
        }
        chain = link.rest;
    }
    false
}
