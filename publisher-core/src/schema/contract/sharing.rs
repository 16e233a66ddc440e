//! Which schema defines a type where some of the types around it are shared: one and only one must.
//!
//! A registry reads the schemas that a text refers to before the text, all into one set of names. So a type that two
//! shared types hold would be defined twice, unless one of the two holds the other and takes the name from there. JSON
//! Schema would bear it, but the encoding of an event may change, and its types must not stand in the way.
//!
//! Knows what the compiler can see: of a record that is held by name, whether it is shared, not what it holds.

use super::super::shape::{Field, Recursive, Shape};
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

const LEADS_BACK: &str = "a shared type of this event leads back to a type that it stands in, so that neither schema \
                          could be registered first; take `shared` off one of them";

/// Panics (at compile time) if a shared type leads back to a type around it: neither could be registered first.
#[track_caller]
pub(super) const fn assert_no_way_back(known: Option<Shared>, within: Option<Shared>) {
    let leads_out = match (known, within) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(known), Some(within)) => !known.is(&within),
    };
    assert!(!leads_out, "{}", LEADS_BACK);
}

/// Panics (at compile time) if a record that has not been met is shared, and leads back to one in a shared type: it is held
/// by name because it does.
#[track_caller]
pub(super) const fn assert_no_way_around(by_name: &Recursive, within: Option<Shared>) {
    assert!(!by_name.shared || within.is_none(), "{}", LEADS_BACK);
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

#[cfg(test)]
mod tests {
    use super::super::super::shape::Record;
    use super::super::assert_one_definition_per_name;
    use super::*;
    use crate::schema::sample;

    const fn record(name: &'static str, shared: bool, fields: &'static [Field]) -> Record {
        Record {
            shared,
            ..sample::record(name, Some("a"), fields)
        }
    }

    const fn field(shape: &'static Shape) -> Field {
        sample::field("f", shape)
    }

    const COMMON: Shape = Shape::Record(&record("Common", false, &[field(&Shape::String)]));
    const HOLDER: Shape = Shape::Record(&record("Holder", false, &[field(&Shape::Map(&COMMON))]));
    const INNER: Shape = Shape::Record(&record("Inner", true, &[field(&HOLDER)]));
    const OUTER: Shape = Shape::Record(&record("Outer", true, &[field(&COMMON), field(&INNER)]));
    const OUTER_LATER: Shape = Shape::Record(&record("Outer", true, &[field(&INNER), field(&COMMON)]));
    const OTHER: Shape = Shape::Record(&record("Other", true, &[field(&COMMON)]));

    /// What is a compile error in a const is a panic here; its words, if it panics.
    fn refusal(fields: &'static [Field]) -> Option<String> {
        let event: &'static Shape = Box::leak(Box::new(Shape::Record(Box::leak(Box::new(record(
            "Event", false, fields,
        ))))));
        let words = std::panic::catch_unwind(|| assert_one_definition_per_name(event, "a")).err()?;
        let text = words.downcast_ref::<&str>().map(ToString::to_string);
        Some(
            text.or_else(|| words.downcast_ref::<String>().cloned())
                .unwrap_or_default(),
        )
    }

    #[track_caller]
    fn check(fields: &'static [Field], expected: Option<&str>) {
        match (refusal(fields), expected) {
            (None, None) => {}
            (Some(words), Some(expected)) if words.contains(expected) => {}
            (found, _) => panic!("{found:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn one_shared_type_may_define_for_the_others() {
        check(const { &[field(&COMMON), field(&OTHER)] }, None);
        check(const { &[field(&OTHER), field(&HOLDER), field(&COMMON)] }, None);
        check(const { &[field(&OUTER), field(&INNER), field(&COMMON)] }, None);
        check(const { &[field(&OUTER_LATER)] }, None);
    }

    #[test]
    fn two_shared_types_do_not_define_one_name() {
        let words = Some("two shared types of this event hold one type that is not shared");
        check(const { &[field(&INNER), field(&OTHER)] }, words);
        check(const { &[field(&HOLDER), field(&INNER), field(&OTHER)] }, words);
        check(const { &[field(&OUTER), field(&OTHER)] }, words);
    }

    #[test]
    fn a_shared_type_does_not_lead_back() {
        const NODE_BY_NAME: Shape = Shape::Recursive(Recursive {
            name: "Node",
            namespace: Some("a"),
            shared: true,
            define: || &NODE,
        });
        const NODE: Shape = Shape::Record(&record("Node", true, &[field(&Shape::Optional(&NODE_BY_NAME))]));
        check(const { &[field(&NODE)] }, None);

        const BACK: Shape = Shape::Record(&record("Back", true, &[field(&NODE_BY_NAME)]));
        const AROUND: Shape = Shape::Record(&record("Node", true, &[field(&BACK)]));
        const PLAIN: Shape = Shape::Record(&record("Node", false, &[field(&BACK)]));
        let words = Some("leads back to a type that it stands in");
        check(const { &[field(&AROUND)] }, words);
        check(const { &[field(&PLAIN)] }, words);
        // The other way around the circle is begun at the type that has its partner by name.
        check(const { &[field(&BACK)] }, words);
    }
}
