//! The line of records before the producer, in the order of the calls.
//!
//! All of it is under one lock, never held for longer than calls of the producer's `send` take. Records whose schema id
//! is missing are parked beside the line, so that the others pass them at no cost.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use super::buffer::{Buffer, Kind, Sent};
use super::route::Route;
use super::ticket::Ticket;
use super::{Ended, Parcel};
use crate::error::PublishError;
use crate::producer::{Producer, SendError};
use crate::record::Record;
use crate::registry::RegistryError;
use crate::wire;

pub(super) struct Line {
    /// `None` before the publisher is built and after it is dropped.
    pub(super) producer: Option<Arc<dyn Producer>>,
    /// Those that wait for room.
    waiting: VecDeque<Waiting>,
    /// Those that have a place but no schema id, and those of the same entities behind them; in the order of the calls.
    parked: Vec<Waiting>,
    /// The entities of the parked records.
    held: HashSet<Entity>,
    /// Whether a parked record was withdrawn: its place is free for the asking.
    pub(super) parked_withdrawn: bool,
}

/// A topic and a key: what the order of records is kept for.
type Entity = (String, Vec<u8>);

struct Waiting {
    parcel: Parcel,
    ticket: Arc<Ticket>,
    /// Whether it has a place in the buffer.
    admitted: bool,
}

impl Line {
    pub(super) fn new() -> Self {
        Self {
            producer: None,
            waiting: VecDeque::new(),
            parked: Vec::new(),
            held: HashSet::new(),
            parked_withdrawn: false,
        }
    }

    /// Whether somebody waits for room.
    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(super) fn join(&mut self, parcel: Parcel, ticket: Arc<Ticket>) {
        self.waiting.push_back(Waiting { parcel, ticket, admitted: false });
    }

    /// Admits and sends what can be, in order.
    pub(super) fn advance(&mut self, buffer: &Buffer, ended: &mut Vec<Ended>) {
        let Some(producer) = self.producer.clone() else { return };
        while let Some(first) = self.waiting.pop_front() {
            let Some(first) = first.admit(buffer) else { continue };
            if !first.admitted {
                self.waiting.push_front(first);
                if !std::mem::take(&mut self.parked_withdrawn) {
                    return;
                }
                self.unpark(buffer);
                continue;
            }
            let entity = if self.parked.is_empty() { None } else { first.entity() };
            if first.is_unresolved() || entity.is_some_and(|entity| self.held.contains(&entity)) {
                self.park(first);
            } else if let Some(first) = first.send(buffer, &*producer, ended) {
                self.waiting.push_front(first);
                return;
            }
        }
    }

    /// Puts the parked records back to the head of the line: a schema id has come, or some were withdrawn.
    pub(super) fn unpark(&mut self, buffer: &Buffer) {
        self.held.clear();
        let mut parked = std::mem::take(&mut self.parked);
        // Those that still miss their id, or stand behind one that does, stay.
        parked.retain(|waiting| !waiting.is_withdrawn(buffer));
        let mut ready = VecDeque::with_capacity(self.waiting.len() + parked.len());
        for waiting in parked {
            let behind = waiting.entity().is_some_and(|entity| self.held.contains(&entity));
            if waiting.is_unresolved() || behind {
                self.park(waiting);
            } else {
                ready.push_back(waiting);
            }
        }
        ready.append(&mut self.waiting);
        self.waiting = ready;
    }

    /// Ends the way of every record of this route: the registry gave no id.
    pub(super) fn fail_route(
        &mut self,
        route: &Arc<Route>,
        error: &RegistryError,
        buffer: &Buffer,
        ended: &mut Vec<Ended>,
    ) {
        let of_route = |waiting: &Waiting| matches!(&waiting.parcel.kind, Kind::Event(own) if Arc::ptr_eq(own, route));
        let (failed, parked) = std::mem::take(&mut self.parked).into_iter().partition(&of_route);
        self.parked = parked;
        // Those without a place are in the line still.
        let (failed_waiting, waiting): (Vec<_>, Vec<_>) = self.waiting.drain(..).partition(of_route);
        self.waiting = waiting.into();
        let failed: Vec<Waiting> = failed;
        for waiting in failed.into_iter().chain(failed_waiting) {
            let Some((record, ticket, kind)) = waiting.leave(buffer) else { continue };
            let error = PublishError::Registry {
                event_type: route.event_type().name(),
                subject: route.subject().to_owned(),
                source: error.clone(),
                record: Box::new(record),
            };
            ended.push(Ended { ticket, event_type: kind.event_type(), answer: Err(error) });
        }
        self.unpark(buffer);
    }

