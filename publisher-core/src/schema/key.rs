//! Which shapes can be an Avro key, in const functions.
//!
//! A key is looked up by its bytes, so equal keys must have equal bytes, whoever writes them. A failing check is a compile
//! error at the place that the derive chose; the text is ours.

use super::shape::{Constraint, Field, Shape};

/// Panics (at compile time) if equal keys of this shape could have different bytes, or readers could not tell the key.
#[track_caller]
pub const fn assert_key(shape: &Shape) {
    match shape.plain() {
        Shape::Optional(_) => panic!(
            "an optional key: a record without a key has no order and no tombstone; \
             key by a field that is always there, or say `#[event(unkeyed)]`"
        ),
        Shape::Decimal { .. } => panic!(
            "a decimal by itself as the key: Java's readers take top-level bytes as they are; \
             hold it in a struct, or key by an integer or a string"
        ),
        _ => assert_stable(shape),
    }
}

#[track_caller]
const fn assert_stable(shape: &Shape) {
    match shape {
        Shape::Float | Shape::Double => panic!(
            "a float in the key: equal numbers can have different bytes (0.0 and -0.0, every NaN); \
             take an integer of a smaller unit, a decimal, or a string"
        ),
        Shape::Map(_) => panic!(
            "a map in the key: its entries have no order that all writers keep; \
             take a struct with a field for each entry, or a list"
        ),
        Shape::Json => panic!(
            "JSON text in the key: equal values can have different texts; take a struct with a field for each member"
        ),
        Shape::Recursive(_) => {
            panic!("a record that holds itself in the key: readers compare keys as a whole; key by the record's ID")
        }
        Shape::Constrained { constraints, .. } if has_any_order(constraints) => {
            panic!("a hash set in the key: its items have no order that all writers keep; take a `BTreeSet` or a list")
        }
        Shape::Optional(inner) | Shape::Array(inner) | Shape::Constrained { shape: inner, .. } => assert_stable(inner),
        Shape::Record(record) => assert_stable_fields(record.fields),
        Shape::Union(union) => {
            let mut index = 0;
            while index < union.branches.len() {
                assert_stable(union.branches[index].shape);
                index += 1;
            }
        }
        _ => {}
    }
}

const fn has_any_order(constraints: &[Constraint]) -> bool {
    let mut index = 0;
    while index < constraints.len() {
        if matches!(constraints[index], Constraint::AnyOrder) {
            return true;
        }
        index += 1;
    }
    false
}

#[track_caller]
const fn assert_stable_fields(fields: &[Field]) {
    let mut index = 0;
    while index < fields.len() {
        assert_stable(fields[index].shape);
        index += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::sample::{field, record};
    use crate::schema::{Bound, Branch, Enum, Layout, Recursive, Union, avro_key_schema};

    fn refusal(shape: &'static Shape) -> Option<String> {
        let panic = std::panic::catch_unwind(move || assert_key(shape)).err()?;
        let text = panic.downcast_ref::<&str>().map(ToString::to_string);
        Some(
            text.or_else(|| panic.downcast_ref::<String>().cloned())
                .unwrap_or_default(),
        )
    }

    #[test]
    fn what_has_more_than_one_encoding_is_no_key() {
        const MAP: Shape = Shape::Map(&Shape::String);
        const BOUNDED: Shape = Shape::Constrained {
            shape: &Shape::Double,
            constraints: &[Constraint::Min(Bound {
                text: "0",
                mantissa: 0,
                scale: 0,
                double: 0.0,
            })],
        };
        const WITHIN: Shape = Shape::Record(&record(
            "Outer",
            None,
            &[
                field("id", &Shape::String),
                field("list", &Shape::Array(&Shape::Optional(&Shape::Float))),
            ],
        ));
        for (shape, expected) in [
            (&BOUNDED, "a float in the key"),
            (&Shape::Map(&Shape::String), "a map in the key"),
            (&Shape::Array(&MAP), "a map in the key"),
            (&WITHIN, "a float in the key"),
            (&Shape::Json, "JSON text in the key"),
            (&Shape::Optional(&Shape::String), "an optional key"),
        ] {
            let text = refusal(shape).unwrap_or_default();
            assert!(text.starts_with(expected), "{shape:?}: {text}");
        }
    }

    #[test]
    fn what_has_one_encoding_is_a_key() {
        const OPTIONAL_WITHIN: Shape = Shape::Record(&record(
            "Key",
            None,
            &[
                field("region", &Shape::Optional(&Shape::String)),
                field("id", &Shape::Uuid),
            ],
        ));
        for shape in [
            &Shape::String,
            &Shape::Bytes,
            &Shape::Date,
            &Shape::Array(&Shape::Uuid),
            &OPTIONAL_WITHIN,
        ] {
            assert_eq!(refusal(shape), None, "{shape:?}");
        }
    }

    /// At the top every name is written with its namespace, for there is nothing around to take it from.
    #[test]
    fn schemas_of_any_shape() {
        const KEY: Shape = Shape::Record(&record("Key", None, &[field("id", &Shape::Uuid)]));
        const REGION: Shape = Shape::Enum(&Enum {
            name: "Region",
            namespace: None,
            doc: None,
            aliases: &[],
            shared: false,
            symbols: &["EU"],
            default: None,
        });
        let check = |shape: &Shape, expected: &str| {
            let text = avro_key_schema(shape, "com.acme", Layout::Compact);
            assert_eq!(text, expected);
        };
        let id = r#"{"type":"string","logicalType":"uuid"}"#;
        let key = format!(
            r#"{{"type":"record","name":"Key","namespace":"com.acme","fields":[{{"name":"id","type":{id}}}]}}"#
        );
        let region = r#"{"type":"enum","name":"Region","namespace":"com.acme","symbols":["EU"]}"#;
        check(&Shape::String, r#""string""#);
        check(&Shape::Integer(crate::schema::Integer::I64), r#""long""#);
        check(&Shape::Uuid, id);
        check(&KEY, &key);
        check(&REGION, region);
        check(
            &Shape::Array(&REGION),
            &format!(r#"{{"type":"array","items":{region}}}"#),
        );
        check(
            &Shape::Array(&Shape::Optional(&KEY)),
            &format!(r#"{{"type":"array","items":["null",{key}]}}"#),
        );
        check(&Shape::Map(&KEY), &format!(r#"{{"type":"map","values":{key}}}"#));
        const BY_NAME: Shape = Shape::Recursive(Recursive {
            name: "Key",
            namespace: None,
            shared: false,
            define: || &KEY,
        });
        check(&Shape::Array(&BY_NAME), &format!(r#"{{"type":"array","items":{key}}}"#));
        const UNION: Shape = Shape::Union(&Union {
            branches: &[Branch {
                name: "Key",
                shape: &KEY,
            }],
        });
        check(
            &Shape::Array(&Shape::Optional(&UNION)),
            &format!(r#"{{"type":"array","items":["null",{key}]}}"#),
        );
    }
}
