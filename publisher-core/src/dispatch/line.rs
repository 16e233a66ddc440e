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

use super::batch_ticket::BatchTicket;
use super::holding::Keys;
use super::kind::Seals;
use super::members::Members;
use super::permits::Permits;
use super::resolution::Resolution;
use super::transit::{Entity, Transit};
use crate::clock::after;
use crate::producer::Token;
use crate::record::{Record, SchemaId};
use crate::slab::Slab;
use crate::wire;

pub(super) struct Line {
    permits: Permits,
    last_serial: u64,
    /// Those without a place in the buffer.
    waiting: VecDeque<Transit>,
    /// Those that have a place but no schema id, and those of the same entities behind them.
    parked: VecDeque<Transit>,
    /// How many parked records an entity has.
    held: HashMap<Entity, usize>,
    /// How many parked records miss no id and are there for their entity's order only.
    behind: usize,
    /// Those that can be sent.
    ready: VecDeque<Transit>,
    /// Those that the producer holds.
    sent: Slab<Transit>,
    /// Those of batches that the producer holds, apart from the others.
    members: Members,
    /// How many of them it may hold or not, because it panicked.
    orphans: usize,
    /// Keys of which one record at a time is on its way, or none.
    keys: Keys,
}

/// When those who wait for a schema's id give up: the first and the last of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deadlines {
    pub(crate) first: Instant,
    pub(crate) last: Instant,
}

/// A record that leaves the line, with what is still to be written into it.
pub(super) struct Outgoing {
    pub(super) transit: Transit,
    pub(super) seals: Seals,
}

/// What a token stood for, which is free again.
pub(super) enum Taken {
    /// A record of its own.
    Single(Transit),
    /// The record of a batch: the batch, and its number within.
    Member(usize, usize),
    /// The record of a batch that was given up before.
    Abandoned,
    /// Nothing: reported before, or never sent.
    Unknown,
}

impl Line {
    pub(super) fn new(permits: Permits, keys: Keys) -> Self {
        Self {
            permits,
            last_serial: 0,
            waiting: VecDeque::new(),
            parked: VecDeque::new(),
            held: HashMap::new(),
            behind: 0,
            ready: VecDeque::new(),
            sent: Slab::default(),
            members: Members::default(),
            orphans: 0,
            keys,
        }
    }

    pub(super) fn permits(&self) -> &Permits {
        &self.permits
    }

    /// The number of the next record, of so many in a row.
    pub(super) fn number_all(&mut self, records: usize) -> u64 {
        let first = self.last_serial + 1;
        self.last_serial += records as u64;
        first
    }

    /// The number of the next record.
    pub(super) fn number(&mut self) -> u64 {
        self.number_all(1)
    }

