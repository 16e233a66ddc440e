//! Which schema defines a type where some of the types around it are shared: one and only one must.
//!
//! A registry reads the schemas that a text refers to before the text, all into one set of names. So a type that two
//! shared types hold would be defined twice, unless one of the two holds the other and takes the name from there. JSON
//! Schema would bear it, but the encoding of an event may change, and its types must not stand in the way.
//!
//! Knows what the compiler can see: what a record holds of itself by name only is found out by the registry.

use super::super::shape::{Field, Shape};
use super::{inherited, same_text};

/// A shared type of an event.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    namespace: &'static str,
    name: &'static str,
    shape: &'static Shape,
}

impl Shared {
    pub(super) const fn new(namespace: &'static str, name: &'static str, shape: &'static Shape) -> Self {
        Self { namespace, name, shape }
    }

    const fn is(&self, other: &Self) -> bool {
        same_text(self.name, other.name) && same_text(self.namespace, other.namespace)
    }
}

/// Whether a type that is defined in the schema of `known` (none: the event's) has to be defined in that of `within`,
/// where it was met too.
#[track_caller]
pub(super) const fn moves(known: Option<Shared>, within: Option<Shared>) -> bool {
    match (known, within) {
        // The event takes the name from the schema that it refers to.
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(known), Some(within)) => {
            if known.is(&within) || holds(within.shape, within.namespace, &known) {
                return false;
            }
            assert!(
                holds(known.shape, known.namespace, &within),
                "two shared types of this event hold one type that is not shared, and both of their schemas would define it; \
                 make that type shared too: `#[event(shared)]`"
            );
            true
        }
    }
}

/// Panics (at compile time) if a shared type leads back to a type around it: neither could be registered first.
#[track_caller]
pub(super) const fn assert_no_way_back(known: Option<Shared>, within: Option<Shared>) {
    let leads_out = match (known, within) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(known), Some(within)) => !known.is(&within),
    };
    assert!(
        !leads_out,
        "a shared type of this event leads back to a type that it stands in, so that neither schema could be registered \
         first; take `shared` off one of them"
    );
}

/// Whether the shared type stands somewhere below the shape.
const fn holds(shape: &Shape, around: &str, wanted: &Shared) -> bool {
    match shape {
        Shape::Optional(inner) | Shape::Array(inner) | Shape::Map(inner) | Shape::Constrained { shape: inner, .. } => {
            holds(inner, around, wanted)
        }
        Shape::Record(record) => {
            let namespace = inherited(record.namespace, around);
            is_named(namespace, record.name, wanted) || field_holds(record.fields, namespace, wanted)
        }
        Shape::Enum(symbols) => is_named(inherited(symbols.namespace, around), symbols.name, wanted),
        Shape::Union(union) => {
            let mut index = 0;
            while index < union.branches.len() {
                if holds(union.branches[index].shape, around, wanted) {
                    return true;
                }
                index += 1;
            }
            false
        }
        _ => false,
    }
}

const fn field_holds(fields: &[Field], namespace: &str, wanted: &Shared) -> bool {
    let mut index = 0;
    while index < fields.len() {
        let found = match fields[index].shape.plain() {
            Shape::Record(record) if fields[index].flatten => field_holds(record.fields, namespace, wanted),
            _ => holds(fields[index].shape, namespace, wanted),
        };
        if found {
            return true;
        }
        index += 1;
    }
    false
}

const fn is_named(namespace: &str, name: &str, wanted: &Shared) -> bool {
    same_text(name, wanted.name) && same_text(namespace, wanted.namespace)
}
