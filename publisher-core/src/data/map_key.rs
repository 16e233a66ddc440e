//! [`MapKey`]: the types that a published map can have as keys.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// A string by another name: both encodings have string keys only. An enum without data that derives `EventData` is one by
/// its symbols; a newtype that derives `EventData` has it from what
/// it holds. The newtype's constraints are not looked at in keys: no schema of ours says anything of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a published map",
    label = "not a string",
    note = "publish a list of records instead, `Vec<Entry>`: a struct with key and value that derives `EventData`",
    note = "keys are `String`, `&str`, `Cow<str>`, an enum without data, or a newtype of these with `#[derive(EventData)]`"
)]
pub trait MapKey {
    /// The text of the key.
    fn as_text(&self) -> &str;
}

impl MapKey for str {
    fn as_text(&self) -> &str {
        self
    }
}

impl MapKey for String {
    fn as_text(&self) -> &str {
        self
    }
}

impl MapKey for Cow<'_, str> {
    fn as_text(&self) -> &str {
        self
    }
}

macro_rules! through_pointer {
    ($($pointer:ty),*) => {$(
        impl<K: MapKey + ?Sized> MapKey for $pointer {
            fn as_text(&self) -> &str {
                (**self).as_text()
            }
        }
    )*};
}
through_pointer!(&K, Box<K>, Rc<K>, Arc<K>);
