//! [`RecordData`] of pointers: a record behind one can be flattened as well.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use super::RecordData;

macro_rules! through_pointer {
    ($($pointer:ty $(where { $($bound:tt)* })?;)*) => {$(
        impl<T: RecordData + ?Sized> RecordData for $pointer $(where $($bound)*)? {
            const NAME: &'static str = T::NAME;
            const NAMESPACE: Option<&'static str> = T::NAMESPACE;
            const SHARED: bool = T::SHARED;

            #[inline]
            fn encode_json_members(&self, out: &mut Vec<u8>) {
                (**self).encode_json_members(out);
            }
        }
    )*};
}
through_pointer! {
    &T;
    Box<T>;
    Rc<T>;
    Arc<T>;
    Cow<'_, T> where { T: ToOwned };
}
