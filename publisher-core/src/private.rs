//! What expanded derives call; not part of the public interface and free to change in any release.

pub use crate::committed::{CommittedSchema, check_committed};
pub use crate::data::convert::{Converted, checked, converted, published};
pub use crate::data::{
    AsDecimal, AsDecimalNumber, AsFixed, AsMicros, AsString, ByName, EventData, FixedName, MapKey, Plain, RecordData,
};
pub use crate::encode::{avro, json};
pub use crate::event::{Encoding, Event, EventSpec, EventType, EventTypes};
pub use crate::key::{
    AvroKey, BigEndianKey, EventKey, KeyForm, KeyFormat, RawKey, SameKey, SameKeyForm, TextKey, Unkeyed,
};
pub use crate::schema::committed::{
    AvroField, AvroType, Default, JsonKind, JsonProperty, JsonType, JsonValue, assert_avro_field, assert_field_names,
    assert_json_field,
};
pub use crate::schema::contract::default::{assert_default, assert_items, assert_json_default};
pub use crate::schema::contract::{
    assert_branch, assert_one_definition_per_name, assert_one_definition_per_name_in_json,
};
pub use crate::schema::flatten::assert_distinct_fields;
pub use crate::schema::key::assert_key;
pub use crate::schema::name::{Name, NamePart};
pub use crate::schema::{
    Bound, Branch, Constraint, Enum, Field, Fixed, Format, Integer, JsonModel, Literal, Record, Recursive, Shape, Union,
};
pub use crate::time::EventTime;
pub use crate::validate::{
    Checker, Countable, Numeric, Path, Pattern, Textual, Violations, exclusive_max, exclusive_min, format, max,
    max_items, max_length, min, min_items, min_length, pattern,
};

/// Appends the key. The bound stands at [`EventTypes::KeyForm`] alone, so that a type that cannot be a key is one error.
pub fn write_key<E: EventTypes>(key: &E::Key, out: &mut Vec<u8>) {
    E::KeyForm::write(key, out);
}

/// Refuses a key whose type or form differs from the first variant's.
pub const fn assert_same_key<Key, Form: ?Sized, Other: SameKey<Key>, OtherForm: SameKeyForm<Form> + ?Sized>() {}

/// Checks the value and, if it is valid, appends its encoding in Avro. One function for each encoding, so that an event has
/// the code of its own only.
#[inline]
pub fn write_avro<T: EventData>(value: &T, name: &'static str, out: &mut Vec<u8>) -> Result<(), Violations> {
    let mut checker = Checker::new(Encoding::Avro);
    value.check(&Path::Root, &mut checker);
    checker.finish(name)?;
    encode_avro(value, out);
    Ok(())
}

/// A function of its own: inlined beside the check the two spill each other's registers.
#[inline(never)]
fn encode_avro<T: EventData>(value: &T, out: &mut Vec<u8>) {
    value.encode_avro(out);
}

/// As [`write_avro`], in JSON.
#[inline]
pub fn write_json<T: EventData>(value: &T, name: &'static str, out: &mut Vec<u8>) -> Result<(), Violations> {
    let mut checker = Checker::new(Encoding::Json);
    value.check(&Path::Root, &mut checker);
    checker.finish(name)?;
    value.encode_json(out);
    Ok(())
}
