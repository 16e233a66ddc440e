//! The line of records before the producer, in the order of the calls.
//!
//! Plain data under the dispatcher's lock: calls no producer, no callback, no waker. Every queue is sorted by the number
//! of the call, so that a record which its caller takes back is found at once and leaves nothing behind. Records whose
//! schema id is missing are parked beside the line, and the others pass them at no cost.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use tokio::time::Instant;

use super::Parcel;
use super::resolution::Resolution;
use super::sent::{Seals, Sent};
use super::ticket::Ticket;
use crate::clock::after;
use crate::producer::Token;
use crate::record::Record;
use crate::slab::Slab;

pub(super) struct Line {
    capacity: usize,
    last_serial: u64,
    /// Those without a place in the buffer.
    waiting: VecDeque<Waiting>,
    /// Those that have a place but no schema id, and those of the same entities behind them.
    parked: VecDeque<Waiting>,
    /// How many parked records an entity has.
    held: HashMap<Entity, usize>,
    /// How many parked records miss no id and are there for their entity's order only.
    behind: usize,
    /// Those that can be sent.
    ready: VecDeque<Waiting>,
    /// Those that the producer holds.
    sent: Slab<Sent>,
}

/// A topic and a key: what the order of records is kept for.
type Entity = (String, Vec<u8>);

pub(super) struct Waiting {
    pub(super) parcel: Parcel,
    pub(super) ticket: Arc<Ticket>,
    /// Until when it may wait for its place; means nothing once it has it. `None` is for ever.
    until: Option<Instant>,
    /// Since when it waits for a schema's id; `None` where that was known when it joined.
    unresolved_since: Option<Instant>,
}

/// When those who wait for a schema's id give up: the first and the last of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deadlines {
    pub(crate) first: Instant,
    pub(crate) last: Instant,
}

/// A record that leaves the line, with the token for its report and what is still to be written into it.
pub(super) struct Outgoing {
    pub(super) token: Token,
    pub(super) record: Record,
    pub(super) seals: Seals,
}

