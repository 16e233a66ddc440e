//! From an event to a record for its way, and back into one for a record that returns.
//!
//! Knows how events encode themselves, which headers and ids they get and what no producer would take; hands over to
//! `dispatch`. The calls are documented at [`Publisher`](crate::Publisher).

use std::cell::Cell;
use std::sync::Arc;

use super::Inner;
use crate::dispatch::{
    Accepted, Admission, BatchParcel, BatchTicket, Buffers, Dispatcher, Kind, Parcel, Plain, Resolution, Route, Sealed,
};
use crate::error::{Persistence, ProduceError, ProduceErrorKind, PublishError};
use crate::event::{Encoding, Event, EventType, EventTypes};
use crate::expiry;
use crate::failure::OnFailure;
use crate::framing::Framing;
use crate::header::{HeaderSettings, StandardHeader};
use crate::key::{KeyForm, KeyFormat};
use crate::pending::Publishing;
use crate::producer::{refusal, refusal_in_topic, too_large};
use crate::record::{LARGEST, Layout, Packed, Record, RecordRef, SchemaId, Timestamp};
use crate::validate::Checker;
use crate::wire;

thread_local! {
    /// How many bytes the last events of this thread took at the most: a buffer is kept until the report, so it is not to be
    /// larger than need be, and not to be grown while it is written. One large event is forgotten after some small ones.
    static LAST_BYTES: Cell<usize> = const { Cell::new(256) };
}

/// An event that lies in a buffer.
pub(crate) struct Encoded {
    pub(crate) layout: Layout,
    /// `None` for that of the event before.
    pub(crate) kind: Option<Kind>,
    pub(crate) sealed: Option<Sealed>,
}

impl Inner {
    pub(crate) fn headers(&self) -> &HeaderSettings {
        self.routes.headers()
    }

    /// The buffers of batches.
    pub(crate) fn buffers(&self) -> &Arc<Buffers> {
        self.dispatcher.buffers()
    }

    /// Checks and encodes an event into a buffer of its own.
    pub(crate) fn encode<E: Event + ?Sized>(&self, event: &E) -> Result<Parcel, PublishError> {
        let mut bytes = Vec::with_capacity(LAST_BYTES.get());
        let (mut layout, now_ms) = self.append_value_and_key(event, &mut bytes)?;
        let route = self.routes.own_route(event.event_type())?;
        let sealed = self.finish(&route, now_ms, &mut layout, &mut bytes)?;
        let last = LAST_BYTES.get();
        LAST_BYTES.set(bytes.len().max(last - last / 512));
        let body = Packed { bytes, layout };
        let kind = Kind::Event(route);
        Ok(Parcel { body, kind, sealed })
    }

    /// Checks and encodes an event behind what is in the buffer. `before` is what the last one was, which is often what this
    /// one is too.
    ///
    /// # Errors
    /// The buffer is as it was.
    pub(crate) fn encode_into<E: Event + ?Sized>(
        &self,
        event: &E,
        before: Option<&Kind>,
        bytes: &mut Vec<u8>,
    ) -> Result<Encoded, PublishError> {
        let start = bytes.len();
        let encoded = self.append(event, before, bytes);
        if encoded.is_err() {
            bytes.truncate(start);
        }
        encoded
    }

    fn append<E: Event + ?Sized>(
        &self,
        event: &E,
        before: Option<&Kind>,
        bytes: &mut Vec<u8>,
    ) -> Result<Encoded, PublishError> {
        let event_type = event.event_type();
        let (mut layout, now_ms) = self.append_value_and_key(event, bytes)?;
        if let Some(Kind::Event(route)) = before
            && std::ptr::eq(route.event_type(), event_type)
        {
            let sealed = self.finish(route, now_ms, &mut layout, bytes)?;
            let kind = None;
            return Ok(Encoded { layout, kind, sealed });
        }
        let route = self.routes.own_route(event_type)?;
        let sealed = self.finish(&route, now_ms, &mut layout, bytes)?;
        let kind = Some(Kind::Event(route));
        Ok(Encoded { layout, kind, sealed })
    }

    /// Appends the headers, and writes the schema ids where they are known. Says which those are.
    fn finish(
        &self,
        route: &Route,
        now_ms: i64,
        layout: &mut Layout,
        bytes: &mut Vec<u8>,
    ) -> Result<Option<Sealed>, PublishError> {
        let headers = route.headers().write(now_ms, bytes);
        layout.headers_end(bytes, headers);
        let view = layout.view(bytes, route.topic());
        // The names of the types' own topics were looked at before.
        if let Some(error) = refusal_in_topic(view, self.max_record_bytes)
            && !is_for_the_policy(&error, route.on_failure(), view)
        {
            return Err(PublishError::undelivered(error, view.to_record()));
        }
        schemas(route).for_each(|schema| self.asking.renew(schema));
        Ok(seal(Kind::ids_of(route), layout, bytes))
    }

