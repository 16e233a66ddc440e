//! `fixed = "Name"`: bytes of one length, under a name.

use super::{AsFixed, EventData, FixedName};
use crate::encode::json;
use crate::schema::{Fixed, Shape};

impl<F: FixedName, const N: usize> EventData<AsFixed<F>> for [u8; N] {
    const SHAPE: Shape = Shape::Fixed(&fixed::<F, N>());
    const CHECKED: bool = false;

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::bytes(self, out);
    }
}

#[cfg(feature = "uuid")]
impl<F: FixedName> EventData<AsFixed<F>> for uuid::Uuid {
    const SHAPE: Shape = Shape::Fixed(&fixed::<F, 16>());
    const CHECKED: bool = false;

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::bytes(self.as_bytes(), out);
    }
}

const fn fixed<F: FixedName, const N: usize>() -> Fixed {
    assert!(N > 0, "a fixed of no bytes: readers refuse it");
    // Avro's readers hold the size as an `int`.
    assert!(N <= i32::MAX as usize, "a fixed of more bytes than a reader can hold");
    Fixed {
        name: F::NAME,
        namespace: None,
        size: N,
    }
}
