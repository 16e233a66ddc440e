//! The records that the producer holds, by the number under which it reports them.

use std::sync::Arc;

use super::route::Route;
use super::ticket::Ticket;
use crate::producer::{Placement, Token};
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

/// Slots are reused, so that nothing is allocated once the buffer has had its usual depth.
#[derive(Default)]
pub(super) struct Slab {
    slots: Vec<Option<Sent>>,
    free: Vec<usize>,
}

impl Slab {
    pub(super) fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    pub(super) fn insert(&mut self, sent: Sent) -> Token {
        match self.free.pop() {
            Some(index) => {
                self.slots[index] = Some(sent);
                Token(index)
            }
            None => {
                self.slots.push(Some(sent));
                Token(self.slots.len() - 1)
            }
        }
    }

    /// The record of a token, once.
    pub(super) fn remove(&mut self, token: Token) -> Option<Sent> {
        let sent = self.slots.get_mut(token.0)?.take()?;
        self.free.push(token.0);
        Some(sent)
    }
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
