//! What a record is: where it goes, which schema ids it needs, what its delivery says.

use std::sync::Arc;

use super::letter::Letter;
use super::resolution::Resolution;
use super::route::Route;
use crate::error::{Persistence, ProduceError, ProduceErrorKind};
use crate::failure::OnFailure;
use crate::framing::Seal;
use crate::producer::Placement;
use crate::record::{Delivery, Destination, Record, RecordPart, SchemaId};
use crate::registry::RegistryError;

/// The schema ids that a record was sealed with: they may be others by the time of its report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub(crate) value: Option<SchemaId>,
    pub(crate) key: Option<SchemaId>,
}

/// What is to be written into a record before it is handed over.
#[derive(Debug, Default)]
pub(crate) struct Seals {
    value: Option<Seal>,
    key: Option<Seal>,
}

impl Seals {
    pub(super) fn sealed(&self) -> Sealed {
        Sealed {
            value: self.value.as_ref().map(Seal::id),
            key: self.key.as_ref().map(Seal::id),
        }
    }

    /// Finishes the record. Before it is handed over: the partition is that of the key's final bytes. Not to be called
    /// under a lock: converting an event takes as long as encoding it.
    ///
    /// # Errors
    /// The bytes do not follow the event's own schema; the record is surely not sent.
    pub(super) fn apply(self, record: &mut Record) -> Result<(), ProduceError> {
        let parts = [(RecordPart::Value, self.value), (RecordPart::Key, self.key)];
        for (part, seal) in parts {
            if let Some(seal) = seal {
                seal.apply(part, record).map_err(|error| {
                    let kind = ProduceErrorKind::Rejected;
                    ProduceError::new(kind, Persistence::NotPersisted, error.to_string())
                })?;
            }
        }
        Ok(())
    }
}

/// What a record is: which schema ids it needs, and what its report says.
#[derive(Clone)]
pub(crate) enum Kind {
    /// An event by its route.
    Event(Arc<Route>),
    /// A record that is no event of a type: a tombstone, or one whose type nobody knows any more.
    Plain(Arc<Plain>),
    /// A dead letter.
    Letter(Arc<Letter>),
}

/// A record that is no event of a type.
pub(crate) struct Plain {
    pub(crate) topic: String,
    /// `None` unless the key is Avro and has no schema id yet.
    pub(crate) key: Option<Arc<Resolution>>,
    /// What becomes of it when it has failed.
    pub(crate) on_failure: OnFailure,
}

impl Destination for Plain {
    fn topic(&self) -> &str {
        &self.topic
    }

    fn subject(&self) -> Option<&str> {
        None
    }
}

impl Kind {
    pub(super) fn topic(&self) -> &str {
        match self {
            Self::Event(route) => route.topic(),
            Self::Plain(plain) => &plain.topic,
            Self::Letter(letter) => letter.topic(),
        }
    }

    pub(super) fn event_type(&self) -> Option<&'static str> {
        match self {
            Self::Event(route) => Some(route.event_type().name()),
            Self::Plain(_) => None,
            Self::Letter(letter) => letter.kind.event_type(),
        }
    }

    /// What becomes of a record of this kind when it has failed for good. A letter has no letter.
    pub(super) fn on_failure(&self) -> OnFailure {
        match self {
            Self::Event(route) => route.on_failure(),
            Self::Plain(plain) => plain.on_failure,
            Self::Letter(_) => OnFailure::Return,
        }
    }

    /// Whether the key is Avro, with a schema of its own.
    pub(super) fn has_framed_key(&self) -> bool {
        self.resolutions()[1].is_some()
    }

    /// The schema of the value and that of the key.
    fn resolutions(&self) -> [Option<&Arc<Resolution>>; 2] {
        match self {
            Self::Event(route) => route.resolutions(),
            Self::Plain(plain) => [None, plain.key.as_ref()],
            Self::Letter(_) => [None, None],
        }
    }

    /// Those whose id the caller has to ask the registry for.
    pub(super) fn start_resolving(&self) -> [Option<Arc<Resolution>>; 2] {
        self.resolutions()
            .map(|resolution| resolution.filter(|resolution| resolution.start()).cloned())
    }

    /// Whether the id of a schema is missing.
    pub(super) fn is_unresolved(&self) -> bool {
        let missing = |resolution: &Arc<Resolution>| !resolution.is_resolved();
        self.resolutions().into_iter().flatten().any(missing)
    }

    /// Whether this is the schema of the value or of the key.
    pub(super) fn needs(&self, resolution: &Arc<Resolution>) -> bool {
        let mut own = self.resolutions().into_iter().flatten();
        own.any(|own| Arc::ptr_eq(own, resolution))
    }

    /// What is to be written into a record of this kind.
    pub(super) fn seals(&self) -> Seals {
        let [value, key] = self.resolutions();
        Seals {
            value: value.and_then(|value| value.seal()),
            key: key.and_then(|key| key.seal()),
        }
    }

    /// The ids to write into a record of this kind, if they are known and all there is to write.
    pub(crate) fn ids(&self) -> Option<Sealed> {
        ids(self.resolutions())
    }

    /// The same for an event by its route.
    pub(crate) fn ids_of(route: &Route) -> Option<Sealed> {
        ids(route.resolutions())
    }

    /// Why no record of this kind can be sent any more.
    pub(super) fn refusal(&self) -> Option<(&Arc<Resolution>, &RegistryError)> {
        let mut own = self.resolutions().into_iter().flatten();
        own.find_map(|resolution| Some((resolution, resolution.refusal()?)))
    }

    pub(super) fn delivery(self, placement: Placement, sealed: Sealed) -> Delivery {
        let Placement {
            partition,
            offset,
            timestamp_ms,
        } = placement;
        let destination: Arc<dyn Destination> = match self {
            Self::Event(route) => route,
            Self::Plain(plain) => plain,
            Self::Letter(letter) => letter,
        };
        let mut delivery = Delivery::new(destination, partition, offset, timestamp_ms);
        delivery.schema_id = sealed.value;
        delivery.key_schema_id = sealed.key;
        delivery
    }
}

fn ids([value, key]: [Option<&Arc<Resolution>>; 2]) -> Option<Sealed> {
    let id = |resolution: Option<&Arc<Resolution>>| match resolution {
        Some(resolution) => resolution.plain_id().map(Some),
        None => Some(None),
    };
    Some(Sealed {
        value: id(value)?,
        key: id(key)?,
    })
}
