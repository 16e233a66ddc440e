//! [`EventData`]: what a type needs to be a field of an event, and its implementations for the standard library's types
//! and those of well-known crates.
//!
//! One implementation states shape, check and both encodings, so that they cannot part. The derives write the same for
//! records, newtypes and enums.

mod array;
#[cfg(feature = "bigdecimal")]
mod bigdecimal;
mod bytes;
#[cfg(feature = "chrono")]
mod chrono;
mod collection;
mod container;
pub(crate) mod convert;
#[cfg(any(feature = "bigdecimal", feature = "decimal"))]
mod decimal;
mod digits;
mod fixed;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "json")]
mod json_value;
mod map_key;
mod moment;
mod non_zero;
mod record;
mod recursive;
#[cfg(feature = "decimal")]
mod rust_decimal;
mod scalar;
#[cfg(feature = "bytes")]
mod shared_bytes;
mod std_time;
mod text;
#[cfg(feature = "time")]
mod time;
mod unsigned;
#[cfg(feature = "url")]
mod url;
#[cfg(feature = "uuid")]
mod uuid;

pub use map_key::MapKey;
pub use recursive::ByName;

use crate::encode::{avro, json};
use crate::schema::Shape;
use crate::validate::{Checker, Path};

/// The branch of a union of two, zig-zag encoded.
const FIRST: u8 = 0;
const SECOND: u8 = 2;

/// The conversion of a field without conversion: the type's own form.
#[derive(Debug)]
pub enum Plain {}

/// The conversion that `#[event(decimal(P, S))]` chooses: exactly `S` places, at most `P` digits in all.
#[derive(Debug)]
pub enum AsDecimal<const P: u32, const S: u32> {}

/// The conversion that `#[event(decimal(P, S, number))]` chooses: as [`AsDecimal`], but a number in JSON.
#[derive(Debug)]
pub enum AsDecimalNumber<const P: u32, const S: u32> {}

/// The conversion that `#[event(micros)]` chooses: microseconds instead of milliseconds.
#[derive(Debug)]
pub enum AsMicros {}

/// The conversion that `#[event(as_string)]` chooses: the text of a number or symbol.
#[derive(Debug)]
pub enum AsString {}

/// The conversion that `#[event(fixed = "Name")]` chooses: bytes of one length, under a name.
#[derive(Debug)]
pub struct AsFixed<N>(std::marker::PhantomData<N>);

/// The name of a `fixed`; the derive implements it for a type of its own.
pub trait FixedName {
    /// The name without namespace; the namespace is that of the record around it.
    const NAME: &'static str;
}

/// A type that can be part of an event: it has a shape, can be checked and can be encoded.
///
/// Derive it for records (structs with fields), newtypes and enums. `As` names a conversion, for types
/// that have more than one published form or none of their own; containers pass it on to what they hold.
///
/// | Rust | Avro | JSON |
/// |---|---|---|
/// | `bool` | boolean | boolean |
/// | `i8` to `i32`, `u8`, `u16` | int | integer |
/// | `i64` | long | integer within ±(2^53 − 1), else a violation |
/// | `u32` | long | integer |
/// | `u64` | long; beyond 2^63 − 1 a violation | integer up to 2^53 − 1, else a violation |
/// | `NonZero<T>` of these | as `T` | as `T`; unsigned from 1 on |
/// | any integer, of 128 bits and `usize` too, with `as_string` | string of digits | string of digits |
/// | `f32`, `f64` | float, double | number; NaN and infinity are violations |
/// | `String`, `&str`, `Cow<str>`, `char` | string | string |
/// | `Vec<u8>`, `&[u8]` | bytes | string, base64 |
/// | `Option<T>` | `["null", T]`, default null | `oneOf` null and T, default null |
/// | `Vec<T>`, `&[T]`, `VecDeque<T>`, `BTreeSet<T>`, `HashSet<T>` | array | array |
/// | `[T; N]` | array; the length is not in the schema | array of exactly N items |
/// | `[u8; N]` | bytes; with `fixed = "Name"` fixed | string, base64 |
/// | `BTreeMap`, `HashMap` with string keys or symbols | map | object |
/// | symbols: an enum without data | enum; with `as_string` string | string with `enum`; with `as_string` any string |
/// | `Uuid` (feature `uuid`) | string, `uuid`; with `fixed = "Name"` fixed of 16 bytes | string; with `fixed` base64 |
/// | an instant: `SystemTime`, `chrono::DateTime`, `time::OffsetDateTime`, `time::UtcDateTime`, `jiff::Timestamp`, `jiff::Zoned` | long, `timestamp-millis`; with `micros` `timestamp-micros` | `2024-02-29T12:30:00.000Z` |
/// | a local time: `chrono::NaiveDateTime`, `time::PrimitiveDateTime`, `jiff::civil::DateTime` | long, `local-timestamp-millis`, or `-micros` | `2024-02-29T12:30:00.000` |
/// | a date: `chrono::NaiveDate`, `time::Date`, `jiff::civil::Date` | int, `date` | `2024-02-29` |
/// | a time of day: `chrono::NaiveTime`, `time::Time`, `jiff::civil::Time` | int, `time-millis`; with `micros` long, `time-micros` | `12:30:00.000` |
/// | a length of time: `Duration`, `chrono::TimeDelta`, `time::Duration`, `jiff::SignedDuration` | long, milliseconds | integer, milliseconds |
/// | `rust_decimal::Decimal` (feature `decimal`), `BigDecimal` (feature `bigdecimal`) with `decimal(p, s)` | bytes, `decimal` | string with s places; with `decimal(p, s, number)` a number |
/// | `Bytes` (feature `bytes`) | bytes | string, base64 |
/// | `Url` (feature `url`) | string | string |
/// | `serde_json::Value` (feature `json`) | string, JSON text | the value |
/// | an enum with data | record with a tag and an optional field for each variant, or union | object |
/// | any type with `as = T` or `into = T` | as `T` | as `T` |
///
/// What is finer than the unit of a time is floored, before 1970 too, alike in Avro and JSON.
///
/// References, `Box`, `Rc`, `Arc` and `Cow` are as what they hold. A `HashMap` or `HashSet` is written in the order of its
/// iteration, which differs from one to the next: take a `BTreeMap` or `BTreeSet` where equal values must have equal bytes.
///
/// # Contract
/// The encoders are called only for values in which [`check`](Self::check) found nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of an event",
    label = "has no published form",
    note = "for your own type: `#[derive(EventData)]`, or `#[derive(Event)]`",
    note = "for a decimal: `#[event(decimal(precision, scale))]` on the field, with the feature `decimal` or `bigdecimal`",
    note = "`decimal`, `micros`, `as_string` and `fixed` are for the types where the table at `EventData` names them; on a newtype they stand where it is declared",
    note = "types of other crates need the feature of the crate's name (`uuid`, `chrono`, `time`, `jiff`, `url`, `bytes`, `json`); the table at `EventData` lists every type",
    note = "any other is published as one of these: `#[event(as = T, with = path::to::function)]`"
)]
pub trait EventData<As: ?Sized = Plain> {
    /// The description from which both schemas are printed.
    const SHAPE: Shape;

