//! How records enter: one by one or a batch, past the line where nothing stands before them, else into it.

use std::panic::resume_unwind;
use std::sync::{Arc, MutexGuard};

use tokio::time::Instant;

use super::batch_ticket::BatchTicket;
use super::breaking::circuit_open;
use super::claim::Claim;
use super::handing::Panic;
use super::kind::{Kind, Sealed, Seals};
use super::pace::{BETWEEN_BATCHES, BETWEEN_STRIDES};
use super::permits::cost;
use super::resolution::Resolution;
use super::ticket::Ticket;
use super::transit::Transit;
use super::{Dispatcher, State, unresolved, wake};
use crate::error::PublishError;
use crate::producer::{Placement, Producer};
use crate::record::{Layout, Packed};

/// A record before its way.
pub(crate) struct Parcel {
    pub(crate) body: Packed,
    pub(crate) kind: Kind,
    /// The ids that are in it already; `None` while something is still to be written into it.
    pub(crate) sealed: Option<Sealed>,
}

/// The records of a batch before their way, in one buffer.
#[derive(Default)]
pub(crate) struct BatchParcel {
    pub(crate) bytes: Vec<u8>,
    pub(crate) layouts: Vec<Layout>,
    /// The first one begins with the first record.
    pub(crate) runs: Vec<Run>,
    /// For the placements of the records; empty.
    pub(crate) placements: Vec<Option<Placement>>,
}

/// What the records of a batch are from this one on, until the next run: batches are often of one type.
pub(crate) struct Run {
    pub(crate) first: usize,
    pub(crate) kind: Kind,
    pub(crate) sealed: Option<Sealed>,
}

/// Whether a call waits for a place in the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    Wait,
    Try,
}

/// What the caller has to do for records that were accepted.
#[derive(Default)]
pub(crate) struct Accepted {
    /// The schemas whose ids are to be asked for: nobody has yet, or the last answer was a failure.
    pub(crate) to_resolve: Vec<Arc<Resolution>>,
    /// Whether to see to it that [`Dispatcher::expire`] is called: a record waits for its place, and nobody looks at the time
    /// yet.
    pub(crate) to_expire: bool,
    /// The same of [`Dispatcher::overdue`], for records that have their places.
    pub(crate) to_watch: bool,
}

impl Dispatcher {
    /// Puts a record on its way; the ticket tells how it goes. The order of these calls is the order of an entity's records.
    pub(crate) fn submit(&self, parcel: Parcel, admission: Admission) -> Result<(Arc<Ticket>, Accepted), PublishError> {
        let Parcel { body, kind, sealed } = parcel;
        let (size, buffer) = (body.view(kind.topic()).size(), body.bytes.capacity());
        let mut state = self.lock();
        if state.stopped {
            return Err(PublishError::ShutDown);
        }
        if let Some(open) = state.open_circuit() {
            drop(state);
            return Err(circuit_open(open, body.view(kind.topic()).to_record()));
        }
        // Under the lock, as a schema is refused under it: no record slips past a refusal.
        if let Some((resolution, error)) = kind.refusal() {
            drop(state);
            let record = body.view(kind.topic()).to_record();
            return Err(unresolved(resolution, &kind, error.clone(), record));
        }
        let cost = cost(size, buffer, self.limits.bytes);
        let waits = !state.line.has_room(1, cost);
        if admission == Admission::Try && waits {
            let permits = state.line.permits();
            let (capacity, bytes) = (permits.records(), permits.bytes());
            drop(state);
            let record = Box::new(body.view(kind.topic()).to_record());
            return Err(PublishError::BufferFull {
                capacity,
                bytes,
                record,
            });
        }
        let ticket = Ticket::new(body, waits);
        let claim = Claim::One(Arc::clone(&ticket));
        let mut accepted = state.accept(1);
        let serial = state.line.number();
        let now = Instant::now();
        let is_fast = state.pace.step(now);
        let mut transit = Transit::new(serial, claim, kind, sealed, cost, now);
        ticket.join(serial);
        let mut wakers = Vec::new();
        if !waits && sealed.is_some() && state.is_free() && !state.line.keys().concerns(&transit) {
            state.line.take_places(1, cost);
            self.past_the_line(state, |state, producer| {
                self.hand_over(state, producer, transit, Seals::default())
            });
            if is_fast {
                self.take_reports(BETWEEN_STRIDES);
            }
        } else {
            // Under the lock: an answer of the registry fails this record too, or this record asks anew.
            if sealed.is_none() {
                accepted
                    .to_resolve
                    .extend(transit.kind.start_resolving().into_iter().flatten());
            }
            if waits {
                transit.place_until = self.waits_until();
                accepted.to_expire = transit.place_until.is_some() && !std::mem::replace(&mut state.expiring, true);
            }
            state.line.join(transit, &mut wakers);
            drop(state);
            wake(&mut wakers);
            self.advance();
        }
        Ok((ticket, accepted))
    }