    /// Ends the way of everything that waits and gives the records back.
    pub(super) fn give_up(&mut self, buffer: &Buffer, ended: &mut Vec<Ended>) -> Vec<Record> {
        self.held.clear();
        let mut returned = Vec::new();
        for waiting in std::mem::take(&mut self.parked).into_iter().chain(std::mem::take(&mut self.waiting)) {
            if let Some((record, ticket, kind)) = waiting.leave(buffer) {
                returned.push(record);
                ended.push(Ended { ticket, event_type: kind.event_type(), answer: Err(PublishError::ShutDown) });
            }
        }
        returned
    }

    fn park(&mut self, waiting: Waiting) {
        self.held.extend(waiting.entity());
        self.parked.push(waiting);
    }
}

impl Waiting {
    /// `None` for a record without a key, which has no order to keep.
    fn entity(&self) -> Option<Entity> {
        let record = &self.parcel.record;
        Some((record.topic.clone(), record.key.clone()?))
    }

    fn is_unresolved(&self) -> bool {
        matches!(&self.parcel.kind, Kind::Event(route) if route.id().is_none())
    }

    /// Whether the caller has taken the record back; its place is free then.
    fn is_withdrawn(&self, buffer: &Buffer) -> bool {
        let withdrawn = self.ticket.is_withdrawn();
        if withdrawn {
            self.free(buffer);
        }
        withdrawn
    }

    /// Takes a place if there is one. `None` if the caller has taken the record back.
    fn admit(mut self, buffer: &Buffer) -> Option<Self> {
        if !self.admitted && buffer.take_place() {
            self.admitted = true;
            self.ticket.admit();
        }
        if self.is_withdrawn(buffer) { None } else { Some(self) }
    }

    /// Hands the record to the producer. Comes back if the producer has no room for it at the moment.
    fn send(mut self, buffer: &Buffer, producer: &dyn Producer, ended: &mut Vec<Ended>) -> Option<Self> {
        if let (Kind::Event(route), Some(value)) = (&self.parcel.kind, &mut self.parcel.record.value)
            && let Some(id) = route.id()
        {
            wire::set_schema_id(value, id);
        }
        if !self.ticket.send() {
            self.free(buffer);
            return None;
        }
        let Parcel { record, kind } = self.parcel;
        let token = buffer.insert(Sent { ticket: Arc::clone(&self.ticket), kind: kind.clone() });
        match producer.send(record, token) {
            Ok(()) => None,
            Err(SendError::Full(record)) => {
                // It keeps its place and its turn; the next report makes room in the producer's own buffer.
                buffer.remove(token);
                self.ticket.admit();
                Some(Self { parcel: Parcel { record, kind }, ..self })
            }
            Err(SendError::Refused(undelivered)) => {
                buffer.remove(token);
                buffer.free_place();
                let answer = Err(PublishError::undelivered(undelivered.error, undelivered.record));
                ended.push(Ended { ticket: self.ticket, event_type: kind.event_type(), answer });
                None
            }
        }
    }

    /// Leaves the line unsent. `None` if the caller has taken the record back.
    fn leave(self, buffer: &Buffer) -> Option<(Record, Arc<Ticket>, Kind)> {
        self.free(buffer);
        self.ticket.send().then_some((self.parcel.record, self.ticket, self.parcel.kind))
    }

    fn free(&self, buffer: &Buffer) {
        if self.admitted {
            buffer.free_place();
        }
    }
}
