//! The forms of a record's key: which bytes stand for an entity, and whether they have a schema.
//!
//! Knows encoders and frames; knows no registry and no Kafka client: an Avro key leaves here with the id 0 in its frame.

use std::fmt;
use std::marker::PhantomData;

use super::EventKey;
use crate::data::{EventData, Plain};
use crate::schema::Shape;
use crate::validate::{Checker, Path};
use crate::wire;

/// The key as UTF-8 text: what every tool and every language reads. The default.
#[derive(Debug)]
pub enum TextKey {}

/// The key as a big-endian number of 2, 4 or 8 bytes: `#[event(key = big_endian)]`.
///
/// Implements: `ShortSerializer`, `IntegerSerializer` and `LongSerializer` of Apache Kafka's Java client.
#[derive(Debug)]
pub enum BigEndianKey {}

/// The key's bytes as they are: `#[event(key = raw)]`.
#[derive(Debug)]
pub enum RawKey {}

/// The key in Avro's binary encoding, in a frame with the id of a schema of its own: `#[event(key = avro)]`.
///
/// The schema stands under the subject `<topic>-key`, whatever the strategy for values is. `As` is the conversion, as
/// for [`EventData`].
///
/// Implements: Confluent wire format, version 0; `TopicNameStrategy` for keys; top-level bytes stand without their
/// length, as `KafkaAvroSerializer` writes them.
pub struct AvroKey<As: ?Sized = Plain>(PhantomData<As>);

impl<As: ?Sized> fmt::Debug for AvroKey<As> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AvroKey")
    }
}

/// A form that keys of the type `K` have. Implemented by [`TextKey`], [`BigEndianKey`] and [`RawKey`] for every
/// [`EventKey`] of that form, by [`AvroKey`] for all [`EventData`].
///
/// An Avro key holds no float, no map and nothing optional at the top, or the event does not compile.
#[diagnostic::on_unimplemented(
    message = "`{K}` has no form as a record's key that `{Self}` names",
    label = "cannot be a key of this form",
    note = "the forms are `TextKey`, `BigEndianKey`, `RawKey` and `AvroKey`"
)]
pub trait KeyForm<K: ?Sized> {
    /// Notes every violation of the key's own constraints, as far as its encoding depends on them.
    fn check(key: &K, checker: &mut Checker) {
        let _ = (key, checker);
    }

    /// Appends the key. That of an Avro key begins with a frame whose id is 0, which the publisher fills in.
    fn write(key: &K, out: &mut Vec<u8>);
}

macro_rules! by_event_key {
    ($($form:ty),*) => {$(
        impl<K: EventKey<$form> + ?Sized> KeyForm<K> for $form {
            fn write(key: &K, out: &mut Vec<u8>) {
                key.write_key(out);
            }
        }
    )*};
}
by_event_key!(TextKey, BigEndianKey, RawKey);

impl<As: ?Sized, K: EventData<As> + ?Sized> KeyForm<K> for AvroKey<As> {
    fn check(key: &K, checker: &mut Checker) {
        key.check(&Path::Field(&Path::Root, "key"), checker);
    }

    fn write(key: &K, out: &mut Vec<u8>) {
        wire::begin(out);
        let start = out.len();
        key.encode_avro(out);
        if matches!(K::SHAPE.plain(), Shape::Bytes) {
            let length = out[start..].iter().take_while(|byte| **byte & 0x80 != 0).count() + 1;
            out.drain(start..start + length);
        }
    }
}

/// What the bytes of a type's keys are, for those who read them.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum KeyFormat {
    /// UTF-8 text; see [`TextKey`].
    Text,
    /// A big-endian number; see [`BigEndianKey`].
    BigEndian,
    /// Any bytes; see [`RawKey`].
    Raw,
    /// A frame around Avro of this shape; see [`AvroKey`].
    Avro(&'static Shape),
}

/// All variants of an event enum have one form of key, or a tombstone could not be written.
#[diagnostic::on_unimplemented(
    message = "the variants of an event enum need keys of one form",
    label = "the key's form is `{Self}` here, `{Form}` in the first variant"
)]
pub trait SameKeyForm<Form: ?Sized> {}

impl<Form: ?Sized> SameKeyForm<Form> for Form {}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<F: KeyForm<K>, K: ?Sized>(key: &K, expected: &str) {
        let mut out = b"before".to_vec();
        F::write(key, &mut out);
        let hex: String = out[6..].iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((&out[..6], hex.as_str()), (&b"before"[..], expected));
    }

    /// What Java's `ShortSerializer`, `IntegerSerializer` and `LongSerializer` write.
    #[test]
    fn big_endian_keys_are_those_of_javas_serializers() {
        check::<BigEndianKey, _>(&1_i32, "00000001");
        check::<BigEndianKey, _>(&i32::MIN, "80000000");
        check::<BigEndianKey, _>(&-2_i64, "fffffffffffffffe");
        check::<BigEndianKey, _>(&0x0102_0304_0506_0708_i64, "0102030405060708");
        check::<BigEndianKey, _>(&-2_i16, "fffe");
        check::<BigEndianKey, _>(&Box::new(&258_i32), "00000102");
    }

    #[test]
    fn raw_keys_are_their_bytes() {
        check::<RawKey, _>(&[1_u8, 0, 255][..], "0100ff");
        check::<RawKey, _>(&vec![0_u8, 7], "0007");
        check::<RawKey, _>(&[0_u8; 3], "000000");
        check::<RawKey, _>(&std::borrow::Cow::Borrowed(&b"a"[..]), "61");
    }

    #[cfg(feature = "uuid")]
    #[test]
    fn a_uuid_is_text_or_sixteen_bytes() {
        let id = uuid::Uuid::from_u128(0x0192_f0c1_2233_7445_8566_7788_99aa_bbcc);
        check::<RawKey, _>(&id, "0192f0c12233744585667788 99aabbcc".replace(' ', "").as_str());
        let mut out = Vec::new();
        TextKey::write(&id, &mut out);
        assert_eq!(out, b"0192f0c1-2233-7445-8566-778899aabbcc");
        let mut framed = b"\0\0\0\0\0\x48".to_vec();
        framed.extend(&out);
        let mut avro = Vec::new();
        <AvroKey as KeyForm<_>>::write(&id, &mut avro);
        assert_eq!(avro, framed);
    }

    #[test]
    fn avro_keys_stand_in_a_frame_without_id() {
        check::<AvroKey, _>("ab", "0000000000046162");
        check::<AvroKey, _>(&-1_i64, "000000000001");
        check::<AvroKey, _>(&vec![1_i32, 2], "00000000000402040 0".replace(' ', "").as_str());
    }

    /// `KafkaAvroSerializer` writes a `byte[]` after the frame as it is.
    #[test]
    fn top_level_bytes_stand_without_their_length() {
        check::<AvroKey, _>(&vec![7_u8, 8], "00000000000708");
        check::<AvroKey, _>(&Vec::<u8>::new(), "0000000000");
        let long = vec![9_u8; 200];
        let mut out = Vec::new();
        <AvroKey as KeyForm<_>>::write(&long, &mut out);
        assert_eq!((out.len(), &out[5..]), (205, &long[..]));
    }
}
