//! The shared types of a shape: what a schema refers to instead of holding it, and which names come with that.
//!
//! Knows no registry and prints nothing.

use std::collections::BTreeSet;

use super::shape::{Record, Shape};
use crate::event::Encoding;

/// A type that has a subject of its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SharedType {
    /// Namespace, point, name.
    pub(crate) full_name: String,
    /// The namespace that stood around it; its own goes before.
    pub(crate) around: &'static str,
    /// A record or an enum.
    pub(crate) shape: &'static Shape,
}

/// The shared types that the schema of `root` refers to itself, in the order in which they appear; those within other
/// shared types are referred to there.
pub(crate) fn shared_types(root: &Shape, namespace: &'static str) -> Vec<SharedType> {
    let mut walk = Walk {
        enters_shared: false,
        names: BTreeSet::new(),
        shared: Vec::new(),
    };
    walk.below(root, namespace);
    walk.shared
}

/// The full names of all types that stand in the texts of the shared types of `root`: its own text has them by name
/// only, because a name is defined once.
pub(crate) fn names_elsewhere(root: &Shape, namespace: &'static str) -> BTreeSet<String> {
    let mut walk = Walk {
        enters_shared: true,
        names: BTreeSet::new(),
        shared: Vec::new(),
    };
    for SharedType { shape, around, .. } in shared_types(root, namespace) {
        walk.shape(shape, around);
    }
    if let Some(own) = full_name(root, namespace) {
        walk.names.remove(&own);
    }
    walk.names
}

/// The full name of a type that has one.
pub(crate) fn full_name(shape: &Shape, around: &str) -> Option<String> {
    let (namespace, name) = match shape.plain() {
        Shape::Record(record) => (record.namespace, record.name),
        Shape::Enum(symbols) => (symbols.namespace, symbols.name),
        Shape::Fixed(fixed) => (fixed.namespace, fixed.name),
        Shape::Recursive(recursive) => (recursive.namespace, recursive.name),
        _ => return None,
    };
    Some(format!("{}.{name}", namespace.unwrap_or(around)))
}

/// What a schema calls a shared type where it refers to it, and the reference in a registry: in Avro the full name; in
/// JSON the URI reference within `$ref`, relative to wherever the schema stands.
pub(crate) fn reference_name(full_name: &str, encoding: Encoding) -> String {
    match encoding {
        Encoding::Avro => full_name.to_owned(),
        Encoding::Json => format!("{full_name}.json"),
    }
}

struct Walk {
    /// Whether to go on below a shared type.
    enters_shared: bool,
    /// Of all types met so far, so that recursion ends.
    names: BTreeSet<String>,
    shared: Vec<SharedType>,
}

impl Walk {
    /// What stands within the type, which is itself not looked at.
    fn below(&mut self, root: &Shape, around: &'static str) {
        self.names.extend(full_name(root, around));
        match root.plain() {
            Shape::Record(record) => self.fields(record, around),
            Shape::Optional(inner) | Shape::Array(inner) | Shape::Map(inner) => self.shape(inner, around),
            Shape::Union(union) => union
                .branches
                .iter()
                .for_each(|branch| self.shape(branch.shape, around)),
            _ => {}
        }
    }

    fn fields(&mut self, record: &Record, around: &'static str) {
        let namespace = record.namespace.unwrap_or(around);
        for field in record.all_fields() {
            self.shape(field.shape, namespace);
        }
    }

    fn shape(&mut self, shape: &'static Shape, around: &'static str) {
        match shape {
            Shape::Optional(inner)
            | Shape::Array(inner)
            | Shape::Map(inner)
            | Shape::Constrained { shape: inner, .. } => {
                self.shape(inner, around);
            }
            Shape::Union(union) => union
                .branches
                .iter()
                .for_each(|branch| self.shape(branch.shape, around)),
            Shape::Recursive(recursive) => {
                let known = full_name(shape, around).is_some_and(|name| self.names.contains(&name));
                if !known {
                    self.shape((recursive.define)(), around);
                }
            }
            Shape::Record(record) => {
                let enters = self.meet(shape, record.shared, around);
                if enters {
                    self.fields(record, around);
                }
            }
            Shape::Enum(symbols) => {
                self.meet(shape, symbols.shared, around);
            }
            Shape::Fixed(_) => {
                self.meet(shape, false, around);
            }
            _ => {}
        }
    }

