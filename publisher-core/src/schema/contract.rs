//! What the compiler checks about a shape, in const functions: names, defaults.
//!
//! A failing check is a compile error at the place that the derive chose; the text is ours.

use super::shape::{Enum, Field, Literal, Shape};

/// Panics (at compile time) if two different definitions share a full name somewhere below this shape, or if there is an
/// optional value of an optional value, for which no schema has a form.
#[track_caller]
pub const fn assert_one_definition_per_name(shape: &Shape, namespace: &str) {
    each_name(shape, namespace, shape, namespace);
}

/// Panics (at compile time) unless the default is a value of the shape.
#[track_caller]
pub const fn assert_default(shape: &Shape, default: Literal) {
    let fits = match (shape.plain(), default) {
        (Shape::Optional(inner), _) => {
            assert_default(inner, default);
            true
        }
        (Shape::Boolean, Literal::Boolean(_)) | (Shape::String, Literal::String(_)) => true,
        (Shape::Integer(width), Literal::Integer(value)) => {
            let (min, max) = width.json_range();
            assert!(
                min <= value && value <= max,
                "the default lies outside the range of the field's type"
            );
            true
        }
        (Shape::Float | Shape::Double, Literal::Float(_) | Literal::Integer(_)) => true,
        (Shape::Enum(symbols), Literal::String(symbol)) => {
            assert!(has_symbol(symbols, symbol), "the default is not a symbol of the enum");
            true
        }
        (Shape::Array(_), Literal::EmptyArray) | (Shape::Map(_), Literal::EmptyMap) => true,
        _ => false,
    };
    assert!(fits, "the default is not a value of the field's type");
}

/// Panics (at compile time) if values of the shape have no items that could be counted.
#[track_caller]
pub const fn assert_items(shape: &Shape) {
    match shape.plain() {
        Shape::Optional(inner) => assert_items(inner),
        Shape::Bytes => {
            panic!("bytes are one value in the schema, not an array: `min_items` and `max_items` do not apply")
        }
        _ => {}
    }
}

const fn has_symbol(symbols: &Enum, symbol: &str) -> bool {
    let mut index = 0;
    while index < symbols.symbols.len() {
        if same_text(symbols.symbols[index], symbol) {
            return true;
        }
        index += 1;
    }
    false
}

/// Walks every named type of `shape` and compares it with every one of the root.
#[track_caller]
const fn each_name(shape: &Shape, namespace: &str, root: &Shape, root_namespace: &str) {
    match shape {
        Shape::Optional(inner) | Shape::Array(inner) | Shape::Map(inner) | Shape::Constrained { shape: inner, .. } => {
            assert!(
                !matches!(shape, Shape::Optional(_)) || !matches!(inner.plain(), Shape::Optional(_)),
                "this event has an `Option` of a newtype that is an `Option` itself; a schema knows one null: remove one"
            );
            each_name(inner, namespace, root, root_namespace);
        }
        Shape::Record(record) => {
            let namespace = inherited(record.namespace, namespace);
            compare(root, root_namespace, shape, namespace, record.name);
            let mut index = 0;
            while index < record.fields.len() {
                each_name(record.fields[index].shape, namespace, root, root_namespace);
                index += 1;
            }
        }
        Shape::Enum(symbols) => {
            compare(
                root,
                root_namespace,
                shape,
                inherited(symbols.namespace, namespace),
                symbols.name,
            );
        }
        _ => {}
    }
}

/// Panics if below `shape` there is another definition under this full name.
#[track_caller]
const fn compare(shape: &Shape, around: &str, wanted: &Shape, namespace: &str, name: &str) {
    match shape {
        Shape::Optional(inner) | Shape::Array(inner) | Shape::Map(inner) | Shape::Constrained { shape: inner, .. } => {
            compare(inner, around, wanted, namespace, name);
        }
        Shape::Record(record) => {
            let own = inherited(record.namespace, around);
            clash(same_text(own, namespace) && same_text(record.name, name), shape, wanted);
            let mut index = 0;
            while index < record.fields.len() {
                compare(record.fields[index].shape, own, wanted, namespace, name);
                index += 1;
            }
        }
        Shape::Enum(symbols) => {
            let own = inherited(symbols.namespace, around);
            clash(
                same_text(own, namespace) && same_text(symbols.name, name),
                shape,
                wanted,
            );
        }
        _ => {}
    }
}

#[track_caller]
const fn clash(same_name: bool, one: &Shape, other: &Shape) {
    assert!(
        !same_name || same_shape(one, other),
        "two different types of this event have the same full name in the schema; \
         give one of them another with `#[event(name = \"...\")]` or `#[event(namespace = \"...\")]`"
    );
}

const fn inherited<'a>(own: Option<&'a str>, around: &'a str) -> &'a str {
    match own {
        Some(namespace) => namespace,
        None => around,
    }
}

const fn same_shape(one: &Shape, other: &Shape) -> bool {
    match (one.plain(), other.plain()) {
        (Shape::Boolean, Shape::Boolean)
        | (Shape::Float, Shape::Float)
        | (Shape::Double, Shape::Double)
        | (Shape::String, Shape::String)
        | (Shape::Bytes, Shape::Bytes)
        | (Shape::Uuid, Shape::Uuid)
        | (Shape::TimestampMillis, Shape::TimestampMillis)
        | (Shape::Date, Shape::Date) => true,
        (Shape::Integer(a), Shape::Integer(b)) => *a as u8 == *b as u8,
        (Shape::Decimal { precision: p, scale: s }, Shape::Decimal { precision, scale }) => {
            *p == *precision && *s == *scale
        }
        (Shape::Optional(a), Shape::Optional(b))
        | (Shape::Array(a), Shape::Array(b))
        | (Shape::Map(a), Shape::Map(b)) => same_shape(a, b),
        (Shape::Enum(a), Shape::Enum(b)) => same_text(a.name, b.name) && same_texts(a.symbols, b.symbols),
        (Shape::Record(a), Shape::Record(b)) => same_text(a.name, b.name) && same_fields(a.fields, b.fields),
        _ => false,
    }
}

const fn same_fields(a: &[Field], b: &[Field]) -> bool {
    let mut index = 0;
    while index < a.len() && index < b.len() {
        if !same_text(a[index].name, b[index].name) || !same_shape(a[index].shape, b[index].shape) {
            return false;
        }
        index += 1;
    }
    a.len() == b.len()
}

const fn same_texts(a: &[&str], b: &[&str]) -> bool {
    let mut index = 0;
    while index < a.len() && index < b.len() {
        if !same_text(a[index], b[index]) {
            return false;
        }
        index += 1;
    }
    a.len() == b.len()
}

const fn same_text(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut index = 0;
    while index < a.len() && index < b.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    a.len() == b.len()
}
