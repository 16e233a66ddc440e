//! A record in one buffer: value, key and headers behind each other, and [`Layout`], which says where each lies.
//!
//! So that encoding an event allocates nothing but the buffer, and a batch one for all. Knows no topic: that is shared by
//! all records of a route.

use super::{HeadersRef, Record, RecordRef};

/// Where the parts of a record lie in a buffer. Small, for there is one for each record on its way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// Where the value begins; key and headers follow.
    start: usize,
    /// How long it is; [`NONE`] if there is none. So is the key.
    value: u32,
    key: u32,
    headers: u32,
    header_count: u32,
    partition: Option<i32>,
    timestamp_ms: i64,
}

/// No length of a part.
const NONE: u32 = u32::MAX;

/// How long the parts of a record may be together to have a layout: longer than any that a broker can take.
pub(crate) const LARGEST: usize = i32::MAX as usize;

/// A length that [`LARGEST`] bounds.
fn short(length: usize) -> u32 {
    debug_assert!(length <= LARGEST);
    length as u32
}

/// The length of a part.
fn long(length: u32) -> usize {
    if length == NONE { 0 } else { length as usize }
}

impl Layout {
    /// A record whose value begins at `start` of this buffer and ends where the buffer ends now.
    pub(crate) fn of_value(start: usize, buffer: &[u8], timestamp_ms: i64) -> Self {
        Self {
            start,
            value: short(buffer.len() - start),
            key: NONE,
            headers: 0,
            header_count: 0,
            partition: None,
            timestamp_ms,
        }
    }

    /// A record without a value, whose key the buffer holds.
    pub(crate) fn of_key(buffer: &[u8], timestamp_ms: i64) -> Self {
        Self {
            value: NONE,
            key: short(buffer.len()),
            ..Self::of_value(0, &[], timestamp_ms)
        }
    }

    /// The key has been appended.
    pub(crate) fn key_ends(&mut self, buffer: &[u8]) {
        self.key = short(buffer.len() - self.start - long(self.value));
    }

    /// So many headers have been appended.
    pub(crate) fn headers_end(&mut self, buffer: &[u8], count: usize) {
        self.headers = short(buffer.len() - self.start - long(self.value) - long(self.key));
        self.header_count = short(count);
    }

    /// The value within the buffer, to write a schema id into.
    pub(crate) fn value_mut<'a>(&self, buffer: &'a mut [u8]) -> &'a mut [u8] {
        &mut buffer[self.start..][..long(self.value)]
    }

    /// The key within the buffer, to write a schema id into.
    pub(crate) fn key_mut<'a>(&self, buffer: &'a mut [u8]) -> &'a mut [u8] {
        &mut buffer[self.start + long(self.value)..][..long(self.key)]
    }

    /// The bytes that count against `message.max.bytes`.
    pub(crate) fn size(&self) -> usize {
        let headers = HeadersRef::size_of_packed(long(self.headers), long(self.header_count));
        long(self.value) + long(self.key) + headers
    }

    /// The record in its buffer.
    pub(crate) fn view<'a>(&self, buffer: &'a [u8], topic: &'a str) -> RecordRef<'a> {
        let (value, rest) = buffer[self.start..].split_at(long(self.value));
        let (key, rest) = rest.split_at(long(self.key));
        RecordRef {
            topic,
            partition: self.partition,
            key: (self.key != NONE).then_some(key),
            value: (self.value != NONE).then_some(value),
            headers: HeadersRef::of_packed(&rest[..long(self.headers)], long(self.header_count)),
            timestamp_ms: self.timestamp_ms,
        }
    }
}

/// A record in a buffer of its own, without its topic.
#[derive(Debug)]
pub(crate) struct Packed {
    pub(crate) bytes: Vec<u8>,
    pub(crate) layout: Layout,
}

impl Packed {
    /// For a record that [`LARGEST`] bounds.
    pub(crate) fn of(record: &Record) -> Self {
        let headers = record.headers.as_ref();
        let value = record.value.as_deref();
        let key = record.key.as_deref();
        let mut bytes =
            Vec::with_capacity(value.map_or(0, <[u8]>::len) + key.map_or(0, <[u8]>::len) + headers.packed().len());
        bytes.extend_from_slice(value.unwrap_or_default());
        bytes.extend_from_slice(key.unwrap_or_default());
        bytes.extend_from_slice(headers.packed());
        Self {
            layout: Layout {
                start: 0,
                value: value.map_or(NONE, |value| short(value.len())),
                key: key.map_or(NONE, |key| short(key.len())),
                headers: short(headers.packed().len()),
                header_count: short(headers.len()),
                partition: record.partition,
                timestamp_ms: record.timestamp_ms,
            },
            bytes,
        }
    }

    pub(crate) fn view<'a>(&'a self, topic: &'a str) -> RecordRef<'a> {
        self.layout.view(&self.bytes, topic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Headers;

    fn check(key: Option<&[u8]>, value: Option<&[u8]>, headers: &[(&str, Option<&[u8]>)]) {
        let mut record = Record {
            topic: "orders".to_owned(),
            partition: Some(3),
            key: key.map(<[u8]>::to_vec),
            value: value.map(<[u8]>::to_vec),
            headers: Headers::new(),
            timestamp_ms: 7,
        };
        for (name, value) in headers {
            match value {
                Some(value) => record.headers.push(name, value),
                None => record.headers.push_null(name),
            }
        }
        let packed = Packed::of(&record);
        assert_eq!(packed.view("orders").to_record(), record);
        // Behind something else in a common buffer.
        let mut buffer = b"before".to_vec();
        let start = buffer.len();
        buffer.extend_from_slice(&packed.bytes);
        buffer.extend_from_slice(b"behind");
        let layout = Layout { start, ..packed.layout };
        assert_eq!(layout.view(&buffer, "orders").to_record(), record);
    }

    #[test]
    fn a_record_comes_out_as_it_went_in() {
        check(None, None, &[]);
        check(Some(b""), Some(b""), &[("a", None)]);
        check(Some(b"key"), None, &[("a", Some(b"1")), ("b", Some(b""))]);
        check(None, Some(b"value"), &[("a", Some(b"1"))]);
    }

    #[test]
    fn parts_are_appended_one_after_the_other() {
        let mut buffer = b"before".to_vec();
        buffer.extend_from_slice(b"value");
        let mut layout = Layout::of_value(6, &buffer, 7);
        buffer.extend_from_slice(b"key");
        layout.key_ends(&buffer);
        let mut headers = Headers::new();
        headers.push("a", "1");
        buffer.extend_from_slice(headers.as_ref().packed());
        layout.headers_end(&buffer, headers.len());
        layout.value_mut(&mut buffer)[0] = b'V';
        layout.key_mut(&mut buffer)[0] = b'K';
        let record = layout.view(&buffer, "orders").to_record();
        assert_eq!(
            (record.key, record.value),
            (Some(b"Key".to_vec()), Some(b"Value".to_vec()))
        );
        assert_eq!(record.headers, headers);
    }
}
