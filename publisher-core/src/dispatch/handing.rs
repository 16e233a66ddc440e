//! From the line to the producer: one thread at a time, and no lock while the producer is called.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, MutexGuard, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::batch_ticket::BatchTicket;
use super::claim::Claim;
use super::kind::{Kind, Seals};
use super::line::Outgoing;
use super::transit::Transit;
use super::{Dispatcher, State, wake};
use crate::error::{Persistence, ProduceError, ProduceErrorKind};
use crate::producer::{Producer, SendError, Token};
use crate::record::Record;

/// How many records one call hands over at the most, while reports will come that can go on: nobody's call is to send
/// the records of all others for ever.
const TURN: usize = 1024;

/// How long after a refusal for want of room the producer is asked again, where no report will come first.
const ROOM_PAUSE: Duration = Duration::from_millis(2);

/// What a producer panicked with.
pub(super) type Panic = Box<dyn Any + Send>;

/// Whether the producer can take more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Left,
    None,
}

impl Dispatcher {
    /// Hands over what can be sent, in order.
    pub(super) fn advance(&self) {
        self.go_on(self.lock());
    }

    /// The same for who has the lock.
    pub(super) fn go_on<'a>(&'a self, mut state: MutexGuard<'a, State>) {
        // Whoever sends looks again before it ends, and who replaces the producer goes on afterwards.
        if state.sending || state.is_paused() || !state.line.has_work() {
            return self.stepped(state);
        }
        // Dropped without the lock, for it may be the last reference: a producer that ends reports what it holds.
        let Some(producer) = state.producer.clone() else { return };
        let mut wakers = Vec::new();
        let mut panic = None;
        state.sending = true;
        if state.line.keys().has_turned_away() {
            let mut told = Vec::new();
            self.write_turned_away(&mut state, &mut told);
            drop(state);
            self.tell(told);
            state = self.lock();
        }
        let mut handed_over = 0;
        while !state.closed
            && !state.is_paused()
            && (handed_over < TURN || !state.line.awaits_report())
            && let Some(Outgoing { transit, seals }) = state.line.next(&mut wakers)
        {
            handed_over += 1;
            match self.hand_over(state, &*producer, transit, seals) {
                (next, Ok(room)) => {
                    state = next;
                    if room == Room::None {
                        break;
                    }
                }
                (next, Err(payload)) => {
                    state = next;
                    panic = Some(payload);
                    break;
                }
            }
            if !wakers.is_empty() {
                drop(state);
                wake(&mut wakers);
                state = self.lock();
            }
        }
        state.sending = false;
        if state.line.is_stuck() && !state.closed && !state.is_paused() {
            self.try_later(&mut state);
        }
        self.stepped(state);
        wake(&mut wakers);
        // The panic is the caller's to see; the others go on.
        if let Some(payload) = panic {
            self.advance();
            resume_unwind(payload);
        }
    }

    /// Hands over a record that has its place, and finishes it before if that is still to be done. The producer counts as
    /// holding it from the beginning, so that whoever looks for the records of its key finds it at every moment.
    pub(super) fn hand_over<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        producer: &dyn Producer,
        mut transit: Transit,
        seals: Seals,
    ) -> (MutexGuard<'a, State>, Result<Room, Panic>) {
        let is_finished = transit.sealed.is_some();
        if !is_finished {
            transit.sealed = Some(seals.sealed());
        }
        let mut record = transit.record.take();
        let (claim, kind) = (transit.claim.clone(), transit.kind.clone());
        let token = state.line.send(transit);
        drop(state);
        let mut sealed = Ok(());
        if !is_finished && let Some(claim) = &claim {
            let mut unsealed = record.unwrap_or_else(|| Box::new(claim.view(kind.topic()).to_record()));
            sealed = seals.apply(&mut unsealed);
            record = Some(unsealed);
        }
        let sent = match sealed {
            Ok(()) => send(producer, token, record.as_deref(), claim.as_ref(), &kind),
            Err(error) => Ok(Err(SendError::Refused(error))),
        };
        let state = self.lock();
        self.handed_over(state, token, record, sent)
    }

    /// The same for the records of a batch, which are finished and have their places. Those that the producer has no room for
    /// join the line.
    pub(super) fn hand_over_batch<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        producer: &dyn Producer,
        batch: &Arc<BatchTicket>,
    ) -> (MutexGuard<'a, State>, Result<(), Panic>) {
        let count = batch.len();
        let number = state.line.begin_batch(Arc::clone(batch));
        let mut outcome = Ok(());
        let mut next = 0;
        let mut noted = [Token(0); CHUNK];
        while next < count && outcome.is_ok() && !state.is_paused() && !state.closed {
            // A chunk under one lock: to lock for each would cost more than to send it.
            let first = next;
            next = count.min(first + CHUNK);
            let tokens = &mut noted[..next - first];
            for (index, token) in (first..next).zip(&mut *tokens) {
                *token = state.line.send_member(number, index);
            }
            drop(state);
            let mut failed = None;
            let mut sent = 0;
            for (index, token) in (first..next).zip(&*tokens) {
                // It may have come meanwhile, and does not find what is here.
                if batch.kind(index).refusal().is_some() {
                    break;
                }
                let view = batch.view(index);
                let taken = catch_unwind(AssertUnwindSafe(|| producer.send(view, *token)));
                sent += 1;
                if !matches!(taken, Ok(Ok(()))) {
                    failed = Some((*token, taken));
                    break;
                }
            }
            state = self.lock();
            state.steps += 1;
            state.stuck_since = None;
            // Those of the chunk behind it were not handed over.
            let unsent = tokens[sent..].iter();
            let back: Vec<_> = unsent.filter_map(|token| state.line.reported(*token)).collect();
            // All before the lock is let go of the first time.
            back.iter().for_each(|transit| state.line.take_anyway(transit.cost));
            let is_stopped = failed.is_some() || !back.is_empty();
            for transit in back {
                state = self.line_up(state, transit);
            }
            if let Some((token, taken)) = failed {
                let (after, room) = self.handed_over(state, token, None, taken);
                state = after;
                outcome = room.map(|_| ());
            }
            if is_stopped {
                break;
            }
        }
        let rest: Vec<_> = (next..count)
            .filter_map(|index| state.line.stray(number, index))
            .collect();
        for transit in rest {
            state = self.line_up(state, transit);
        }
        (state, outcome)
    }

    /// Puts a record that has its place at its turn, unless its schema has been refused meanwhile.
    fn line_up<'a>(&'a self, mut state: MutexGuard<'a, State>, transit: Transit) -> MutexGuard<'a, State> {
        let refusal = transit.kind.refusal();
        let Some((resolution, error)) = refusal.map(|(resolution, error)| (Arc::clone(resolution), error.clone()))
        else {
            state.line.line_up(transit);
            return state;
        };
        state.line.free(&transit);
        drop(state);
        self.end_unresolved(transit, &resolution, error);
        self.lock()
    }

    /// Notes what came of handing a record over.
    fn handed_over<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        token: Token,
        record: Option<Box<Record>>,
        sent: Result<Result<(), SendError>, Panic>,
    ) -> (MutexGuard<'a, State>, Result<Room, Panic>) {
        let refusal = match sent {
            Ok(Ok(())) => {
                state.stuck_since = None;
                state.steps += 1;
                // For its deadline. The report may have come before.
                if let Some(transit) = state.line.sent(token)
                    && record.is_some()
                {
                    transit.record = record;
                }
                return (state, Ok(Room::Left));
            }
            Ok(Err(refusal)) => refusal,
            Err(panic) => {
                // Nobody knows whether the producer has it, and a report may still come: the token stays taken, so that no
                // other record is mistaken for this one.
                let orphan = state.line.orphan(token, record);
                let reason = "the producer panicked while it was given the record";
                let error = ProduceError::new(ProduceErrorKind::Rejected, Persistence::PossiblyPersisted, reason);
                if let Some(mut orphan) = orphan {
                    orphan.may_be(Persistence::PossiblyPersisted);
                    state = self.fail_one(state, orphan, error);
                }
                return (state, Err(panic));
            }
        };
        let Some(mut transit) = state.line.reported(token) else {
            return (state, Ok(Room::Left));
        };
        transit.record = record.or(transit.record);
        let error = match refusal {
            SendError::Refused(error) => error,
            SendError::Full => {
                // The refusal of a schema may have come meanwhile, and did not find the record in the line.
                let is_refused = transit.kind.refusal().is_some();
                match state.no_room(self.limits.delivery_timeout) {
                    None => {
                        state.line.take_anyway(transit.cost);
                        let room = if is_refused { Room::Left } else { Room::None };
                        return (self.line_up(state, transit), Ok(room));
                    }
                    Some(error) => error,
                }
            }
        };
        match self.keep(&mut state, transit, &error) {
            Some(transit) => (self.fail_one(state, transit, error), Ok(Room::Left)),
            None => (state, Ok(Room::Left)),
        }
    }

    /// What becomes of one record that failed; its place is free.
    fn fail_one<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        transit: Transit,
        error: ProduceError,
    ) -> MutexGuard<'a, State> {
        let told = self.settle(&mut state, vec![(transit, error)], &[]);
        drop(state);
        self.tell(told);
        self.lock()
    }

    /// Asks the producer for room from time to time, until a report will come that does.
    fn try_later(&self, state: &mut State) {
        if std::mem::replace(&mut state.retrying, true) {
            return;
        }
        let dispatcher = Weak::clone(&self.this);
        let retry = move || {
            while let Some(dispatcher) = dispatcher.upgrade() {
                dispatcher.advance();
                let mut state = dispatcher.lock();
                if !state.line.is_stuck() || state.closed || state.is_paused() || state.producer.is_none() {
                    state.retrying = false;
                    return;
                }
                drop(state);
                drop(dispatcher);
                thread::sleep(ROOM_PAUSE);
            }
        };
        if let Err(error) = thread::Builder::new().name("publisher-room".to_owned()).spawn(retry) {
            state.retrying = false;
            tracing::error!(%error, "no thread to ask the producer for room again; the next call will");
        }
    }
}

