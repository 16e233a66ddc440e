//! `VecDeque`, `BTreeSet`, `HashSet`: arrays of what they hold, of `u8` too.

use std::collections::{BTreeSet, HashSet, VecDeque};

use super::EventData;
use crate::encode::{avro, json};
use crate::schema::{Constraint, Shape};
use crate::validate::{Checker, Countable, Path};

macro_rules! collection {
    ($collection:ident<T $(, $state:ident)?>, $shape:expr) => {
        impl<As: ?Sized, T: EventData<As> $(, $state)?> EventData<As> for $collection<T $(, $state)?> {
            const SHAPE: Shape = $shape;
            const CHECKED: bool = T::CHECKED;

            #[inline]
            fn check(&self, at: &Path<'_>, checker: &mut Checker) {
                // The walk has to be left out by hand: the compiler does not see that it changes nothing.
                if !T::CHECKED {
                    return;
                }
                for (index, item) in self.iter().enumerate() {
                    item.check(&Path::Index(at, index), checker);
                }
            }

            #[inline]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                avro::block_start(self.len(), out);
                for item in self {
                    item.encode_avro(out);
                }
                avro::block_end(out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                json::items(self, out, |item, out| item.encode_json(out));
            }
        }

        impl<T $(, $state)?> Countable for $collection<T $(, $state)?> {
            fn count(&self) -> Option<usize> {
                Some(self.len())
            }
        }
    };
}
collection!(VecDeque<T>, Shape::Array(&T::SHAPE));
collection!(BTreeSet<T>, Shape::Array(&T::SHAPE));
collection!(
    HashSet<T, S>,
    Shape::Constrained {
        shape: &Shape::Array(&T::SHAPE),
        constraints: &[Constraint::AnyOrder],
    }
);
