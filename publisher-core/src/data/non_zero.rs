//! `NonZero`: an integer, whose schema says `minimum: 1` where there are no negative ones.

use std::cmp::Ordering;
use std::num::NonZero;

use super::EventData;
use crate::key::EventKey;
use crate::schema::{Bound, Constraint, Shape};
use crate::validate::{Checker, Numeric, Path};

const ONE: Bound = Bound {
    text: "1",
    mantissa: 1,
    scale: 0,
    double: 1.0,
};

macro_rules! non_zero {
    ($($integer:ident => $shape:expr;)*) => {$(
        impl EventData for NonZero<$integer> {
            const SHAPE: Shape = $shape;
            const CHECKED: bool = <$integer as EventData>::CHECKED;

            #[inline(always)]
            fn check(&self, at: &Path<'_>, checker: &mut Checker) {
                EventData::<super::Plain>::check(&self.get(), at, checker);
            }

            #[inline(always)]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                EventData::<super::Plain>::encode_avro(&self.get(), out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                EventData::<super::Plain>::encode_json(&self.get(), out);
            }
        }

        impl<Form: ?Sized> EventKey<Form> for NonZero<$integer>
        where
            $integer: EventKey<Form>,
        {
            fn write_key(&self, out: &mut Vec<u8>) {
                EventKey::<Form>::write_key(&self.get(), out);
            }
        }

        impl Numeric for NonZero<$integer> {
            #[inline]
            fn satisfies(&self, bound: &Bound, accept: fn(Ordering) -> bool) -> bool {
                self.get().satisfies(bound, accept)
            }
        }
    )*};
}

const fn from_one(shape: &'static Shape) -> Shape {
    Shape::Constrained {
        shape,
        constraints: &[Constraint::Min(ONE)],
    }
}

// A schema could say of signed integers that they are not zero, but no reader would make anything of it.
non_zero! {
    i8 => <i8 as EventData>::SHAPE;
    i16 => <i16 as EventData>::SHAPE;
    i32 => <i32 as EventData>::SHAPE;
    i64 => <i64 as EventData>::SHAPE;
    u8 => from_one(&<u8 as EventData>::SHAPE);
    u16 => from_one(&<u16 as EventData>::SHAPE);
    u32 => from_one(&<u32 as EventData>::SHAPE);
    u64 => from_one(&<u64 as EventData>::SHAPE);
}