    /// The shape of a list of these; differs from an array for `u8` only.
    #[doc(hidden)]
    const LIST: Shape = Shape::Array(&Self::SHAPE);

    /// Whether [`check`](Self::check) can find anything: containers of what has no checks are not walked for them.
    #[doc(hidden)]
    const CHECKED: bool = true;

    /// Notes every violation of the value's constraints and of what its encoding can hold.
    #[inline(always)]
    fn check(&self, at: &Path<'_>, checker: &mut Checker) {
        let _ = (at, checker);
    }

    /// Appends Avro's binary encoding.
    fn encode_avro(&self, out: &mut Vec<u8>);

    /// Appends JSON text.
    fn encode_json(&self, out: &mut Vec<u8>);

    /// As [`encode_avro`](Self::encode_avro), for a field with a default that is not null: its union has the value first.
    #[doc(hidden)]
    #[inline(always)]
    fn encode_avro_value_first(&self, out: &mut Vec<u8>) {
        self.encode_avro(out);
    }

    /// As [`encode_avro`](Self::encode_avro) with the branch before it, for a value in an `Option`. A union has its branches
    /// beside null and writes its own.
    #[doc(hidden)]
    #[inline(always)]
    fn encode_avro_some(&self, out: &mut Vec<u8>) {
        out.push(SECOND);
        self.encode_avro(out);
    }

    #[doc(hidden)]
    #[inline]
    fn check_list(list: &[Self], at: &Path<'_>, checker: &mut Checker)
    where
        Self: Sized,
    {
        if !Self::CHECKED {
            return;
        }
        for (index, item) in list.iter().enumerate() {
            item.check(&Path::Index(at, index), checker);
        }
    }

    #[doc(hidden)]
    #[inline]
    fn encode_list_avro(list: &[Self], out: &mut Vec<u8>)
    where
        Self: Sized,
    {
        avro::block_start(list.len(), out);
        for item in list {
            item.encode_avro(out);
        }
        avro::block_end(out);
    }

    #[doc(hidden)]
    #[inline]
    fn encode_list_json(list: &[Self], out: &mut Vec<u8>)
    where
        Self: Sized,
    {
        json::items(list, out, |item, out| item.encode_json(out));
    }
}

/// A record: event data with a name and members of its own. What the derive implements for structs with fields and
/// for enums that are published with a tag.
///
/// Records can be flattened into others and can hold themselves.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a record",
    label = "has no fields that could stand here",
    note = "a struct with named fields that derives `EventData` is one; an `Option`, a list, a newtype or a set of symbols is not"
)]
pub trait RecordData: EventData {
    /// The name without namespace.
    const NAME: &'static str;
    /// The namespace; `None` takes that of the record around it.
    const NAMESPACE: Option<&'static str>;
    /// Whether it has a subject of its own, so that other schemas refer to it; default no.
    const SHARED: bool = false;

    /// Appends the members of the JSON object with commas between them, without the braces.
    fn encode_json_members(&self, out: &mut Vec<u8>);
}