/// How many records of a batch are noted before they are handed over.
const CHUNK: usize = 64;

fn send(
    producer: &dyn Producer,
    token: Token,
    record: Option<&Record>,
    claim: Option<&Claim>,
    kind: &Kind,
) -> Result<Result<(), SendError>, Panic> {
    let view = match (record, claim) {
        (Some(record), _) => record.as_ref(),
        (None, Some(claim)) => claim.view(kind.topic()),
        // It has its answer already: there is nothing to send for anybody.
        (None, None) => return Ok(Ok(())),
    };
    catch_unwind(AssertUnwindSafe(|| producer.send(view, token)))
}

impl State {
    /// Whether nothing may be handed over for the moment; whoever ends the pause goes on.
    pub(super) fn is_paused(&self) -> bool {
        self.healing.is_some() || self.recalled
    }

    /// The producer had no room. The error, if that cannot change any more: the record must be larger than all its room.
    fn no_room(&mut self, patience: Duration) -> Option<ProduceError> {
        let refused = |kind, reason: String| Some(ProduceError::new(kind, Persistence::NotPersisted, reason));
        if self.closed {
            return refused(
                ProduceErrorKind::ShutDown,
                "given up before it was sent: the publisher was shut down".to_owned(),
            );
        }
        if self.line.awaits_report() {
            self.stuck_since = None;
            return None;
        }
        let since = *self.stuck_since.get_or_insert_with(Instant::now);
        if since.elapsed() < patience {
            return None;
        }
        let reason = format!(
            "the client had no room for the record for {} ms though nothing else was on its way: raise the limit of its queue",
            patience.as_millis()
        );
        refused(ProduceErrorKind::TimedOut, reason)
    }
}