    /// Whether to go on below the named type.
    fn meet(&mut self, shape: &'static Shape, shared: bool, around: &'static str) -> bool {
        let Some(full_name) = full_name(shape, around) else {
            return false;
        };
        if !self.names.insert(full_name.clone()) {
            return false;
        }
        if shared && !self.enters_shared {
            self.shared.push(SharedType {
                full_name,
                around,
                shape,
            });
            return false;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::super::shape::{Branch, Enum, Field, Recursive, Union};
    use super::*;

    const fn field(name: &'static str, shape: &'static Shape, flatten: bool) -> Field {
        Field {
            flatten,
            ..sample::field(name, shape)
        }
    }

    const fn record(
        name: &'static str,
        namespace: Option<&'static str>,
        shared: bool,
        fields: &'static [Field],
    ) -> Record {
        Record {
            shared,
            ..sample::record(name, namespace, fields)
        }
    }

    const COUNTRY: Shape = Shape::Enum(&Enum {
        name: "Country",
        namespace: Some("geo"),
        doc: None,
        aliases: &[],
        shared: true,
        symbols: &["DE"],
        default: None,
    });
    const STREET: Shape = Shape::Record(&record("Street", None, false, &[field("name", &Shape::String, false)]));
    const ADDRESS: Shape = Shape::Record(&record(
        "Address",
        Some("com.acme"),
        true,
        &[field("street", &STREET, false), field("country", &COUNTRY, false)],
    ));
    const NODE: Shape = Shape::Record(&record(
        "Node",
        Some("tree"),
        true,
        &[
            field("parent", &Shape::Optional(&NODE_BY_NAME), false),
            field("at", &ADDRESS, false),
        ],
    ));
    const NODE_BY_NAME: Shape = Shape::Recursive(Recursive {
        name: "Node",
        namespace: Some("tree"),
        shared: true,
        define: || &NODE,
    });
    const PART: Shape = Shape::Record(&record("Part", None, true, &[field("in_a_part", &COUNTRY, false)]));
    const BRANCH: Shape = Shape::Record(&record("Branch", None, false, &[field("node", &NODE_BY_NAME, false)]));

    fn check(fields: &'static [Field], shared: &[&str], elsewhere: &[&str]) {
        let root = Shape::Record(Box::leak(Box::new(record("Event", None, false, fields))));
        let found: Vec<_> = shared_types(&root, "com.acme")
            .into_iter()
            .map(|shared| shared.full_name)
            .collect();
        assert_eq!(found, shared);
        let names: Vec<_> = names_elsewhere(&root, "com.acme").into_iter().collect();
        assert_eq!(names, elsewhere);
    }

    #[test]
    fn what_stands_within_a_shared_type_is_referred_to_there() {
        let elsewhere = ["com.acme.Address", "com.acme.Street", "geo.Country"];
        check(const { &[field("street", &STREET, false)] }, &[], &[]);
        check(
            const { &[field("a", &ADDRESS, false)] },
            &["com.acme.Address"],
            &elsewhere,
        );
        let both = const {
            &[
                field("c", &Shape::Array(&COUNTRY), false),
                field("a", &Shape::Map(&ADDRESS), false),
            ]
        };
        check(both, &["geo.Country", "com.acme.Address"], &elsewhere);
    }

    #[test]
    fn flattened_fields_unions_and_recursion_are_looked_through() {
        check(
            const { &[field("part", &PART, true)] },
            &["geo.Country"],
            &["geo.Country"],
        );
        let all = ["com.acme.Address", "com.acme.Street", "geo.Country", "tree.Node"];
        const UNION: Shape = Shape::Union(&Union {
            branches: &[Branch {
                name: "branch",
                shape: &BRANCH,
            }],
        });
        check(const { &[field("node", &UNION, false)] }, &["tree.Node"], &all);
        check(
            const { &[field("node", &NODE, false), field("at", &ADDRESS, false)] },
            &["tree.Node", "com.acme.Address"],
            &all,
        );

        let own: Vec<_> = shared_types(&NODE, "tree")
            .into_iter()
            .map(|shared| shared.full_name)
            .collect();
        assert_eq!(own, ["com.acme.Address"], "a type does not refer to itself");
        assert!(!names_elsewhere(&NODE, "tree").contains("tree.Node"));
    }
}
