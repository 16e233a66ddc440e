//! Two definitions under one name that only the run time can see: a record that is reached by name alone is defined by a
//! function, which a const function cannot call.
//!
//! Asked by tests (the one that `schema` emits, the recording publisher), because printing a schema cannot fail.

use std::collections::BTreeMap;

use super::same_shape;
use crate::schema::Shape;
use crate::schema::references::full_name;

/// The first full name that has two definitions somewhere below the shape.
pub(crate) fn second_definition(shape: &'static Shape, namespace: &'static str, json: bool) -> Option<String> {
    let mut walk = Walk {
        known: BTreeMap::new(),
        json,
    };
    walk.below(shape, namespace)
}

struct Walk {
    /// Where each name was met first, with the namespace around it.
    known: BTreeMap<String, (&'static Shape, &'static str)>,
    json: bool,
}

impl Walk {
    fn below(&mut self, shape: &'static Shape, around: &'static str) -> Option<String> {
        let shape = match shape.plain() {
            Shape::Recursive(recursive) => (recursive.define)().plain(),
            plain => plain,
        };
        if let Some(name) = full_name(shape, around) {
            match self.known.get(&name) {
                Some((first, first_around)) if same_shape(first, shape, first_around, around, self.json) => {
                    return None;
                }
                Some(_) => return Some(name),
                None => self.known.insert(name, (shape, around)),
            };
        }
        match shape {
            Shape::Optional(inner) | Shape::Array(inner) | Shape::Map(inner) => self.below(inner, around),
            Shape::Record(record) => {
                let namespace = record.namespace.unwrap_or(around);
                record
                    .all_fields()
                    .into_iter()
                    .find_map(|field| self.below(field.shape, namespace))
            }
            Shape::Union(union) => union
                .branches
                .iter()
                .find_map(|branch| self.below(branch.shape, around)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::sample::{field, record};
    use crate::schema::{Integer, Recursive};

    const LONG: Shape = Shape::Record(&record("Part", None, &[field("size", &Shape::Integer(Integer::I64))]));
    const TEXT: Shape = Shape::Record(&record("Part", None, &[field("size", &Shape::String)]));

    #[test]
    fn a_record_by_name_is_compared_too() {
        const BY_NAME: Shape = Shape::Recursive(Recursive {
            name: "Part",
            namespace: None,
            shared: false,
            define: || &TEXT,
        });
        const SAME: Shape = Shape::Recursive(Recursive {
            name: "Part",
            namespace: None,
            shared: false,
            define: || &LONG,
        });
        const DIFFERS: Shape = Shape::Record(&record("All", None, &[field("a", &LONG), field("b", &BY_NAME)]));
        const AGREES: Shape = Shape::Record(&record("All", None, &[field("a", &LONG), field("b", &SAME)]));
        assert_eq!(second_definition(&DIFFERS, "n", false).as_deref(), Some("n.Part"));
        assert_eq!(second_definition(&AGREES, "n", false), None);
    }
}
