//! What the compiler checks about flattened records: that no two fields come to stand under one name.

use super::contract::same_text;
use super::shape::{Field, Shape};

/// Panics (at compile time) if the record of the flattened field with this number has a field whose name another one of
/// the record around it has: one that is not flattened, or one of a record that is flattened before.
#[track_caller]
pub const fn assert_distinct_fields(shape: &Shape, flattened: usize) {
    let Shape::Record(around) = shape.plain() else { return };
    let Shape::Record(inner) = around.fields[flattened].shape.plain() else {
        return;
    };
    let (before, rest) = around.fields.split_at(flattened);
    let mut index = 0;
    while index < rest.len() {
        if !rest[index].flatten {
            assert!(!has_field(inner.fields, rest[index].name), "{}", SAME_FIELD);
        }
        index += 1;
    }
    assert!(!share_a_field(before, inner.fields), "{}", SAME_FIELD);
}

const SAME_FIELD: &str = "a field of the flattened record has the name of another field of this record; \
                          give one of them another with `#[event(rename = \"...\")]`";

/// Whether some field of the one has the name of some field of the other, those of flattened records among them.
const fn share_a_field(one: &[Field], other: &[Field]) -> bool {
    let mut index = 0;
    while index < one.len() {
        let shared = match one[index].shape.plain() {
            Shape::Record(record) if one[index].flatten => share_a_field(record.fields, other),
            _ => has_field(other, one[index].name),
        };
        if shared {
            return true;
        }
        index += 1;
    }
    false
}

/// Whether a field has the name, those of flattened records among them.
pub(super) const fn has_field(fields: &[Field], name: &str) -> bool {
    let mut index = 0;
    while index < fields.len() {
        let found = match fields[index].shape.plain() {
            Shape::Record(record) if fields[index].flatten => has_field(record.fields, name),
            _ => same_text(fields[index].name, name),
        };
        if found {
            return true;
        }
        index += 1;
    }
    false
}
