//! The headers that every record carries by default, and how they are named.
//!
//! Names can be changed and each header switched off, because platforms have names of their own.

use crate::event::EventType;
use crate::event_id;
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

    /// The headers of a type's events, before the user's own.
    pub(crate) fn of_event(&self, event_type: &EventType) -> Template {
        let mut template = self.of_tombstone(event_type);
        let content_type = event_type.encoding().content_type();
        template.put(self, StandardHeader::ContentType, content_type.as_bytes());
        template
    }

    /// The headers of a type's tombstones, which have no content and so no type of it.
    pub(crate) fn of_tombstone(&self, event_type: &EventType) -> Template {
        let mut template = Template::default();
        template.put(self, StandardHeader::EventType, event_type.name().as_bytes());
        if template.put(self, StandardHeader::EventId, &[0; event_id::TEXT_LEN]) {
            template.event_id = Some(template.headers.as_ref().packed().len() - event_id::TEXT_LEN);
        }
        if let Some(source) = &self.source {
            template.put(self, StandardHeader::Source, source.as_bytes());
        }
        template.put(
            self,
            StandardHeader::Version,
            event_type.version().to_string().as_bytes(),
        );
        template
    }

    /// Puts a value of the caller's in the place of a standard header; does nothing if that is switched off.
    pub(crate) fn set(&self, headers: &mut Headers, header: StandardHeader, value: impl AsRef<[u8]>) {
        if let Some(name) = self.name(header) {
            headers.set(name, value);
        }
    }

    /// The name of a standard header; `None` if it is switched off.
    pub(crate) fn name(&self, header: StandardHeader) -> Option<&str> {
        self.names[header as usize].as_deref()
    }
}

/// The headers that all records of a type have, but for the `event_id`, which each has of its own.
#[derive(Debug, Default)]
pub(crate) struct Template {
    headers: Headers,
    /// Where the place for the id begins.
    event_id: Option<usize>,
}

impl Template {
    /// Appends the headers of a record, with a new id. Returns how many.
    pub(crate) fn write(&self, now_ms: i64, out: &mut Vec<u8>) -> usize {
        let start = out.len();
        out.extend_from_slice(self.headers.as_ref().packed());
        if let Some(at) = self.event_id {
            event_id::write(now_ms, &mut out[start + at..][..event_id::TEXT_LEN]);
        }
        self.headers.len()
    }

    fn put(&mut self, settings: &HeaderSettings, header: StandardHeader, value: &[u8]) -> bool {
        let name = settings.name(header);
        name.into_iter().for_each(|name| self.headers.push(name, value));
        name.is_some()
    }
}
