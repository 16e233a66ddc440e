//! The places of the buffer and the slab of the records that the producer holds.
//!
//! Apart from the line's lock, because a producer may report from within `send`, while the line is locked.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::lock;
use super::route::Route;
use super::ticket::Ticket;
use crate::producer::{Placement, Token};
use crate::record::Delivery;

pub(super) struct Buffer {
    capacity: usize,
    /// Admitted records and those that the producer holds.
    taken: AtomicUsize,
    sent: Mutex<Slab>,
}

/// A record that the producer holds.
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

#[derive(Default)]
struct Slab {
    slots: Vec<Option<Sent>>,
    free: Vec<usize>,
}

impl Buffer {
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, taken: AtomicUsize::new(0), sent: Mutex::default() }
    }

    pub(super) fn capacity(&self) -> usize {
        self.capacity
    }

    pub(super) fn has_room(&self) -> bool {
        self.taken.load(Ordering::SeqCst) < self.capacity
    }

    /// Takes a place. Only the holder of the line does, so no two take the last one.
    pub(super) fn take_place(&self) -> bool {
        let room = self.has_room();
        if room {
            self.taken.fetch_add(1, Ordering::SeqCst);
        }
        room
    }

    pub(super) fn free_place(&self) {
        self.taken.fetch_sub(1, Ordering::SeqCst);
    }

    /// Notes a record before it is handed over: its report may come at once.
    pub(super) fn insert(&self, sent: Sent) -> Token {
        let mut slab = lock(&self.sent);
        let index = match slab.free.pop() {
            Some(index) => {
                slab.slots[index] = Some(sent);
                index
            }
            None => {
                slab.slots.push(Some(sent));
                slab.slots.len() - 1
            }
        };
        Token(index)
    }

    /// The record of a token, once. Its place stays taken until [`free_place`](Self::free_place).
    pub(super) fn remove(&self, token: Token) -> Option<Sent> {
        let mut slab = lock(&self.sent);
        let sent = slab.slots.get_mut(token.0)?.take()?;
        slab.free.push(token.0);
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
        let Placement { partition, offset, timestamp_ms } = placement;
        match self {
            Self::Event(route) => Delivery {
                topic: route.topic().to_owned(),
                partition,
                offset,
                timestamp_ms,
                schema_id: route.id(),
                subject: Some(route.subject().to_owned()),
            },
            Self::Tombstone(topic) => {
                Delivery { topic, partition, offset, timestamp_ms, schema_id: None, subject: None }
            }
        }
    }
}
