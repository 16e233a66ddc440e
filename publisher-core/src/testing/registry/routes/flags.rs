//! The query of a call.

use percent_encoding::percent_decode_str;

/// The switches and values in a query.
#[derive(Clone, Copy)]
pub(super) struct Flags<'a>(pub(super) &'a str);

impl Flags<'_> {
    pub(super) fn is_set(self, name: &str) -> bool {
        self.value(name).is_some_and(|value| value == "true")
    }

    /// The first value of this name, decoded.
    pub(super) fn value(self, name: &str) -> Option<String> {
        let mut pairs = self.0.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(key, _)| *key == name)?;
        let spaced = value.replace('+', " ");
        Some(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
    }
}
