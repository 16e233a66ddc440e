//! The headers that every record carries by default, and how they are named.
//!
//! Names can be changed and each header switched off, because platforms have names of their own.

use uuid::Uuid;

use crate::event::EventType;
use crate::record::Headers;

/// A header that the publisher writes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StandardHeader {
    /// `event_type`: the full name, such as `com.acme.orders.OrderPlaced`; on a tombstone of an enum that of its first
    /// variant.
    EventType,
    /// `event_id`: a uuid of version 7 as text, new for every call and the same in every copy of its record.
    EventId,
    /// `source`: what [`source`](crate::PublisherBuilder::source) names; absent if it names nothing.
    Source,
    /// `version`: the event's own version, from `#[event(version = …)]`.
    Version,
    /// `correlation_id`: what [`Prepared::correlation_id`](crate::Prepared::correlation_id) names; absent otherwise.
    CorrelationId,
    /// `content-type`: `application/avro` or `application/json`; absent from tombstones.
    ContentType,
}

const ALL: [StandardHeader; 6] = [
    StandardHeader::EventType,
    StandardHeader::EventId,
    StandardHeader::Source,
    StandardHeader::Version,
    StandardHeader::CorrelationId,
    StandardHeader::ContentType,
];

impl StandardHeader {
    /// The name, unless [`header_name`](crate::PublisherBuilder::header_name) changes it.
    #[must_use]
    pub const fn default_name(self) -> &'static str {
        match self {
            Self::EventType => "event_type",
            Self::EventId => "event_id",
            Self::Source => "source",
            Self::Version => "version",
            Self::CorrelationId => "correlation_id",
            Self::ContentType => "content-type",
        }
    }
}

/// Which standard headers are written, and under which names.
#[derive(Clone, Debug)]
pub(crate) struct HeaderSettings {
    names: [Option<String>; ALL.len()],
    pub(crate) source: Option<String>,
}

impl Default for HeaderSettings {
    fn default() -> Self {
        Self {
            names: ALL.map(|header| Some(header.default_name().to_owned())),
            source: None,
        }
    }
}

impl HeaderSettings {
    pub(crate) fn rename(&mut self, header: StandardHeader, name: Option<String>) {
        self.names[header as usize] = name;
    }

    /// Two headers of one name would hide each other.
    pub(crate) fn duplicate(&self) -> Option<&str> {
        let names: Vec<&str> = self.names.iter().flatten().map(String::as_str).collect();
        names
            .iter()
            .enumerate()
            .find(|(index, name)| names[..*index].contains(name))
            .map(|(_, name)| *name)
    }

    /// The headers of an event, before the user's own.
    pub(crate) fn of_event(&self, event_type: &EventType) -> Headers {
        let mut headers = Headers::new();
        self.put_common(&mut headers, event_type);
        self.put(&mut headers, StandardHeader::ContentType, || {
            event_type.encoding().content_type().into()
        });
        headers
    }

    /// The headers of a tombstone, which has no content and so no type of it.
    pub(crate) fn of_tombstone(&self, event_type: &EventType) -> Headers {
        let mut headers = Headers::new();
        self.put_common(&mut headers, event_type);
        headers
    }

    /// Puts a value of the caller's in the place of a standard header; does nothing if that is switched off.
    pub(crate) fn set(&self, headers: &mut Headers, header: StandardHeader, value: impl AsRef<[u8]>) {
        if let Some(name) = &self.names[header as usize] {
            headers.set(name, value);
        }
    }

    /// Those that every record has.
    fn put_common(&self, headers: &mut Headers, event_type: &EventType) {
        self.put(headers, StandardHeader::EventType, || event_type.name().into());
        self.put(headers, StandardHeader::EventId, event_id);
        if let Some(source) = &self.source {
            self.put(headers, StandardHeader::Source, || source.as_str().into());
        }
        self.put(headers, StandardHeader::Version, || {
            event_type.version().to_string().into()
        });
    }

    fn put(&self, headers: &mut Headers, header: StandardHeader, value: impl FnOnce() -> Vec<u8>) {
        if let Some(name) = &self.names[header as usize] {
            headers.push(name, value());
        }
    }
}

fn event_id() -> Vec<u8> {
    let mut buffer = Uuid::encode_buffer();
    Uuid::now_v7()
        .hyphenated()
        .encode_lower(&mut buffer)
        .as_bytes()
        .to_vec()
}
