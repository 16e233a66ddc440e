//! What the compiler checks about a shape, in const functions: here the names, in `default` the defaults.
//!
//! A failing check is a compile error at the place that the derive chose; the text is ours.

pub(crate) mod by_name;
pub(crate) mod default;
mod definitions;
mod sharing;

use self::definitions::{Definition, Definitions, MOST_DEFINITIONS, find};
use self::sharing::Shared;
use super::flatten::assert_distinct_fields;
use super::message::Message;
use super::same_constraint::{same_constraints, same_default};
use super::shape::{Branch, Field, Shape};

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
        if !same_shape(known.shape, shape, namespace, namespace, json) {
            two_definitions(namespace, name);
        }
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

#[track_caller]
const fn two_definitions(namespace: &str, name: &str) -> ! {
    let mut message = Message::new();
    message.push("two different types of this event have the same full name in the schema, `");
    message.push_name(namespace, name);
    message.push("`");
    message.end(
        "; give one of them another with `#[event(name = \"...\")]` or `#[event(namespace = \"...\")]`, the \
         instances of a generic record with the parameter in the name, `#[event(name = \"{T}Envelope\")]`",
    );
    panic!("{}", message.as_str())
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
                && match (a.default, b.default) {
                    (Some(a), Some(b)) => same_text(a, b),
                    (None, None) => true,
                    _ => false,
                }
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
            || !same_default(a[index].default, b[index].default)
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
    use crate::schema::sample::{field, record};
    use crate::schema::{Enum, Integer, Literal};

    /// The namespace that a branch inherits can make it the record of another branch.
    #[test]
    fn a_union_has_each_record_once() {
        const INHERITING: Shape = Shape::Record(&record("Shop", None, &[]));
        const NAMED: Shape = Shape::Record(&record("Shop", Some("a"), &[]));
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

    /// A default that is not null puts the value's branch first: the encodings of the two differ.
    #[test]
    fn a_definition_differs_in_a_default() {
        const fn with(default: Option<Literal>) -> Field {
            Field {
                default,
                ..field("note", &Shape::Optional(&Shape::Integer(Integer::I32)))
            }
        }
        const NULL: Shape = Shape::Record(&record("Part", None, &[with(None)]));
        const SAME: Shape = Shape::Record(&record("Part", None, &[with(None)]));
        const SEVEN: Shape = Shape::Record(&record("Part", None, &[with(Some(Literal::Integer(7)))]));
        const EIGHT: Shape = Shape::Record(&record("Part", None, &[with(Some(Literal::Integer(8)))]));
        let refused = |fields: &'static [Field]| {
            let event: &'static Shape = Box::leak(Box::new(Shape::Record(Box::leak(Box::new(record(
                "Event", None, fields,
            ))))));
            std::panic::catch_unwind(|| assert_one_definition_per_name(event, "a")).is_err()
        };
        assert!(!refused(const { &[field("a", &NULL), field("b", &SAME)] }));
        assert!(refused(const { &[field("a", &NULL), field("b", &SEVEN)] }));
        assert!(refused(const { &[field("a", &SEVEN), field("b", &EIGHT)] }));

        const fn symbols(default: Option<&'static str>) -> Enum {
            Enum {
                name: "Status",
                namespace: None,
                doc: None,
                aliases: &[],
                shared: false,
                symbols: &["New", "Paid"],
                default,
            }
        }
        const NONE: Shape = Shape::Enum(&symbols(None));
        const NEW: Shape = Shape::Enum(&symbols(Some("New")));
        assert!(!refused(const { &[field("a", &NEW), field("b", &NEW)] }));
        assert!(refused(const { &[field("a", &NONE), field("b", &NEW)] }));
    }
}
