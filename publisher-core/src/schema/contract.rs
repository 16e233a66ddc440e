//! What the compiler checks about a shape, in const functions: names, defaults.
//!
//! A failing check is a compile error at the place that the derive chose; the text is ours.

mod definitions;
mod sharing;

use self::definitions::{Definition, Definitions, MOST_DEFINITIONS, find};
use self::sharing::Shared;
use super::flatten::assert_distinct_fields;
use super::range::pow10;
use super::same_constraint::same_constraints;
use super::shape::{Bound, Branch, Constraint, Enum, Field, Integer, Literal, Shape};

/// Panics (at compile time) if two different definitions share a full name somewhere below this shape, or if there is an
/// optional value of an optional value, for which no schema has a form.
#[track_caller]
pub const fn assert_one_definition_per_name(shape: &'static Shape, namespace: &'static str) {
    each_name(shape, namespace, &mut Definitions::new(false));
}

/// As [`assert_one_definition_per_name`], for an event whose JSON Schema shows what Avro's does not: two definitions with
/// different constraints are two.
#[track_caller]
pub const fn assert_one_definition_per_name_in_json(shape: &'static Shape, namespace: &'static str) {
    each_name(shape, namespace, &mut Definitions::new(true));
}

/// Panics (at compile time) unless the default is a value of the shape that its constraints allow.
///
/// Patterns and formats are not looked at, but for that of digits: a const function has no regular expressions.
#[track_caller]
pub const fn assert_default(shape: &Shape, default: Literal) {
    let fits = match (shape, default) {
        (Shape::Constrained { shape, constraints }, _) => {
            assert_default(shape, default);
            assert!(
                satisfies(default, constraints),
                "the default does not satisfy the constraints of the field's type"
            );
            true
        }
        (Shape::Optional(inner), _) => {
            assert_default(inner, default);
            true
        }
        (Shape::Boolean, Literal::Boolean(_)) | (Shape::String, Literal::String(_)) => true,
        (Shape::Duration, Literal::Integer(_)) => true,
        (Shape::Integer(width), Literal::Integer(value)) => {
            let (min, max) = width.range();
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
        (Shape::Union(_), _) => {
            panic!("a union has no default: its values are records; for a field that may be missing write an `Option`")
        }
        _ => false,
    };
    assert!(fits, "the default is not a value of the field's type");
}

/// Panics (at compile time) if the default, in a JSON event, is an integer that JSON readers are not promised to hold.
#[track_caller]
pub const fn assert_json_default(shape: &Shape, default: Literal) {
    let (min, max) = match shape.present() {
        Shape::Integer(width) => width.json_range(),
        Shape::Duration => Integer::I64.json_range(),
        _ => return,
    };
    if let Literal::Integer(value) = default {
        assert!(
            min <= value && value <= max,
            "the default is beyond ±(2^53 − 1), where JSON readers lose digits: take a smaller one, or publish as Avro"
        );
    }
}

/// Panics (at compile time) if values of the shape have no items that could be counted.
#[track_caller]
pub const fn assert_items(shape: &Shape) {
    match shape.plain() {
        Shape::Optional(inner) => assert_items(inner),
        Shape::Bytes | Shape::Fixed(_) => {
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

const fn satisfies(default: Literal, constraints: &[Constraint]) -> bool {
    let mut index = 0;
    while index < constraints.len() {
        let satisfied = match (&constraints[index], default) {
            (Constraint::Min(bound), Literal::Integer(_) | Literal::Float(_)) => distance(default, bound) >= 0,
            (Constraint::Max(bound), Literal::Integer(_) | Literal::Float(_)) => distance(default, bound) <= 0,
            (Constraint::ExclusiveMin(bound), Literal::Integer(_) | Literal::Float(_)) => distance(default, bound) > 0,
            (Constraint::ExclusiveMax(bound), Literal::Integer(_) | Literal::Float(_)) => distance(default, bound) < 0,
            (Constraint::MinLength(least), Literal::String(text)) => characters(text) >= *least as usize,
            (Constraint::MaxLength(most), Literal::String(text)) => characters(text) <= *most as usize,
            (Constraint::MinItems(least), Literal::EmptyArray | Literal::EmptyMap) => *least == 0,
            (Constraint::Pattern(pattern), Literal::String(text)) if same_text(pattern, DIGITS) => is_digits(text),
            _ => true,
        };
        if !satisfied {
            return false;
        }
        index += 1;
    }
    true
}

/// The pattern of integers that are published as text.
pub(crate) const DIGITS: &str = "^-?(?:0|[1-9][0-9]*)$";

/// Whether [`DIGITS`] matches.
const fn is_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let start = (!bytes.is_empty() && bytes[0] == b'-') as usize;
    let mut index = start;
    while index < bytes.len() {
        if !bytes[index].is_ascii_digit() {
            return false;
        }
        index += 1;
    }
    let length = bytes.len() - start;
    length == 1 || (length > 1 && bytes[start] != b'0')
}

/// The default less the bound, in a unit that both are multiples of.
const fn distance(default: Literal, bound: &Bound) -> i128 {
    let (mantissa, scale) = match default {
        Literal::Integer(value) => (value as i128, 0),
        Literal::Float(text) => number(text),
        _ => panic!("the default is no number"),
    };
    let finest = if scale > bound.scale { scale } else { bound.scale };
    mantissa * pow10(finest - scale) - bound.mantissa as i128 * pow10(finest - bound.scale)
}

/// The digits of a number without exponent, and how many of them stand behind the point. The derive writes no more than
/// an `i64` holds, and nine behind the point.
pub(super) const fn number(text: &str) -> (i128, u32) {
    let bytes = text.as_bytes();
    let (mut mantissa, mut scale, mut fraction, mut negative) = (0_i128, 0, false, false);
    let mut index = 0;
    while index < bytes.len() {
        match bytes[index] {
            b'-' => negative = true,
            b'.' => fraction = true,
            digit => {
                mantissa = mantissa * 10 + (digit - b'0') as i128;
                scale += fraction as u32;
            }
        }
        index += 1;
    }
    (if negative { -mantissa } else { mantissa }, scale)
}

const fn characters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut count, mut index) = (0, 0);
    while index < bytes.len() {
        // A byte that continues a character begins with the bits 10.
        if bytes[index] & 0xc0 != 0x80 {
            count += 1;
        }
        index += 1;
    }
    count
}

/// Walks the definitions below `shape`. Of a name that was met before, the definition is compared and not entered: what
/// stands below it has been looked at there. So the work grows with the tree and not with its square.
#[track_caller]
const fn each_name(shape: &'static Shape, around: &'static str, definitions: &mut Definitions) {
    match shape {
        Shape::Optional(inner) | Shape::Array(inner) | Shape::Map(inner) | Shape::Constrained { shape: inner, .. } => {
            assert!(
                !matches!(shape, Shape::Optional(_)) || !matches!(inner.plain(), Shape::Optional(_)),
                "this event has an `Option` of a newtype that is an `Option` itself; a schema knows one null: remove one"
            );
            each_name(inner, around, definitions);
        }
        Shape::Record(record) => {
            let namespace = inherited(record.namespace, around);
            let outer = definitions.within;
            if record.shared {
                definitions.within = Some(Shared::new(namespace, record.name, shape));
            }
            if first(namespace, record.name, shape, definitions) {
                let mut index = 0;
                while index < record.fields.len() {
                    if record.fields[index].flatten {
                        assert_distinct_fields(shape, index);
                    }
                    index += 1;
                }
                each_field(record.fields, namespace, definitions);
            }
            definitions.within = outer;
        }
        Shape::Enum(symbols) => {
            let namespace = inherited(symbols.namespace, around);
            let outer = definitions.within;
            if symbols.shared {
                definitions.within = Some(Shared::new(namespace, symbols.name, shape));
            }
            first(namespace, symbols.name, shape, definitions);
            definitions.within = outer;
        }
        Shape::Recursive(recursive) => {
            let namespace = inherited(recursive.namespace, around);
            let slot = find(namespace, recursive.name, definitions);
            match &definitions.slots[slot] {
                Some(known) => sharing::assert_no_way_back(known.within, definitions.within),
                None => sharing::assert_no_way_around(recursive, definitions.within),
            }
        }
        Shape::Fixed(fixed) => {
            first(inherited(fixed.namespace, around), fixed.name, shape, definitions);
        }
        Shape::Union(union) => {
            let mut index = 0;
            while index < union.branches.len() {
                assert_branch(shape, index, around);
                each_name(union.branches[index].shape, around, definitions);
                index += 1;
            }
        }
        _ => {}
    }
}

/// Panics (at compile time) unless the branch of the union is a record, and another one than those before it.
#[track_caller]
pub const fn assert_branch(shape: &Shape, index: usize, around: &str) {
    let Shape::Union(union) = shape else { panic!("no union") };
    let Some(own) = record_name(union.branches[index].shape) else {
        panic!("a union is published of records only: give this variant named fields, or a struct of its own")
    };
    let mut earlier = 0;
    while earlier < index {
        if let Some(other) = record_name(union.branches[earlier].shape) {
            assert!(
                !same_name(own, other, around, around),
                "a union has each record once, and another variant has this one: publish both as one variant, or give \
                 them records of their own"
            );
        }
        earlier += 1;
    }
}

/// The namespace that a record has itself, and its name.
const fn record_name(shape: &Shape) -> Option<(Option<&'static str>, &'static str)> {
    match shape.plain() {
        Shape::Record(record) => Some((record.namespace, record.name)),
        Shape::Recursive(recursive) => Some((recursive.namespace, recursive.name)),
        _ => None,
    }
}

#[track_caller]
const fn each_field(fields: &'static [Field], namespace: &'static str, definitions: &mut Definitions) {
    let mut index = 0;
    while index < fields.len() {
        match fields[index].shape.plain() {
            // A flattened record has no name in the schema; its fields belong to the record around it.
            Shape::Record(record) if fields[index].flatten => each_field(record.fields, namespace, definitions),
            _ => each_name(fields[index].shape, namespace, definitions),
        }
        index += 1;
    }
}

/// Whether what stands below the full name is to be looked at: it is met for the first time, or now known to stand in the
/// schema of another shared type. Panics if it was met with another definition.
#[track_caller]
const fn first(
    namespace: &'static str,
    name: &'static str,
    shape: &'static Shape,
    definitions: &mut Definitions,
) -> bool {
    let (within, json) = (definitions.within, definitions.json);
    let slot = find(namespace, name, definitions);
    if let Some(known) = &mut definitions.slots[slot] {
        assert!(
            same_shape(known.shape, shape, namespace, namespace, json),
            "two different types of this event have the same full name in the schema; \
             give one of them another with `#[event(name = \"...\")]` or `#[event(namespace = \"...\")]`, the \
             instances of a generic record with the parameter in the name, `#[event(name = \"{{T}}Envelope\")]`"
        );
        let moved = sharing::moves(known.within, within);
        if moved {
            known.within = within;
        }
        return moved;
    }
    assert!(
        definitions.count < MOST_DEFINITIONS,
        "this event has more than 1024 different named types: publish parts of it as events of their own"
    );
    definitions.slots[slot] = Some(Definition {
        namespace,
        name,
        shape,
        within,
    });
    definitions.count += 1;
    true
}

pub(super) const fn inherited<'a>(own: Option<&'a str>, around: &'a str) -> &'a str {
    match own {
        Some(namespace) => namespace,
        None => around,
    }
}

/// Whether two shapes, each with the namespace around it, are the same in every schema.
const fn same_shape(one: &Shape, other: &Shape, around_one: &str, around_other: &str, json: bool) -> bool {
    if json && !same_constraints(one, other) {
        return false;
    }
    match (one.plain(), other.plain()) {
        (Shape::Boolean, Shape::Boolean)
        | (Shape::Float, Shape::Float)
        | (Shape::Double, Shape::Double)
        | (Shape::String, Shape::String)
        | (Shape::Bytes, Shape::Bytes)
        | (Shape::Uuid, Shape::Uuid)
        | (Shape::Duration, Shape::Duration)
        | (Shape::Json, Shape::Json)
        | (Shape::Date, Shape::Date) => true,
        (Shape::Timestamp(a), Shape::Timestamp(b))
        | (Shape::LocalTimestamp(a), Shape::LocalTimestamp(b))
        | (Shape::TimeOfDay(a), Shape::TimeOfDay(b)) => *a as u8 == *b as u8,
        (Shape::Integer(a), Shape::Integer(b)) => *a as u8 == *b as u8,
        (
            Shape::Decimal {
                precision: p,
                scale: s,
                json: j,
            },
            Shape::Decimal { precision, scale, json },
        ) => *p == *precision && *s == *scale && *j as u8 == *json as u8,
        (Shape::Fixed(a), Shape::Fixed(b)) => {
            a.size == b.size && same_name((a.namespace, a.name), (b.namespace, b.name), around_one, around_other)
        }
        (Shape::Union(a), Shape::Union(b)) => same_branches(a.branches, b.branches, around_one, around_other, json),
        (Shape::Recursive(a), Shape::Recursive(b)) => {
            same_name((a.namespace, a.name), (b.namespace, b.name), around_one, around_other)
        }
        // One type, met outside and within itself: what stands behind the name is compared where it stands in full.
        (Shape::Recursive(a), Shape::Record(b)) => {
            same_name((a.namespace, a.name), (b.namespace, b.name), around_one, around_other)
        }
        (Shape::Record(a), Shape::Recursive(b)) => {
            same_name((a.namespace, a.name), (b.namespace, b.name), around_one, around_other)
        }
        (Shape::Optional(a), Shape::Optional(b))
        | (Shape::Array(a), Shape::Array(b))
        | (Shape::Map(a), Shape::Map(b)) => same_shape(a, b, around_one, around_other, json),
        (Shape::Enum(a), Shape::Enum(b)) => {
            same_name((a.namespace, a.name), (b.namespace, b.name), around_one, around_other)
                && same_texts(a.symbols, b.symbols)
                && a.shared == b.shared
        }
        (Shape::Record(a), Shape::Record(b)) => {
            let (around_one, around_other) = (inherited(a.namespace, around_one), inherited(b.namespace, around_other));
            same_text(a.name, b.name)
                && same_text(around_one, around_other)
                && same_fields(a.fields, b.fields, around_one, around_other, json)
                && a.shared == b.shared
        }
        _ => false,
    }
}

const fn same_fields(a: &[Field], b: &[Field], around_a: &str, around_b: &str, json: bool) -> bool {
    let mut index = 0;
    while index < a.len() && index < b.len() {
        if !same_text(a[index].name, b[index].name)
            || a[index].flatten != b[index].flatten
            || !same_shape(a[index].shape, b[index].shape, around_a, around_b, json)
        {
            return false;
        }
        index += 1;
    }
    a.len() == b.len()
}

const fn same_branches(a: &[Branch], b: &[Branch], around_a: &str, around_b: &str, json: bool) -> bool {
    let mut index = 0;
    while index < a.len() && index < b.len() {
        if !same_text(a[index].name, b[index].name)
            || !same_shape(a[index].shape, b[index].shape, around_a, around_b, json)
        {
            return false;
        }
        index += 1;
    }
    a.len() == b.len()
}

/// Whether two names, each with the namespace that it may inherit, are one full name.
const fn same_name(
    (own_a, a): (Option<&str>, &str),
    (own_b, b): (Option<&str>, &str),
    around_a: &str,
    around_b: &str,
) -> bool {
    same_text(a, b) && same_text(inherited(own_a, around_a), inherited(own_b, around_b))
}

pub(super) const fn same_texts(a: &[&str], b: &[&str]) -> bool {
    let mut index = 0;
    while index < a.len() && index < b.len() {
        if !same_text(a[index], b[index]) {
            return false;
        }
        index += 1;
    }
    a.len() == b.len()
}

pub(super) const fn same_text(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    while let ([first, rest_a @ ..], [second, rest_b @ ..]) = (a, b) {
        if *first != *second {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Integer, Record};

    const fn bound(text: &'static str, mantissa: i64, scale: u32) -> Bound {
        Bound {
            text,
            mantissa,
            scale,
            double: 0.0,
        }
    }

    /// What is a compile error in a const is a panic here.
    fn accepted(shape: &Shape, default: Literal) -> bool {
        let shape = *shape;
        std::panic::catch_unwind(move || assert_default(&shape, default)).is_ok()
    }

    #[test]
    fn defaults_satisfy_the_constraints_of_the_type() {
        const HALF: Bound = bound("-0.5", -5, 1);
        let number = |constraints| Shape::Constrained {
            shape: &Shape::Double,
            constraints,
        };
        let (least, most) = (Literal::Float("-0.5"), Literal::Integer(-1));
        let check = |shape: &Shape, expected: [bool; 4]| {
            let defaults = [most, least, Literal::Float("-0.499999999"), Literal::Integer(0)];
            assert_eq!(defaults.map(|default| accepted(shape, default)), expected, "{shape:?}");
        };
        check(&number(&[Constraint::Min(HALF)]), [false, true, true, true]);
        check(&number(&[Constraint::ExclusiveMin(HALF)]), [false, false, true, true]);
        check(&number(&[Constraint::Max(HALF)]), [true, true, false, false]);
        check(&number(&[Constraint::ExclusiveMax(HALF)]), [true, false, false, false]);

        let text = Shape::Constrained {
            shape: &Shape::String,
            constraints: &[Constraint::MinLength(2), Constraint::MaxLength(3)],
        };
        for (value, expected) in [("é", false), ("éé", true), ("🙂🙂🙂", true), ("abcd", false)] {
            assert_eq!(accepted(&text, Literal::String(value)), expected, "{value}");
        }
        let list = Shape::Constrained {
            shape: &Shape::Array(&Shape::String),
            constraints: &[Constraint::MinItems(1)],
        };
        assert!(!accepted(&list, Literal::EmptyArray));
    }

    #[test]
    fn integers_default_to_all_that_their_type_holds() {
        for value in [i64::MIN, i64::MAX] {
            assert!(accepted(&Shape::Integer(Integer::I64), Literal::Integer(value)));
            assert!(!accepted(&Shape::Integer(Integer::U32), Literal::Integer(value)));
        }
    }

    /// The namespace that a branch inherits can make it the record of another branch.
    #[test]
    fn a_union_has_each_record_once() {
        const fn record(name: &'static str, namespace: Option<&'static str>) -> Record {
            Record {
                name,
                namespace,
                doc: None,
                aliases: &[],
                shared: false,
                fields: &[],
                source: "",
            }
        }
        const INHERITING: Shape = Shape::Record(&record("Shop", None));
        const NAMED: Shape = Shape::Record(&record("Shop", Some("a")));
        const BRANCHES: &[Branch] = &[
            Branch {
                name: "One",
                shape: &INHERITING,
            },
            Branch {
                name: "Other",
                shape: &NAMED,
            },
            Branch {
                name: "Text",
                shape: &Shape::String,
            },
        ];
        const UNION: Shape = Shape::Union(&crate::schema::Union { branches: BRANCHES });
        let accepted = |index, around| std::panic::catch_unwind(|| assert_branch(&UNION, index, around)).is_ok();
        assert!(accepted(0, "a") && accepted(1, "b"));
        assert!(!accepted(1, "a") && !accepted(2, "b"));
    }

    /// Only the namespace of what stands within tells the two definitions of `Outer` apart.
    #[test]
    fn a_definition_differs_where_one_within_has_another_namespace() {
        const fn record(name: &'static str, namespace: Option<&'static str>, fields: &'static [Field]) -> Record {
            Record {
                name,
                namespace,
                doc: None,
                aliases: &[],
                shared: false,
                fields,
                source: "",
            }
        }
        const fn field(name: &'static str, shape: &'static Shape) -> Field {
            Field {
                name,
                doc: None,
                aliases: &[],
                flatten: false,
                shape,
                default: None,
                line: 0,
            }
        }
        const HERE: Shape = Shape::Record(&record("Inner", Some("a"), &[]));
        const SAME: Shape = Shape::Record(&record("Inner", None, &[]));
        const THERE: Shape = Shape::Record(&record("Inner", Some("b"), &[]));
        const ONE: Shape = Shape::Record(&record("Outer", None, &[field("inner", &HERE)]));
        const EQUAL: Shape = Shape::Record(&record("Outer", None, &[field("inner", &SAME)]));
        const OTHER: Shape = Shape::Record(&record("Outer", None, &[field("inner", &THERE)]));
        const GOOD: Shape = Shape::Record(&record("Event", None, &[field("a", &ONE), field("b", &EQUAL)]));
        const BAD: Shape = Shape::Record(&record("Event", None, &[field("a", &ONE), field("b", &OTHER)]));
        assert_one_definition_per_name(&GOOD, "a");
        std::panic::catch_unwind(|| assert_one_definition_per_name(&BAD, "a")).expect_err("two definitions");
    }
}
