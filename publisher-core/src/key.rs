//! [`EventKey`]: the bytes of a record's key, alone or compound.
//!
//! Here the text, which is the default; `form.rs` says which forms there are, `binary.rs` writes those that are no text.
//! Whatever the form, one entity always has the same bytes.

mod binary;
mod form;

pub use form::{AvroKey, BigEndianKey, KeyForm, KeyFormat, RawKey, SameKeyForm, TextKey};

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// A type whose values can key records: the entity's ID.
///
/// Records with equal keys go to one partition and keep their order. `Form` is how the key is written; the attribute on
/// the key field chooses it:
///
/// | attribute | form | the key's bytes | types |
/// |---|---|---|---|
/// | `key` | [`TextKey`] | UTF-8 text | strings, integers, `Uuid`, symbols, tuples of these |
/// | `key = big_endian` | [`BigEndianKey`] | those of Java's Short-, Integer- and `LongSerializer` | `i16`, `i32`, `i64` |
/// | `key = raw` | [`RawKey`] | as they are | `Vec<u8>`, `[u8]`, `[u8; N]`, `Uuid` (its 16 bytes) |
/// | `key = avro` | [`AvroKey`] | a frame around Avro | any [`EventData`](crate::EventData) without floats and maps |
///
/// A newtype that derives `EventData` has every form of what it holds. Avro keys need no implementation of this trait.
/// Tuples are compound keys: the parts stand in order with `:` between them, a `:` or `\` within a part has a `\` before
/// it, so that two entities never share a key by accident.
///
/// A topic's readers and the other producers of its keys must know the form: Java's partitioner hashes the bytes.
///
/// # Examples
/// ```
/// use publisher_core::{BigEndianKey, EventKey};
///
/// let mut key = Vec::new();
/// ("acme:eu", 7).write_key(&mut key);
/// assert_eq!(key, br"acme\:eu:7");
///
/// key.clear();
/// EventKey::<BigEndianKey>::write_key(&7_i32, &mut key);
/// assert_eq!(key, [0, 0, 0, 7]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a record's key in the form `{Form}`",
    label = "has no stable bytes in this form",
    note = "`#[event(key)]` is text: strings, integers and `Uuid` (feature `uuid`), newtypes of these with `#[derive(EventData)]`, and tuples of these",
    note = "`#[event(key = big_endian)]` is for `i16`, `i32` and `i64`, `#[event(key = raw)]` for bytes and `Uuid`, `#[event(key = avro)]` for all other event data",
    note = "floats and maps cannot in any form: equal values can have different bytes"
)]
pub trait EventKey<Form: ?Sized = TextKey> {
    /// Appends the key's bytes.
    fn write_key(&self, out: &mut Vec<u8>);
}

impl EventKey for str {
    fn write_key(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}

impl EventKey for String {
    fn write_key(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}

impl EventKey for Cow<'_, str> {
    fn write_key(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}

macro_rules! integer {
    ($($integer:ty),*) => {$(
        impl EventKey for $integer {
            fn write_key(&self, out: &mut Vec<u8>) {
                crate::encode::json::integer(i64::from(*self), out);
            }
        }
    )*};
}
integer!(i8, i16, i32, i64, u8, u16, u32);

macro_rules! wide_integer {
    ($($integer:ty),* => |$value:ident| $parts:expr) => {$(
        impl EventKey for $integer {
            fn write_key(&self, out: &mut Vec<u8>) {
                let $value = *self;
                let (negative, magnitude) = $parts;
                crate::encode::json::digits(negative, magnitude, out);
            }
        }
    )*};
}
wide_integer!(u64, usize => |value| (false, value as u128));
wide_integer!(u128 => |value| (false, value));
wide_integer!(isize => |value| (value < 0, value.unsigned_abs() as u128));
wide_integer!(i128 => |value| (value < 0, value.unsigned_abs()));

#[cfg(feature = "uuid")]
impl EventKey for uuid::Uuid {
    fn write_key(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.hyphenated().encode_lower(&mut Self::encode_buffer()).as_bytes());
    }
}

macro_rules! through_pointer {
    ($($pointer:ty),*) => {$(
        impl<Form: ?Sized, K: EventKey<Form> + ?Sized> EventKey<Form> for $pointer {
            fn write_key(&self, out: &mut Vec<u8>) {
                (**self).write_key(out);
            }
        }
    )*};
}
through_pointer!(&K, Box<K>, Rc<K>, Arc<K>);

macro_rules! compound {
    ($($part:ident $index:tt),*) => {
        impl<$($part: EventKey),*> EventKey for ($($part,)*) {
            fn write_key(&self, out: &mut Vec<u8>) {
                $(
                    if $index > 0 {
                        out.push(SEPARATOR);
                    }
                    let start = out.len();
                    self.$index.write_key(out);
                    escape(out, start);
                )*
            }
        }
    };
}
compound!(A 0, B 1);
compound!(A 0, B 1, C 2);
compound!(A 0, B 1, C 2, D 3);

/// The key type of an unkeyed event. It has no value, so that nobody can ask for a tombstone without a key.
#[derive(Debug)]
pub enum Unkeyed {}

impl EventKey for Unkeyed {
    fn write_key(&self, _: &mut Vec<u8>) {
        match *self {}
    }
}

/// All variants of an event enum have one key type, or a tombstone could not name it.
#[diagnostic::on_unimplemented(
    message = "the variants of an event enum need keys of one type",
    label = "the key is a `{Self}` here, a `{Key}` in the first variant"
)]
pub trait SameKey<Key> {}

impl<Key> SameKey<Key> for Key {}

const SEPARATOR: u8 = b':';
const ESCAPE: u8 = b'\\';

/// Puts an escape before each separator and escape of the part that begins at `start`.
fn escape(out: &mut Vec<u8>, start: usize) {
    if !out[start..].iter().any(|byte| matches!(*byte, SEPARATOR | ESCAPE)) {
        return;
    }
    let part = out.split_off(start);
    for byte in part {
        if matches!(byte, SEPARATOR | ESCAPE) {
            out.push(ESCAPE);
        }
        out.push(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: impl EventKey, expected: &str) {
        let mut out = Vec::new();
        key.write_key(&mut out);
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn keys_are_text() {
        check("é", "é");
        check(-7_i64, "-7");
        check(u64::MAX, "18446744073709551615");
        check(i128::MIN, "-170141183460469231731687303715884105728");
        check(0_usize, "0");
        check(Box::new(String::from("a:b")), "a:b");
    }

    #[test]
    fn compound_keys_escape_their_separator() {
        check(("acme", 7_u32), "acme:7");
        check(("a:b", "c"), r"a\:b:c");
        check(("a", "b:c"), r"a:b\:c");
        check((r"a\", "b"), r"a\\:b");
        check(("a", "", "b", ""), "a::b:");
    }
}