    fn append_value_and_key<E: Event + ?Sized>(
        &self,
        event: &E,
        bytes: &mut Vec<u8>,
    ) -> Result<(Layout, i64), PublishError> {
        let event_type = event.event_type();
        let start = bytes.len();
        self.framing.begin(bytes);
        event.write(bytes)?;
        let key = bytes.len();
        let is_keyed = event_type.is_keyed();
        if is_keyed {
            event.key(bytes);
            self.unframe(event_type, bytes, key);
        }
        let now_ms = Timestamp::now().millis();
        let timestamp_ms = event.timestamp_ms().unwrap_or(now_ms);
        if bytes.len() - start > LARGEST {
            return Err(self.beyond_all(event_type, &bytes[start..key], &bytes[key..], timestamp_ms));
        }
        let mut layout = Layout::of_value(start, &bytes[..key], timestamp_ms);
        if is_keyed {
            layout.key_ends(bytes);
        }
        Ok((layout, now_ms))
    }

    /// The error for a record that no broker, and no buffer of ours, can take.
    fn beyond_all(&self, event_type: &EventType, value: &[u8], key: &[u8], timestamp_ms: i64) -> PublishError {
        let view = RecordRef {
            key: event_type.is_keyed().then_some(key),
            value: Some(value),
            timestamp_ms,
            ..RecordRef::empty(self.routes.topic(event_type))
        };
        let reason = too_large(view, self.max_record_bytes);
        let error = ProduceError::new(ProduceErrorKind::TooLarge, Persistence::NotPersisted, reason);
        PublishError::undelivered(error, view.to_record())
    }

    /// Checks and encodes an event into a record that can be changed: its topic need not be the type's own, so that no route
    /// is asked for.
    pub(crate) fn record<E: Event + ?Sized>(&self, event: &E) -> Result<Record, PublishError> {
        let event_type = event.event_type();
        let mut bytes = Vec::with_capacity(LAST_BYTES.get());
        let (mut layout, now_ms) = self.append_value_and_key(event, &mut bytes)?;
        let headers = self.headers().of_event(event_type).write(now_ms, &mut bytes);
        layout.headers_end(&bytes, headers);
        Ok(layout.view(&bytes, self.routes.topic(event_type)).to_record())
    }

    /// Makes a record ready for its way.
    fn parcel(&self, kind: Kind, mut body: Packed) -> Parcel {
        if let Kind::Plain(plain) = &kind {
            plain.key.iter().for_each(|key| self.asking.renew(key));
        }
        let sealed = seal(kind.ids(), &body.layout, &mut body.bytes);
        Parcel { body, kind, sealed }
    }

    /// An event's record for its way, after it was changed; refuses what the producer would: the registry is not to hear of
    /// such a record.
    pub(crate) fn changed(&self, event_type: &'static EventType, record: &Record) -> Result<Parcel, PublishError> {
        let refused = |error| Err(PublishError::undelivered(error, record.clone()));
        let refusal = refusal(record.as_ref(), self.max_record_bytes);
        let policy = self.routes.on_failure(Some(event_type));
        if let Some(error) = refusal.filter(|error| !is_for_the_policy(error, policy, record.as_ref())) {
            return refused(error);
        }
        let route = self.routes.route(event_type, &record.topic)?;
        schemas(&route).for_each(|schema| self.asking.renew(schema));
        Ok(self.parcel(Kind::Event(route), Packed::of(record)))
    }

    /// What a record is that comes back.
    fn resent(&self, record: &Record) -> Result<Kind, PublishError> {
        let refused = |kind, reason: String| {
            let error = ProduceError::new(kind, Persistence::NotPersisted, reason);
            PublishError::undelivered(error, record.clone())
        };
        if let Some(error) = refusal(record.as_ref(), self.max_record_bytes) {
            return Err(PublishError::undelivered(error, record.clone()));
        }
        let name = self.headers().name(StandardHeader::EventType);
        let route = name
            .and_then(|name| record.headers.text(name))
            .and_then(|event_type| self.routes.known(event_type, &record.topic));
        match route {
            Some(route) if record.value.is_some() => Ok(Kind::Event(route)),
            Some(route) => Ok(Kind::Plain(Arc::new(Plain {
                topic: record.topic.clone(),
                key: route.key().cloned(),
                on_failure: route.on_failure(),
            }))),
            None if is_unsealed(record) => {
                let reason = format!(
                    "the record for topic {} has no schema id, and no header names a type of this publisher: publish the event \
                     again",
                    record.topic
                );
                Err(refused(ProduceErrorKind::Rejected, reason))
            }
            None => Ok(Kind::Plain(Arc::new(Plain {
                topic: record.topic.clone(),
                key: None,
                on_failure: self.routes.on_failure(None),
            }))),
        }
    }

    /// An Avro key as the framing has it: keys write themselves with a frame before.
    fn unframe(&self, event_type: &EventType, bytes: &mut Vec<u8>, start: usize) {
        let framed = matches!(event_type.key_format(), Some(KeyFormat::Avro(_)));
        if framed && self.framing == Framing::GuidHeaders {
            let end = bytes.len().min(start + wire::PREFIX_LEN);
            bytes.drain(start..end);
        }
    }

