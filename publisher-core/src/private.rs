//! What expanded derives call; not part of the public interface and free to change in any release.

pub use crate::data::{AsDecimal, EventData, MapKey, Plain};
pub use crate::encode::{avro, json};
pub use crate::event::{Encoding, Event, EventSpec, EventType, EventTypes};
pub use crate::key::{EventKey, SameKey, Unkeyed};
pub use crate::schema::contract::{assert_default, assert_items, assert_one_definition_per_name};
pub use crate::schema::{Bound, Constraint, Enum, Field, Format, Integer, JsonModel, Literal, Record, Shape};
pub use crate::time::EventTime;
pub use crate::validate::{
    Checker, Countable, Numeric, Path, Pattern, Textual, Violations, exclusive_max, exclusive_min, format, max,
    max_items, max_length, min, min_items, min_length, pattern,
};

/// Appends the key. The bound stands at [`EventTypes::Key`] alone, so that a type that cannot be a key is one error.
pub fn write_key<E: EventTypes>(key: &E::Key, out: &mut Vec<u8>) {
    key.write_key(out);
}

/// Refuses a key type that differs from the first variant's.
pub const fn assert_same_key<Key, Other: SameKey<Key>>() {}

/// Checks the value and, if it is valid, appends its encoding.
pub fn write<T: EventData>(value: &T, event_type: &'static EventType, out: &mut Vec<u8>) -> Result<(), Violations> {
    let mut checker = Checker::new(event_type.encoding());
    value.check(&Path::Root, &mut checker);
    checker.finish(event_type.name())?;
    match event_type.encoding() {
        Encoding::Avro => encode_avro(value, out),
        Encoding::Json => encode_json(value, out),
    }
    Ok(())
}

/// A function of its own, as the next one is: both inlined beside the check spill each other's registers.
#[inline(never)]
fn encode_avro<T: EventData>(value: &T, out: &mut Vec<u8>) {
    value.encode_avro(out);
}

#[inline(never)]
fn encode_json<T: EventData>(value: &T, out: &mut Vec<u8>) {
    value.encode_json(out);
}