    /// Whether so many records that joined now would have their places at once.
    pub(super) fn has_room(&self, records: usize, cost: usize) -> bool {
        self.waiting.is_empty() && self.permits.fit(records, cost)
    }

    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }

    pub(super) fn keys_mut(&mut self) -> &mut Keys {
        &mut self.keys
    }

    /// Whether nobody stands before the producer, so that a record which needs nothing can go to it past the line.
    pub(super) fn is_clear(&self) -> bool {
        self.waiting.is_empty() && self.parked.is_empty() && self.ready.is_empty()
    }

    /// Whether there is something to hand over, or somebody to give a free place to.
    pub(super) fn has_work(&self) -> bool {
        !self.ready.is_empty()
            || self.keys.has_turned_away()
            || self
                .waiting
                .front()
                .is_some_and(|first| self.permits.fit(1, first.cost))
    }

    /// Whether the producer holds a record, so that a report will come.
    pub(super) fn awaits_report(&self) -> bool {
        self.sent.len() + self.members.len() > self.orphans
    }

    /// Whether there is something to send and no report will come that could be the cause to try again.
    pub(super) fn is_stuck(&self) -> bool {
        !self.ready.is_empty() && !self.awaits_report()
    }

    /// Every record that waits is given the same time, so that those who came first are those whose time is over first.
    pub(super) fn join(&mut self, mut transit: Transit, wakers: &mut Vec<Waker>) {
        transit.unresolved_since = transit.is_unresolved().then_some(transit.since);
        self.waiting.push_back(transit);
        self.admit(wakers);
    }

    /// Takes places for so many records that go past the line. For a [clear](Self::is_clear) one with
    /// [room](Self::has_room).
    pub(super) fn take_places(&mut self, records: usize, cost: usize) {
        self.permits.take(records, cost);
    }

    /// The next record to be sent.
    pub(super) fn next(&mut self, wakers: &mut Vec<Waker>) -> Option<Outgoing> {
        self.admit(wakers);
        let transit = self.ready.pop_front()?;
        // One that was put back is finished already.
        let seals = if transit.sealed.is_none() {
            transit.kind.seals()
        } else {
            Seals::default()
        };
        Some(Outgoing { transit, seals })
    }

    /// Notes that the producer is about to hold a record.
    pub(super) fn send(&mut self, transit: Transit) -> Token {
        Token(self.sent.insert(transit) << 1)
    }

    /// Takes in a batch whose records go past the line.
    pub(super) fn begin_batch(&mut self, ticket: Arc<BatchTicket>) -> usize {
        self.members.begin(ticket)
    }

    /// Notes that the producer is about to hold a record of a batch.
    pub(super) fn send_member(&mut self, batch: usize, index: usize) -> Token {
        Token(self.members.send(batch, index) << 1 | MEMBER)
    }

    /// A record of a batch that is not with the producer, and goes a way of its own from now on.
    pub(super) fn stray(&mut self, batch: usize, index: usize) -> Option<Transit> {
        self.members.stray(batch, index, self.permits.bytes())
    }

    /// What the producer holds no longer; its place is free.
    pub(super) fn take(&mut self, token: Token) -> Taken {
        if token.0 & MEMBER == 0 {
            let Some(transit) = self.sent.remove(token.0 >> 1) else {
                return Taken::Unknown;
            };
            if transit.cost == 0 {
                self.orphans -= 1;
            } else {
                self.permits.give(transit.cost);
            }
            return Taken::Single(transit);
        }
        let Some((batch, index)) = self.members.take(token.0 >> 1) else {
            return Taken::Unknown;
        };
        let Some(ticket) = self.members.batch(batch) else {
            self.orphans -= 1;
            return Taken::Abandoned;
        };
        self.permits.give(ticket.cost(index, self.permits.bytes()));
        Taken::Member(batch, index)
    }

    /// So many records of a batch have been delivered.
    pub(super) fn leave_batch(&mut self, batch: usize, records: usize) -> Option<Arc<BatchTicket>> {
        self.members.leave(batch, records)
    }

    /// Takes a record back that [`take`](Self::take) gave under the same lock: it keeps its place and its turn.
    pub(super) fn put_back(&mut self, transit: Transit) {
        self.permits.take_anyway(transit.cost);
        self.line_up(transit);
    }

    /// Puts a record that has its place, and everything else it needs, at its turn.
    pub(super) fn line_up(&mut self, transit: Transit) {
        let at = self.ready.partition_point(|waiting| waiting.serial < transit.serial);
        self.ready.insert(at, transit);
    }

    /// The record of a token, which the producer holds no longer; its place is free. `None` if it was reported before.
    pub(super) fn reported(&mut self, token: Token) -> Option<Transit> {
        match self.take(token) {
            Taken::Single(transit) => Some(transit),
            Taken::Member(batch, index) => self.stray(batch, index),
            Taken::Abandoned | Taken::Unknown => None,
        }
    }

    /// The record of a token of which nobody knows whether the producer has it; its place is free. The token stays taken.
    pub(super) fn orphan(&mut self, token: Token, record: Option<Box<Record>>) -> Option<Transit> {
        if token.0 & MEMBER != 0 {
            let Taken::Member(batch, index) = self.take(token) else {
                return None;
            };
            self.members.block(token.0 >> 1);
            self.orphans += 1;
            return self.stray(batch, index);
        }
        let sent = self.sent.get_mut(token.0 >> 1)?;
        let mut transit = sent.abandon();
        transit.record = record;
        self.permits.give(transit.cost);
        self.orphans += 1;
        Some(transit)
    }

    /// The record of a token, while the producer holds it.
    pub(super) fn sent(&mut self, token: Token) -> Option<&mut Transit> {
        if token.0 & MEMBER != 0 {
            return None;
        }
        self.sent.get_mut(token.0 >> 1)
    }

    /// Gives the place of a record free that is in neither the line nor the producer's hands.
    pub(super) fn free(&mut self, transit: &Transit) {
        self.permits.give(transit.cost);
    }

    /// Takes a place for a record that had one a moment ago and is somewhere else than in the line.
    pub(super) fn take_anyway(&mut self, cost: usize) {
        self.permits.take_anyway(cost);
    }

    /// A record is out of the line and of the producer's hands for good: lets those go on that stood behind it at its
    /// key's gate.
    pub(super) fn leave(&mut self, transit: &mut Transit, delivered: bool) {
        let freed = self.keys.leave(transit, delivered);
        freed.into_iter().for_each(|transit| self.place_past_the_gate(transit));
    }

    /// Keeps a record that has failed until it is sent again, in its place, with those of its key behind it.
    pub(super) fn send_again(&mut self, transit: Transit, until: Instant) {
        self.permits.take_anyway(transit.cost);
        let entity = if transit.gate.is_none() { transit.entity() } else { None };
        if !self.keys.pause(transit, until) {
            return;
        }
        // The key had no gate, and later records of it may be further on.
        let same = |transit: &Transit| transit.gate.is_none() && transit.entity() == entity;
        for queue in [&mut self.ready, &mut self.parked] {
            if queue.iter().any(same) {
                let (own, others): (VecDeque<_>, VecDeque<_>) = queue.drain(..).partition(same);
                *queue = others;
                own.into_iter().for_each(|transit| self.keys.queue(transit));
            }
        }
        self.unpark();
    }

    /// Puts those at their turn whose pause is over. When the next one's is.
    pub(super) fn resume(&mut self, now: Instant) -> Option<Instant> {
        let (due, next) = self.keys.due(now);
        due.into_iter().for_each(|transit| self.line_up(transit));
        next
    }

    /// Lets a held key go; whether it was held.
    pub(super) fn release(&mut self, topic: &str, key: &[u8]) -> bool {
        let mut entity = (topic.to_owned(), key.to_vec());
        let mut freed = self.keys.release(&entity);
        if freed.is_none() {
            // A framed key is known here without the id in its frame.
            wire::set_schema_id(&mut entity.1, SchemaId(0));
            freed = self.keys.release(&entity);
        }
        let Some(freed) = freed else { return false };
        freed.into_iter().for_each(|transit| self.place_past_the_gate(transit));
        true
    }

    /// The topic of a record that is on its way.
    pub(super) fn any_topic(&self) -> Option<String> {
        let mut placed = self
            .sent
            .iter()
            .chain(&self.parked)
            .chain(&self.ready)
            .chain(self.keys.placed());
        let topic = placed.next().map(|transit| transit.kind.topic().to_owned());
        let of_batch = || {
            let (batch, index) = self.members.sent().next()?;
            Some(batch.kind(index).topic().to_owned())
        };
        topic.or_else(of_batch)
    }

    /// The keys of the records that the producer holds, each with the number of its call; `None` for one that is not known
    /// any more.
    pub(super) fn sent_keys(&self) -> impl Iterator<Item = Option<(Entity, u64)>> {
        let single = self
            .sent
            .iter()
            .filter_map(|transit| match (transit.entity(), &transit.claim) {
                (Some(entity), _) => Some(Some((entity, transit.serial))),
                (None, Some(_)) => None,
                (None, None) => Some(None),
            });
        let members = self.members.sent().filter_map(|(batch, index)| {
            let transit = batch.transit(index, self.permits.bytes());
            Some(Some((transit.entity()?, transit.serial)))
        });
        single.chain(members)
    }

    /// Since when the producer holds each record that has no answer.
    pub(super) fn unanswered(&self) -> impl Iterator<Item = Instant> {
        let single = self.sent.iter().filter(|transit| transit.claim.is_some());
        let members = self.members.unanswered().map(|(since, ..)| since);
        single.map(|transit| transit.since).chain(members)
    }

    /// Those that the producer holds and that are picked by the time since when it does, as their callers are to have them.
    pub(super) fn overdue(&mut self, is_over: impl Fn(Instant) -> bool) -> Vec<Transit> {
        let bytes = self.permits.bytes();
        let members = self.members.unanswered().filter(|(since, ..)| is_over(*since));
        let mut overdue: Vec<_> = members.map(|(_, batch, index)| batch.transit(index, bytes)).collect();
        let single = self.sent.iter_mut().filter(|transit| is_over(transit.since));
        overdue.extend(single.filter_map(Transit::overdue));
        overdue.sort_by_key(|transit| transit.serial);
        overdue
    }

    /// Takes out the records of these calls that have not been sent. Returns how many those were.
    pub(super) fn withdraw(&mut self, first: u64, records: usize) -> usize {
        let mut withdrawn = 0;
        // The last one first: to withdraw a record can let those go that stand behind it, which are to be withdrawn too.
        for serial in (first..first + records as u64).rev() {
            if let Some(mut parked) = take(&mut self.parked, serial) {
                self.unhold(&parked);
                self.permits.give(parked.cost);
                self.leave(&mut parked, false);
            } else if let Some(mut ready) = take(&mut self.ready, serial) {
                self.permits.give(ready.cost);
                self.leave(&mut ready, false);
            } else if let Some(mut gated) = self.keys.withdraw(serial) {
                self.permits.give(gated.cost);
                self.leave(&mut gated, false);
            } else if take(&mut self.waiting, serial).is_none() {
                continue;
            }
            withdrawn += 1;
        }
        withdrawn
    }

    /// Takes those parked records up that are held by nothing any more.
    pub(super) fn unpark(&mut self) {
        self.held.clear();
        self.behind = 0;
        let now = Instant::now();
        for mut parked in std::mem::take(&mut self.parked) {
            // The wait for an id, its own or that of one before it, is none of its delivery timeout.
            parked.since = now;
            self.place_past_the_gate(parked);
        }
        self.keys.resolved();
        self.ready.make_contiguous().sort_by_key(|waiting| waiting.serial);
    }

    /// Takes out every record that needs this schema, none of which was sent.
    pub(super) fn fail(&mut self, resolution: &Arc<Resolution>) -> Vec<Transit> {
        self.take_all(|transit| transit.kind.needs(resolution))
    }

    /// Takes out those that have waited so long for this schema's id. Also says when the others' time is over, if there are
    /// any.
    pub(super) fn end_wait(
        &mut self,
        resolution: &Arc<Resolution>,
        patience: Duration,
        now: Instant,
    ) -> (Vec<Transit>, Option<Deadlines>) {
        let since = |transit: &Transit| {
            let since = transit.unresolved_since?;
            transit.kind.needs(resolution).then_some(since)
        };
        let is_over = |since: Instant| now.saturating_duration_since(since) >= patience;
        let failed = self.take_all(|transit| since(transit).is_some_and(is_over));
        let others = || {
            let placed = self.parked.iter().chain(self.keys.placed());
            placed.chain(&self.waiting).filter_map(since)
        };
        let deadlines = others().min().zip(others().max()).map(|(first, last)| Deadlines {
            first: after(first, patience),
            last: after(last, patience),
        });
        (failed, deadlines)
    }

    /// Takes out those that wait, with or without a place, and are picked; their places are free.
    fn take_all(&mut self, picked: impl Fn(&Transit) -> bool) -> Vec<Transit> {
        let mut taken = self.take_placed(&picked);
        if self.parked.iter().any(&picked) {
            let (own, others): (VecDeque<_>, VecDeque<_>) = self.parked.drain(..).partition(&picked);
            own.iter().for_each(|transit| self.permits.give(transit.cost));
            taken.extend(own);
            self.parked = others;
        }
        taken.iter_mut().for_each(|transit| self.leave(transit, false));
        if self.waiting.iter().any(&picked) {
            let (own, others): (VecDeque<_>, VecDeque<_>) = self.waiting.drain(..).partition(&picked);
            taken.extend(own);
            self.waiting = others;
        }
        self.unpark();
        taken
    }

    /// Takes out those that have a place, wait for no schema's id, were not sent and are picked. Each still has to [leave](Self::leave), if its key
    /// is not held.
    pub(super) fn take_placed(&mut self, picked: impl Fn(&Transit) -> bool) -> Vec<Transit> {
        if !self.placed().any(&picked) {
            return Vec::new();
        }
        let (own, others): (VecDeque<_>, VecDeque<_>) = self.ready.drain(..).partition(&picked);
        self.ready = others;
        let mut taken = Vec::from(own);
        taken.extend(self.keys.take(&picked));
        taken.iter().for_each(|transit| self.permits.give(transit.cost));
        taken
    }

    /// Takes out those that have waited for their place until now or longer; none that can have one. Also says when the
    /// next one's time is over, if one waits.
    pub(super) fn expire(&mut self, now: Instant, wakers: &mut Vec<Waker>) -> (Vec<Transit>, Option<Instant>) {
        self.admit(wakers);
        let over = |transit: &Transit| transit.place_until.is_some_and(|until| until <= now);
        let count = self.waiting.iter().take_while(|transit| over(transit)).count();
        let expired = self.waiting.drain(..count).collect();
        (expired, self.waiting.front().and_then(|first| first.place_until))
    }

    /// Takes everything out that was not sent, in the order of the calls.
    pub(super) fn drain(&mut self) -> Vec<Transit> {
        self.held.clear();
        self.behind = 0;
        let (with_place, waiting) = ([&mut self.parked, &mut self.ready], &mut self.waiting);
        let mut all: Vec<_> = with_place.into_iter().flat_map(|queue| queue.drain(..)).collect();
        all.extend(self.keys.drain());
        all.iter().for_each(|transit| self.permits.give(transit.cost));
        all.extend(waiting.drain(..));
        all.sort_by_key(|transit| transit.serial);
        all
    }

    /// Those that have a place, wait for no schema's id and were not sent.
    pub(super) fn placed(&self) -> impl Iterator<Item = &Transit> {
        self.ready.iter().chain(self.keys.placed())
    }

    /// Gives the free places to those who have waited longest.
    fn admit(&mut self, wakers: &mut Vec<Waker>) {
        while let Some(first) = self.waiting.front()
            && self.permits.take(1, first.cost)
            && let Some(mut first) = self.waiting.pop_front()
        {
            first.since = Instant::now();
            wakers.extend(first.claim.as_ref().and_then(|claim| claim.buffered()));
            self.place(first);
        }
    }

    /// Puts a record that has its place where it belongs.
    fn place(&mut self, transit: Transit) {
        if !self.keys.concerns(&transit) {
            return self.place_past_the_gate(transit);
        }
        if let Some(transit) = self.keys.enter(transit) {
            self.place_past_the_gate(transit);
        }
    }

    /// The same for a record whose key's gate is open to it.
    fn place_past_the_gate(&mut self, transit: Transit) {
        let unresolved = transit.is_unresolved();
        if !unresolved && self.held.is_empty() {
            return self.push_ready(transit);
        }
        let entity = transit.entity();
        let behind = entity.as_ref().is_some_and(|entity| self.held.contains_key(entity));
        if !unresolved && !behind {
            return self.push_ready(transit);
        }
        self.behind += usize::from(!unresolved);
        if let Some(entity) = entity {
            *self.held.entry(entity).or_default() += 1;
        }
        let at = self.parked.partition_point(|parked| parked.serial < transit.serial);
        self.parked.insert(at, transit);
    }

    /// At the end, but for one that was let go after later ones.
    fn push_ready(&mut self, transit: Transit) {
        match self.ready.back() {
            Some(last) if last.serial > transit.serial => self.line_up(transit),
            _ => self.ready.push_back(transit),
        }
    }

    /// Follows the withdrawal of a parked record.
    fn unhold(&mut self, parked: &Transit) {
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

/// The bit of a token that tells the record of a batch.
const MEMBER: usize = 1;

/// Takes the record of this number out of a queue.
fn take(queue: &mut VecDeque<Transit>, serial: u64) -> Option<Transit> {
    let at = queue.binary_search_by_key(&serial, |transit| transit.serial).ok()?;
    queue.remove(at)
}