    /// Puts the records of a batch on their way, in their order and with no other between them.
    pub(crate) fn submit_all(&self, parcel: BatchParcel) -> Result<(Arc<BatchTicket>, Accepted), PublishError> {
        let batch = BatchTicket::new(parcel, &self.buffers);
        let count = batch.len();
        let all = self.limits.bytes;
        let total = (0..count).fold(0_usize, |total, index| total.saturating_add(batch.cost(index, all)));
        let is_sealed = batch.is_sealed();
        let mut state = self.lock();
        if state.stopped {
            return Err(PublishError::ShutDown);
        }
        if let Some(open) = state.open_circuit() {
            drop(state);
            for index in 0..count {
                let record = batch.view(index).to_record();
                // Nobody waits for it yet.
                batch.answer(index, Err(circuit_open(open.clone(), record)));
            }
            return Ok((batch, Accepted::default()));
        }
        let mut accepted = state.accept(count);
        batch.join(state.line.number_all(count));
        let is_free = is_sealed && state.is_free() && state.line.has_room(count, total);
        if is_free
            && batch
                .kinds()
                .all(|kind| kind.refusal().is_none() && !state.line.keys().may_concern(kind))
        {
            state.line.take_places(count, total);
            self.past_the_line(state, |state, producer| self.hand_over_batch(state, producer, &batch));
            self.take_reports(BETWEEN_BATCHES);
            return Ok((batch, accepted));
        }
        let transits = (0..count).map(|index| batch.transit(index, all));
        let until = self.waits_until();
        let mut wakers = Vec::new();
        let mut refused = Vec::new();
        for mut transit in transits {
            if let Some((resolution, error)) = transit.kind.refusal() {
                let (resolution, error) = (Arc::clone(resolution), error.clone());
                refused.push((transit, resolution, error));
                continue;
            }
            if transit.sealed.is_none() {
                accepted
                    .to_resolve
                    .extend(transit.kind.start_resolving().into_iter().flatten());
            }
            if !state.line.has_room(1, transit.cost) {
                transit.place_until = until;
            }
            accepted.to_expire |= transit.place_until.is_some() && !std::mem::replace(&mut state.expiring, true);
            state.line.join(transit, &mut wakers);
        }
        drop(state);
        wake(&mut wakers);
        for (transit, resolution, error) in refused {
            self.end_unresolved(transit, &resolution, error);
        }
        self.advance();
        Ok((batch, accepted))
    }

    /// Hands over at once what has its place, and goes on with the line.
    fn past_the_line<'a, T>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        hand_over: impl FnOnce(MutexGuard<'a, State>, &dyn Producer) -> (MutexGuard<'a, State>, Result<T, Panic>),
    ) {
        let Some(producer) = state.producer.clone() else { return };
        state.sending = true;
        let (mut state, handed_over) = hand_over(state, &*producer);
        state.sending = false;
        self.go_on(state);
        if let Err(panic) = handed_over {
            resume_unwind(panic);
        }
    }
}

impl State {
    /// Whether a record that is finished and has a place can go to the producer at once.
    fn is_free(&self) -> bool {
        !self.sending && !self.closed && !self.is_paused() && self.producer.is_some() && self.line.is_clear()
    }

    fn accept(&mut self, records: usize) -> Accepted {
        self.counts.accepted += records as u64;
        Accepted {
            to_watch: !std::mem::replace(&mut self.watching, true),
            ..Accepted::default()
        }
    }
}
