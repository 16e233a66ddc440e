//! Options, lists, maps, pointers: each passes a conversion on to what it holds.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::{EventData, FIRST, MapKey, SECOND};
use crate::encode::{avro, json};
use crate::schema::Shape;
use crate::validate::{Checker, Path};

impl<As: ?Sized, T: EventData<As>> EventData<As> for Option<T> {
    const SHAPE: Shape = Shape::Optional(&T::SHAPE);
    const CHECKED: bool = T::CHECKED;

    #[inline(always)]
    fn check(&self, at: &Path<'_>, checker: &mut Checker) {
        if let Some(value) = self {
            value.check(at, checker);
        }
    }

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        match self {
            None => out.push(FIRST),
            Some(value) => value.encode_avro_some(out),
        }
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        match self {
            None => json::null(out),
            Some(value) => value.encode_json(out),
        }
    }

    #[inline(always)]
    fn encode_avro_value_first(&self, out: &mut Vec<u8>) {
        match self {
            None => out.push(SECOND),
            Some(value) => {
                out.push(FIRST);
                value.encode_avro(out);
            }
        }
    }
}

macro_rules! list {
    ($($list:ty),*) => {$(
        impl<As: ?Sized, T: EventData<As>> EventData<As> for $list {
            const SHAPE: Shape = T::LIST;
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
    )*};
}
list!([T], Vec<T>);

macro_rules! map {
    ($map:ident<K, V $(, $state:ident)?>) => {
        impl<As: ?Sized, K: MapKey, V: EventData<As> $(, $state)?> EventData<As> for $map<K, V $(, $state)?> {
            const SHAPE: Shape = Shape::Map(&V::SHAPE);
            const CHECKED: bool = V::CHECKED;

            #[inline]
            fn check(&self, at: &Path<'_>, checker: &mut Checker) {
                // The walk has to be left out by hand: the compiler does not see that it changes nothing.
                if !V::CHECKED {
                    return;
                }
                for (index, value) in self.values().enumerate() {
                    value.check(&Path::Entry(at, index), checker);
                }
            }

            #[inline]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                avro::block_start(self.len(), out);
                for (key, value) in self {
                    avro::bytes(key.as_text().as_bytes(), out);
                    value.encode_avro(out);
                }
                avro::block_end(out);
            }

            #[inline]
            fn encode_json(&self, out: &mut Vec<u8>) {
                json::entries(self.iter().map(|(key, value)| (key.as_text(), value)), out, |value, out| value.encode_json(out));
            }
        }
    };
}
map!(BTreeMap<K, V>);
map!(HashMap<K, V, S>);

macro_rules! pointer {
    ($($pointer:ty $(where { $($bound:tt)* })?;)*) => {$(
        impl<As: ?Sized, T: EventData<As> + ?Sized> EventData<As> for $pointer $(where $($bound)*)? {
            const SHAPE: Shape = T::SHAPE;
            const CHECKED: bool = T::CHECKED;

            #[inline(always)]
            fn check(&self, at: &Path<'_>, checker: &mut Checker) {
                (**self).check(at, checker);
            }

            #[inline(always)]
            fn encode_avro(&self, out: &mut Vec<u8>) {
                (**self).encode_avro(out);
            }

            #[inline(always)]
            fn encode_json(&self, out: &mut Vec<u8>) {
                (**self).encode_json(out);
            }

            #[inline(always)]
            fn encode_avro_value_first(&self, out: &mut Vec<u8>) {
                (**self).encode_avro_value_first(out);
            }

            #[inline(always)]
            fn encode_avro_some(&self, out: &mut Vec<u8>) {
                (**self).encode_avro_some(out);
            }
        }
    )*};
}
pointer! {
    &T;
    Box<T>;
    Rc<T>;
    Arc<T>;
    Cow<'_, T> where { T: ToOwned };
}
