//! A record that the producer holds: what its report needs.

use std::sync::Arc;

use super::resolution::Resolution;
use super::route::Route;
use super::ticket::Ticket;
use crate::producer::Placement;
use crate::record::{Delivery, Record};
use crate::wire;

/// A record that the producer holds: what its report needs.
pub(super) struct Sent {
    pub(super) ticket: Arc<Ticket>,
    pub(super) kind: Kind,
}

/// What a record is: which schema ids it needs, and what its report says.
#[derive(Clone)]
pub(super) enum Kind {
    /// An event by its route.
    Event(Arc<Route>),
    /// A tombstone.
    Tombstone {
        topic: String,
        /// `None` unless the key is Avro.
        key: Option<Arc<Resolution>>,
    },
}

impl Kind {
    pub(super) fn event_type(&self) -> Option<&'static str> {
        match self {
            Self::Event(route) => Some(route.event_type().name()),
            Self::Tombstone { .. } => None,
        }
    }

    /// The schema of the value and that of the key.
    fn resolutions(&self) -> [Option<&Arc<Resolution>>; 2] {
        match self {
            Self::Event(route) => [Some(route.value()), route.key()],
            Self::Tombstone { key, .. } => [None, key.as_ref()],
        }
    }

    /// Those whose id the caller has to ask the registry for.
    pub(super) fn start_resolving(&self) -> [Option<Arc<Resolution>>; 2] {
        self.resolutions()
            .map(|resolution| resolution.filter(|resolution| resolution.start()).cloned())
    }

    /// Whether the id of a schema is missing.
    pub(super) fn is_unresolved(&self) -> bool {
        let missing = |resolution: &Arc<Resolution>| resolution.id().is_none();
        self.resolutions().into_iter().flatten().any(missing)
    }

    /// Whether this is the schema of the value or of the key.
    pub(super) fn needs(&self, resolution: &Arc<Resolution>) -> bool {
        let mut own = self.resolutions().into_iter().flatten();
        own.any(|own| Arc::ptr_eq(own, resolution))
    }

    /// Writes the ids into the frames of value and key. Before the record is handed over: the partition is that of the
    /// key's final bytes.
    pub(super) fn fill_in(&self, record: &mut Record) {
        let frames = [&mut record.value, &mut record.key];
        for (resolution, frame) in self.resolutions().into_iter().zip(frames) {
            if let (Some(id), Some(frame)) = (resolution.and_then(|resolution| resolution.id()), frame) {
                wire::set_schema_id(frame, id);
            }
        }
    }

    pub(super) fn delivery(self, placement: Placement) -> Delivery {
        let Placement {
            partition,
            offset,
            timestamp_ms,
        } = placement;
        let [value, key] = self.resolutions();
        let (schema_id, subject) = (
            value.and_then(|value| value.id()),
            value.map(|value| value.subject().to_owned()),
        );
        let key_schema_id = key.and_then(|key| key.id());
        Delivery {
            topic: match self {
                Self::Event(route) => route.topic().to_owned(),
                Self::Tombstone { topic, .. } => topic,
            },
            partition,
            offset,
            timestamp_ms,
            schema_id,
            subject,
            key_schema_id,
        }
    }
}