    pub(crate) fn dispatch(&self, parcel: Parcel, admission: Admission) -> Publishing {
        let dispatcher = &self.dispatcher;
        match dispatcher.submit(parcel, admission) {
            Ok((ticket, accepted)) => {
                self.follow(accepted);
                Publishing::new(ticket, Arc::clone(dispatcher))
            }
            Err(error) => Publishing::refused(error),
        }
    }

    /// Puts the records of a batch on their way.
    pub(crate) fn dispatch_all(
        &self,
        parcel: BatchParcel,
    ) -> Result<(Arc<BatchTicket>, Arc<Dispatcher>), PublishError> {
        let dispatcher = &self.dispatcher;
        let (batch, accepted) = dispatcher.submit_all(parcel)?;
        self.follow(accepted);
        Ok((batch, Arc::clone(dispatcher)))
    }

    /// After the records have joined: the registry's answer finds them.
    fn follow(&self, accepted: Accepted) {
        let Accepted {
            to_resolve,
            to_expire,
            to_watch,
        } = accepted;
        to_resolve
            .into_iter()
            .for_each(|resolution| self.asking.ask(resolution));
        if to_expire {
            expiry::start(&self.runtime, &self.dispatcher);
        }
        if to_watch {
            expiry::watch(&self.runtime, &self.dispatcher);
        }
    }

    pub(crate) fn tombstone<E: EventTypes>(&self, key: &E::Key) -> Publishing {
        let types = E::types();
        let event_type = types.first();
        // Of an enum the first variant may have no key.
        let keyed = types.iter().find(|event_type| event_type.is_keyed()).copied();
        // No other form of key is encoded by a shape.
        let mut checker = Checker::new(Encoding::Avro);
        E::KeyForm::check(key, &mut checker);
        if let Err(violations) = checker.finish(keyed.map_or("", |event_type| event_type.name())) {
            return Publishing::refused(violations.into());
        }
        let mut body = Vec::new();
        E::KeyForm::write(key, &mut body);
        if let Some(event_type) = keyed {
            self.unframe(event_type, &mut body, 0);
        }
        let now_ms = Timestamp::now().millis();
        let mut layout = Layout::of_key(&body, now_ms);
        // A type list without a type names no topic, and the record is refused for that.
        let topic = event_type.map_or("", |event_type| self.routes.topic(event_type));
        if let Some(event_type) = event_type {
            let headers = self.routes.headers().of_tombstone(event_type);
            let count = headers.write(now_ms, &mut body);
            layout.headers_end(&body, count);
        }
        let body = Packed { bytes: body, layout };
        if let Some(error) = refusal(body.view(topic), self.max_record_bytes) {
            return Publishing::refused(PublishError::undelivered(error, body.view(topic).to_record()));
        }
        let key = match keyed {
            Some(event_type) => self.routes.key(event_type, topic),
            None => Ok(None),
        };
        match key {
            Ok(key) => {
                let plain = Plain {
                    topic: topic.to_owned(),
                    key,
                    on_failure: self.routes.on_failure(event_type.copied()),
                };
                self.dispatch(self.parcel(Kind::Plain(Arc::new(plain)), body), Admission::Wait)
            }
            Err(error) => Publishing::refused(error.into()),
        }
    }

    pub(super) fn resend(&self, record: &Record) -> Publishing {
        match self.resent(record) {
            Ok(kind) => self.dispatch(self.parcel(kind, Packed::of(record)), Admission::Wait),
            Err(error) => Publishing::refused(error),
        }
    }
}

/// Whether a record that no producer would take goes on all the same, for the dispatcher to do with it what the policy
/// says: one that is too large becomes a dead letter or holds its key, as if the broker had refused it.
fn is_for_the_policy(error: &ProduceError, policy: OnFailure, record: RecordRef<'_>) -> bool {
    error.kind() == ProduceErrorKind::TooLarge && policy != OnFailure::Return && record.size() <= LARGEST
}

/// Writes the schema ids into a record, if they are known and all that is to be written.
fn seal(ids: Option<Sealed>, layout: &Layout, bytes: &mut [u8]) -> Option<Sealed> {
    let sealed = ids?;
    if let Some(id) = sealed.value {
        wire::set_schema_id(layout.value_mut(bytes), id);
    }
    if let Some(id) = sealed.key {
        wire::set_schema_id(layout.key_mut(bytes), id);
    }
    Some(sealed)
}

/// Whether a record was given back before it had its schema's id.
fn is_unsealed(record: &Record) -> bool {
    let value = record.value.as_deref().map(wire::read);
    matches!(value, Some(Ok((SchemaId(0), _))))
}

/// The schemas of value and key.
pub(super) fn schemas(route: &Route) -> impl Iterator<Item = &Arc<Resolution>> {
    route.resolutions().into_iter().flatten()
}
