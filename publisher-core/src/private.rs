//! What expanded derives call; not part of the public interface and free to change in any release.

pub use crate::data::{AsDecimal, EventData, Plain};
pub use crate::encode::{avro, json};
pub use crate::event::{Encoding, Event, EventSpec, EventType, EventTypes};
pub use crate::key::EventKey;
pub use crate::schema::contract::{assert_default, assert_items, assert_one_definition_per_name};
pub use crate::schema::{Bound, Constraint, Enum, Field, Format, Integer, JsonModel, Literal, Record, Shape};
pub use crate::validate::{
    Checker, Countable, Numeric, Path, Pattern, Textual, Violations, exclusive_max, exclusive_min, format, max,
    max_items, max_length, min, min_items, min_length, pattern,
};

/// Types that a field marked `time` can have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an instant",
    label = "`time` needs an instant",
    note = "mark a `chrono::DateTime<Utc>` (feature `chrono`), or an `Option` of it"
)]
pub trait EventTime {
    /// Milliseconds since 1970-01-01T00:00:00Z, floored.
    fn timestamp_ms(&self) -> Option<i64>;
}

#[cfg(feature = "chrono")]
impl EventTime for chrono::DateTime<chrono::Utc> {
    fn timestamp_ms(&self) -> Option<i64> {
        Some(self.timestamp_millis())
    }
}

impl<T: EventTime> EventTime for Option<T> {
    fn timestamp_ms(&self) -> Option<i64> {
        self.as_ref()?.timestamp_ms()
    }
}

impl<T: EventTime + ?Sized> EventTime for &T {
    fn timestamp_ms(&self) -> Option<i64> {
        (**self).timestamp_ms()
    }
}

/// The key type of an unkeyed event. It has no value, so that nobody can ask for a tombstone without a key.
#[derive(Debug)]
pub enum Unkeyed {}

impl EventKey for Unkeyed {
    fn write_key(&self, _: &mut Vec<u8>) {
        match *self {}
    }
}

/// Appends the key. The bound stands at [`EventTypes::Key`] alone, so that a type that cannot be a key is one error.
pub fn write_key<E: EventTypes>(key: &E::Key, out: &mut Vec<u8>) {
    key.write_key(out);
}

/// All variants of an event enum have one key type, or a tombstone could not name it.
#[diagnostic::on_unimplemented(
    message = "the variants of an event enum need keys of one type",
    label = "the key is a `{Self}` here, a `{Key}` in the first variant"
)]
pub trait SameKey<Key> {}

impl<Key> SameKey<Key> for Key {}

/// Refuses a key type that differs from the first variant's.
pub const fn assert_same_key<Key, Other: SameKey<Key>>() {}

/// Checks the value and, if it is valid, appends its encoding.
pub fn write<T: EventData>(value: &T, event_type: &'static EventType, out: &mut Vec<u8>) -> Result<(), Violations> {
    let mut checker = Checker::new(event_type.encoding());
    value.check(&Path::Root, &mut checker);
    checker.finish(event_type.name())?;
    match event_type.encoding() {
        Encoding::Avro => value.encode_avro(out),
        Encoding::Json => value.encode_json(out),
    }
    Ok(())
}
