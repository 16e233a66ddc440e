//! A record that the producer holds: what its report needs.

use std::sync::Arc;

use super::route::Route;
use super::ticket::Ticket;
use crate::producer::Placement;
use crate::record::Delivery;

/// A record that the producer holds: what its report needs.
pub(super) struct Sent {
    pub(super) ticket: Arc<Ticket>,
    pub(super) kind: Kind,
}

/// What a record is, for its report.
#[derive(Clone)]
pub(super) enum Kind {
    /// An event by its route.
    Event(Arc<Route>),
    /// A tombstone by its topic.
    Tombstone(String),
}

impl Kind {
    pub(super) fn event_type(&self) -> Option<&'static str> {
        match self {
            Self::Event(route) => Some(route.event_type().name()),
            Self::Tombstone(_) => None,
        }
    }

    pub(super) fn delivery(self, placement: Placement) -> Delivery {
        let Placement {
            partition,
            offset,
            timestamp_ms,
        } = placement;
        match self {
            Self::Event(route) => Delivery {
                topic: route.topic().to_owned(),
                partition,
                offset,
                timestamp_ms,
                schema_id: route.id(),
                subject: Some(route.subject().to_owned()),
            },
            Self::Tombstone(topic) => Delivery {
                topic,
                partition,
                offset,
                timestamp_ms,
                schema_id: None,
                subject: None,
            },
        }
    }
}
