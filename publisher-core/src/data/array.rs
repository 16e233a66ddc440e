//! `[T; N]`: a list of exactly so many items, `[u8; N]` so many bytes.

use super::EventData;
use crate::schema::{Constraint, Shape};
use crate::validate::{Checker, Countable, Path};

impl<As: ?Sized, T: EventData<As>, const N: usize> EventData<As> for [T; N] {
    const SHAPE: Shape = Shape::Constrained {
        shape: &T::LIST,
        constraints: &[Constraint::MinItems(length::<N>()), Constraint::MaxItems(length::<N>())],
    };
    const CHECKED: bool = T::CHECKED;

    #[inline(always)]
    fn check(&self, at: &Path<'_>, checker: &mut Checker) {
        T::check_list(self, at, checker);
    }

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        T::encode_list_avro(self, out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        T::encode_list_json(self, out);
    }
}

impl<T, const N: usize> Countable for [T; N] {
    fn count(&self) -> Option<usize> {
        Some(N)
    }
}

const fn length<const N: usize>() -> u32 {
    assert!(N <= u32::MAX as usize, "an array of more items than a schema can count");
    N as u32
}
