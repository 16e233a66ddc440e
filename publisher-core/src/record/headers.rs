//! [`Headers`]: names and values in one buffer, and [`HeadersRef`], the same borrowed from whoever keeps them.
//!
//! One buffer, because a record has several headers and each would be two allocations. Knows no name in particular.

use std::fmt;
use std::str;

/// Stands in the place of a value's length where there is no value.
const NULL: u32 = u32::MAX;
/// How many bytes a length takes.
const LENGTH: usize = size_of::<u32>();

/// The headers of a record, in the order in which they were added.
///
/// Kafka allows a name more than once and tells an empty value from an absent one (`None`); so does this list.
///
/// `Debug` shows names and the values' sizes: a value may hold personal data.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// For each: the name's length, the name, the value's length, the value.
    packed: Vec<u8>,
    count: usize,
}

impl Headers {
    /// No header.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a header at the end; headers of the same name that stand already stay.
    ///
    /// # Panics
    /// If name or value are larger than 4 GiB, which no record is.
    pub fn push(&mut self, name: impl AsRef<str>, value: impl AsRef<[u8]>) {
        pack(&mut self.packed, name.as_ref(), Some(value.as_ref()));
        self.count += 1;
    }

    /// Adds a header without a value (Kafka's null, which is not the empty value).
    pub fn push_null(&mut self, name: impl AsRef<str>) {
        pack(&mut self.packed, name.as_ref(), None);
        self.count += 1;
    }

    /// Puts one header in the place of all of this name.
    pub fn set(&mut self, name: impl AsRef<str>, value: impl AsRef<[u8]>) {
        let name = name.as_ref();
        if self.iter().any(|(existing, _)| existing == name) {
            let mut others = Self::new();
            for (existing, value) in self.iter().filter(|(existing, _)| *existing != name) {
                pack(&mut others.packed, existing, value);
                others.count += 1;
            }
            *self = others;
        }
        self.push(name, value);
    }

    /// The value of the last header of this name, as readers take it; `None` if there is none or its value is null.
    #[must_use]
    pub fn last(&self, name: &str) -> Option<&[u8]> {
        self.as_ref().last(name)
    }

    /// The last header of this name as text; `None` if there is none, its value is null or not UTF-8.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        str::from_utf8(self.last(name)?).ok()
    }

    /// All headers in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&[u8]>)> {
        self.as_ref().iter()
    }

    /// How many headers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no header.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The headers, borrowed.
    #[must_use]
    pub fn as_ref(&self) -> HeadersRef<'_> {
        HeadersRef {
            packed: &self.packed,
            count: self.count,
        }
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().fmt(f)
    }
}

/// [`Headers`] that somebody else keeps.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct HeadersRef<'a> {
    packed: &'a [u8],
    count: usize,
}

impl<'a> HeadersRef<'a> {
    /// All headers in order.
    pub fn iter(self) -> impl Iterator<Item = (&'a str, Option<&'a [u8]>)> {
        // Names come from text alone.
        self.raw()
            .map(|(name, value)| (str::from_utf8(name).unwrap_or_default(), value))
    }

    /// All headers in order, the names as bytes: to be copied and not looked at.
    pub(crate) fn raw(self) -> impl Iterator<Item = (&'a [u8], Option<&'a [u8]>)> {
        let mut rest = self.packed;
        std::iter::from_fn(move || {
            let name = take_length(&mut rest).and_then(|length| take(&mut rest, length))?;
            let value = take_length(&mut rest)?;
            match value {
                NULL => Some((name, None)),
                length => take(&mut rest, length).map(|value| (name, Some(value))),
            }
        })
    }

