//! Keys that are no text: Java's big-endian numbers, and bytes as they are.

use std::borrow::Cow;

use super::{BigEndianKey, EventKey, RawKey};

macro_rules! big_endian {
    ($($integer:ty),*) => {$(
        impl EventKey<BigEndianKey> for $integer {
            fn write_key(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_be_bytes());
            }
        }
    )*};
}
// Java has no others: an unsigned number would be read as another one.
big_endian!(i16, i32, i64);

macro_rules! raw {
    ($($bytes:ty $(, $length:ident)?);*) => {$(
        impl$(<const $length: usize>)? EventKey<RawKey> for $bytes {
            fn write_key(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(self);
            }
        }
    )*};
}
raw!([u8]; Vec<u8>; Cow<'_, [u8]>; [u8; N], N);

#[cfg(feature = "uuid")]
impl EventKey<RawKey> for uuid::Uuid {
    fn write_key(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}