impl Line {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            last_serial: 0,
            waiting: VecDeque::new(),
            parked: VecDeque::new(),
            held: HashMap::new(),
            behind: 0,
            ready: VecDeque::new(),
            sent: Slab::default(),
        }
    }

    pub(super) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Whether a record that joined now would have its place at once.
    pub(super) fn has_room(&self) -> bool {
        self.taken() + self.waiting.len() < self.capacity
    }

    /// Whether the producer holds a record, so that a report will come.
    pub(super) fn awaits_report(&self) -> bool {
        self.sent.len() > 0
    }

    /// Whether there is something to send and no report will come that could be the cause to try again.
    pub(super) fn is_stuck(&self) -> bool {
        !self.ready.is_empty() && !self.awaits_report()
    }

    /// Every record that waits is given the same time, so that those who came first are those whose time is over first.
    pub(super) fn join(&mut self, parcel: Parcel, until: Option<Instant>, wakers: &mut Vec<Waker>) -> Arc<Ticket> {
        self.last_serial += 1;
        let ticket = Ticket::waiting(self.last_serial);
        let unresolved_since = parcel.kind.is_unresolved().then(Instant::now);
        self.waiting.push_back(Waiting {
            parcel,
            ticket: Arc::clone(&ticket),
            until,
            unresolved_since,
        });
        self.admit(wakers);
        ticket
    }

    /// The next record to be sent.
    pub(super) fn next(&mut self, wakers: &mut Vec<Waker>) -> Option<Outgoing> {
        self.admit(wakers);
        let Waiting {
            parcel: Parcel { record, kind, sealed },
            ticket,
            ..
        } = self.ready.pop_front()?;
        // One that was put back is finished already.
        let seals = if sealed.is_none() {
            kind.seals()
        } else {
            Seals::default()
        };
        let sealed = sealed.unwrap_or_else(|| seals.sealed());
        let token = Token(self.sent.insert(Sent { ticket, kind, sealed }));
        Some(Outgoing { token, record, seals })
    }

    /// Takes a record back that the producer had no room for; it keeps its place and its turn.
    pub(super) fn put_back(&mut self, Sent { ticket, kind, sealed }: Sent, record: Record) {
        let at = self
            .ready
            .partition_point(|waiting| waiting.ticket.serial() < ticket.serial());
        self.ready.insert(
            at,
            Waiting {
                parcel: Parcel {
                    record,
                    kind,
                    sealed: Some(sealed),
                },
                ticket,
                until: None,
                unresolved_since: None,
            },
        );
    }

    /// The record of a token, which the producer holds no longer. `None` if it was reported before.
    pub(super) fn reported(&mut self, token: Token) -> Option<Sent> {
        self.sent.remove(token.0)
    }

    /// Takes out a record that has not been sent. Returns whether it was there.
    pub(super) fn withdraw(&mut self, ticket: &Ticket) -> bool {
        let serial = ticket.serial();
        if let Some(parked) = take(&mut self.parked, serial) {
            self.unhold(&parked);
            return true;
        }
        take(&mut self.waiting, serial)
            .or_else(|| take(&mut self.ready, serial))
            .is_some()
    }

    /// Takes those parked records up that are held by nothing any more.
    pub(super) fn unpark(&mut self) {
        self.held.clear();
        self.behind = 0;
        for parked in std::mem::take(&mut self.parked) {
            self.place(parked);
        }
        self.ready
            .make_contiguous()
            .sort_by_key(|waiting| waiting.ticket.serial());
    }

    /// Takes out every record that needs this schema, none of which was sent.
    pub(super) fn fail(&mut self, resolution: &Arc<Resolution>) -> Vec<Waiting> {
        self.take_all(|waiting| waiting.parcel.kind.needs(resolution))
    }

    /// Takes out those that have waited so long for this schema's id. Also says when the others' time is over, if there are
    /// any.
    pub(super) fn end_wait(
        &mut self,
        resolution: &Arc<Resolution>,
        patience: Duration,
        now: Instant,
    ) -> (Vec<Waiting>, Option<Deadlines>) {
        let since = |waiting: &Waiting| {
            let since = waiting.unresolved_since?;
            waiting.parcel.kind.needs(resolution).then_some(since)
        };
        let is_over = |since: Instant| now.saturating_duration_since(since) >= patience;
        let failed = self.take_all(|waiting| since(waiting).is_some_and(is_over));
        let others = || self.parked.iter().chain(&self.waiting).filter_map(since);
        let deadlines = others().min().zip(others().max()).map(|(first, last)| Deadlines {
            first: after(first, patience),
            last: after(last, patience),
        });
        (failed, deadlines)
    }

    fn take_all(&mut self, picked: impl Fn(&Waiting) -> bool) -> Vec<Waiting> {
        let mut taken = Vec::new();
        for queue in [&mut self.parked, &mut self.waiting, &mut self.ready] {
            let (own, others): (VecDeque<_>, VecDeque<_>) = queue.drain(..).partition(&picked);
            taken.extend(own);
            *queue = others;
        }
        self.unpark();
        taken
    }

    /// Takes out those that have waited for their place until now or longer; none that can have one. Also says when the
    /// next one's time is over, if one waits.
    pub(super) fn expire(&mut self, now: Instant, wakers: &mut Vec<Waker>) -> (Vec<Waiting>, Option<Instant>) {
        self.admit(wakers);
        let over = |waiting: &Waiting| waiting.until.is_some_and(|until| until <= now);
        let count = self.waiting.iter().take_while(|waiting| over(waiting)).count();
        let expired = self.waiting.drain(..count).collect();
        (expired, self.waiting.front().and_then(|first| first.until))
    }

    /// Takes everything out that was not sent, in the order of the calls.
    pub(super) fn drain(&mut self) -> Vec<Waiting> {
        self.held.clear();
        self.behind = 0;
        let queues = [&mut self.parked, &mut self.ready, &mut self.waiting];
        let mut all: Vec<_> = queues.into_iter().flat_map(|queue| queue.drain(..)).collect();
        all.sort_by_key(|waiting| waiting.ticket.serial());
        all
    }

    fn taken(&self) -> usize {
        self.parked.len() + self.ready.len() + self.sent.len()
    }

    /// Gives the free places to those who have waited longest.
    fn admit(&mut self, wakers: &mut Vec<Waker>) {
        while self.taken() < self.capacity
            && let Some(first) = self.waiting.pop_front()
        {
            wakers.extend(first.ticket.buffered());
            self.place(first);
        }
    }

    /// Puts a record that has its place where it belongs.
    fn place(&mut self, waiting: Waiting) {
        let unresolved = waiting.is_unresolved();
        if !unresolved && self.held.is_empty() {
            return self.ready.push_back(waiting);
        }
        let entity = waiting.entity();
        let behind = entity.as_ref().is_some_and(|entity| self.held.contains_key(entity));
        if !unresolved && !behind {
            return self.ready.push_back(waiting);
        }
        self.behind += usize::from(!unresolved);
        if let Some(entity) = entity {
            *self.held.entry(entity).or_default() += 1;
        }
        self.parked.push_back(waiting);
    }

    /// Follows the withdrawal of a parked record.
    fn unhold(&mut self, parked: &Waiting) {
        self.behind -= usize::from(!parked.is_unresolved());
        if let Some(entity) = parked.entity()
            && let Some(count) = self.held.get_mut(&entity)
        {
            *count -= 1;
            if *count == 0 {
                self.held.remove(&entity);
            }
        }
        // Only then can another one have stood behind it.
        if self.behind > 0 {
            self.unpark();
        }
    }
}

impl Waiting {
    /// `None` for a record without a key, which has no order to keep. The id in an Avro key's frame is not filled in yet:
    /// it is one id for all keys of a topic, so equal keys are equal without it.
    fn entity(&self) -> Option<Entity> {
        let record = &self.parcel.record;
        Some((record.topic.clone(), record.key.clone()?))
    }

    fn is_unresolved(&self) -> bool {
        self.parcel.kind.is_unresolved()
    }
}

/// Takes the record of this number out of a queue.
fn take(queue: &mut VecDeque<Waiting>, serial: u64) -> Option<Waiting> {
    let at = queue
        .binary_search_by_key(&serial, |waiting| waiting.ticket.serial())
        .ok()?;
    queue.remove(at)
}