    /// The value of the last header of this name; `None` if there is none or its value is null.
    #[must_use]
    pub fn last(self, name: &str) -> Option<&'a [u8]> {
        self.raw()
            .filter(|(existing, _)| *existing == name.as_bytes())
            .last()
            .and_then(|(_, value)| value)
    }

    /// How many headers there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.count
    }

    /// Whether there is no header.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.count == 0
    }

    /// Headers in the form in which they are kept; what [`packed`](Self::packed) gave.
    #[cfg(feature = "kafka")]
    pub(crate) fn of_packed(packed: &'a [u8], count: usize) -> Self {
        Self { packed, count }
    }

    /// The form in which they are kept.
    #[cfg(feature = "kafka")]
    pub(crate) fn packed(self) -> &'a [u8] {
        self.packed
    }

    /// The bytes of names and values.
    #[must_use]
    pub fn size(self) -> usize {
        Self::size_of_packed(self.packed.len(), self.count)
    }

    /// The bytes of names and values of so many headers that take so much room.
    pub(crate) fn size_of_packed(packed: usize, count: usize) -> usize {
        packed - 2 * LENGTH * count
    }

    /// A copy to keep.
    #[must_use]
    pub fn to_owned(self) -> Headers {
        Headers {
            packed: self.packed.to_vec(),
            count: self.count,
        }
    }
}

impl fmt::Debug for HeadersRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes = self.iter().map(|(name, value)| (name, value.map(<[u8]>::len)));
        f.debug_map().entries(sizes).finish()
    }
}

fn pack(packed: &mut Vec<u8>, name: &str, value: Option<&[u8]>) {
    packed.reserve(2 * LENGTH + name.len() + value.map_or(0, <[u8]>::len));
    packed.extend_from_slice(&length(name.len()).to_le_bytes());
    packed.extend_from_slice(name.as_bytes());
    packed.extend_from_slice(&value.map_or(NULL, |value| length(value.len())).to_le_bytes());
    packed.extend_from_slice(value.unwrap_or_default());
}

fn length(bytes: usize) -> u32 {
    match u32::try_from(bytes) {
        Ok(length) if length != NULL => length,
        _ => panic!("a header of {bytes} bytes is larger than any record"),
    }
}

fn take_length(rest: &mut &[u8]) -> Option<u32> {
    let (length, after) = rest.split_first_chunk::<LENGTH>()?;
    *rest = after;
    Some(u32::from_le_bytes(*length))
}

fn take<'a>(rest: &mut &'a [u8], length: u32) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(length as usize)?;
    *rest = after;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_come_out_as_they_went_in() {
        let mut headers = Headers::new();
        assert!(headers.is_empty() && headers.as_ref().size() == 0);
        headers.push("a", "1");
        headers.push_null("b");
        headers.push("a", "");
        headers.push("größe", [0, 255]);
        let all: Vec<_> = headers.iter().collect();
        let expected: [(&str, Option<&[u8]>); 4] = [
            ("a", Some(b"1")),
            ("b", None),
            ("a", Some(b"")),
            ("größe", Some(&[0, 255])),
        ];
        assert_eq!(all, expected);
        assert_eq!((headers.len(), headers.as_ref().size()), (4, 1 + 1 + 1 + 1 + 7 + 2));
        assert_eq!(
            (headers.last("a"), headers.last("b"), headers.last("c")),
            (Some(&b""[..]), None, None)
        );
        assert_eq!(headers.text("größe"), None);
        assert_eq!(headers.as_ref().to_owned(), headers);
    }

    #[test]
    fn set_leaves_one_of_the_name() {
        let mut headers = Headers::new();
        headers.push("a", "1");
        headers.push_null("b");
        headers.push("a", "2");
        headers.set("a", "3");
        headers.set("c", "4");
        let all: Vec<_> = headers.iter().collect();
        let expected: [(&str, Option<&[u8]>); 3] = [("b", None), ("a", Some(b"3")), ("c", Some(b"4"))];
        assert_eq!(all, expected);
        assert_eq!(format!("{headers:?}"), r#"{"b": None, "a": Some(1), "c": Some(1)}"#);
    }
}
