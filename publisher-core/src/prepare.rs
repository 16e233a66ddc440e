//! [`Prepared`]: an encoded event whose record can be changed before it is sent.

use std::fmt;

use crate::dispatch::Admission;
use crate::error::PublishError;
use crate::event::EventType;
use crate::header::StandardHeader;
use crate::pending::Publishing;
use crate::publisher::Inner;
use crate::record::{Record, Timestamp};
use crate::transaction::Noted;

/// An encoded event before it is sent; made by [`Publisher::prepare`](crate::Publisher::prepare).
///
/// What stands here wins over the event's own attributes.
#[must_use = "nothing is sent before `send`"]
pub struct Prepared<'a> {
    publisher: &'a Inner,
    event_type: &'static EventType,
    record: Result<Record, PublishError>,
    /// Of the transaction that it is part of.
    noted: Option<&'a Noted>,
}

impl<'a> Prepared<'a> {
    pub(crate) fn new(
        publisher: &'a Inner,
        event_type: &'static EventType,
        record: Result<Record, PublishError>,
    ) -> Self {
        Self {
            publisher,
            event_type,
            record,
            noted: None,
        }
    }

    /// Makes it part of a transaction, which is aborted if the event is refused.
    pub(crate) fn in_transaction(mut self, noted: &'a Noted) -> Self {
        self.noted = Some(noted);
        self
    }

    /// Sends to this topic; the schema goes under the subject that belongs to it. A name that Kafka does not allow is
    /// refused by [`send`](Self::send), before the registry hears of it.
    pub fn topic(self, topic: impl Into<String>) -> Self {
        self.change(|record| record.topic = topic.into())
    }

    /// Adds a header of your own; headers of the same name stay.
    pub fn header(self, name: impl AsRef<str>, value: impl AsRef<[u8]>) -> Self {
        self.change(|record| record.headers.push(name, value))
    }

    /// Names what this event belongs to, in the header `correlation_id`.
    pub fn correlation_id(self, id: impl Into<String>) -> Self {
        self.standard(StandardHeader::CorrelationId, id.into())
    }

    /// Takes this in the place of a new `event_id`: for an event that has one already, so that readers can tell copies.
    pub fn event_id(self, id: impl Into<String>) -> Self {
        self.standard(StandardHeader::EventId, id.into())
    }

    /// Sets the record's time; wins over the field marked `time`. 1970-01-01T00:00:00Z and before are refused: librdkafka
    /// cannot send them.
    pub fn timestamp(self, timestamp: impl Into<Timestamp>) -> Self {
        self.change(|record| record.timestamp_ms = timestamp.into().millis())
    }

    /// Sends the record; in a transaction it is not withdrawn if the future is dropped. As [`Publisher::publish`](crate::Publisher::publish).
    ///
    /// # Errors
    /// See [`PublishError`].
    ///
    /// # Cancel safety
    /// See [`Publishing`].
    pub fn send(self) -> Publishing {
        let publishing = match self.record {
            Ok(record) => match self.publisher.changed(self.event_type, &record) {
                Ok(parcel) => self.publisher.dispatch(parcel, Admission::Wait),
                Err(error) => Publishing::refused(error),
            },
            Err(error) => Publishing::refused(error),
        };
        match self.noted {
            Some(noted) => noted.check(publishing).kept(),
            None => publishing,
        }
    }

    fn standard(self, header: StandardHeader, value: String) -> Self {
        let settings = self.publisher.headers();
        self.change(|record| settings.set(&mut record.headers, header, value))
    }

    fn change(mut self, change: impl FnOnce(&mut Record)) -> Self {
        if let Ok(record) = &mut self.record {
            change(record);
        }
        self
    }
}

impl fmt::Debug for Prepared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("event_type", &self.event_type.name())
            .field("record", &self.record)
            .finish_non_exhaustive()
    }
}
