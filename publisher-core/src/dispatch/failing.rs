//! What becomes of records that were not delivered: sent again, made a dead letter, held, or given back.
//!
//! Decides under the lock that took them from the producer, so that what is known of the order holds: nobody hands a later
//! record of their keys over meanwhile. Letters are written under it too, one after the other, or they might not go out in
//! the order of their records.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::time::Instant;

use super::holding::HeldKey;
use super::kind::{Kind, Sealed};
use super::letter::{Behind, Letter};
use super::permits::cost;
use super::transit::{Entity, Transit, Trouble};
use super::{Dispatcher, State};
use crate::clock::after;
use crate::error::{Persistence, ProduceError, ProduceErrorKind};
use crate::failure::{HeldKeys, OnFailure, random};

/// Those whose callers are to be told, with why.
pub(super) type Told = Vec<(Transit, ProduceError)>;

/// The records of which later ones of the same key may have been handed over; looked up once for many that failed
/// together.
struct Later {
    /// The last one of each key that the producer holds or has delivered since.
    last: HashMap<Entity, u64>,
    /// The producer holds one of which nobody knows the key any more.
    unknown: bool,
}

impl Dispatcher {
    /// Decides about records that failed, in their order; their places are free. `passed` are those that were delivered
    /// after them, in the same breath.
    pub(super) fn settle(&self, state: &mut State, failed: Told, passed: &[(Entity, u64)]) -> Told {
        let mut told = Vec::new();
        let mut later = None;
        for (mut transit, error) in failed {
            if let Kind::Letter(letter) = &transit.kind {
                let letter = Arc::clone(letter);
                self.undelivered_letter(state, transit, &letter, &error, &mut told);
                continue;
            }
            if state.closed || error.kind() == ProduceErrorKind::ShutDown {
                state.line.leave(&mut transit, false);
                told.push((transit, error));
                continue;
            }
            state.note_failure(&transit, &error);
            match self.pause(state, &transit, &error, passed, &mut later) {
                Some(until) => state.send_again(transit, &error, until),
                None => self.end_by_policy(state, transit, error, &mut told),
            }
        }
        self.write_turned_away(state, &mut told);
        told
    }

    /// Until when a failed record waits before it is sent again; `None` if it is not.
    fn pause(
        &self,
        state: &mut State,
        transit: &Transit,
        error: &ProduceError,
        passed: &[(Entity, u64)],
        later: &mut Option<Later>,
    ) -> Option<Instant> {
        let now = Instant::now();
        // Nobody waits for it any more where its caller has its answer.
        transit.claim.as_ref()?;
        let worst = error.clone().with_persistence(transit.persistence);
        let since = transit.trouble.as_ref().map_or(now, |trouble| trouble.since);
        let retries = self.policies.retries;
        let pause = retries.pause(
            &worst,
            transit.attempts(),
            now.saturating_duration_since(since),
            random(),
        )?;
        // Behind a gate no later one has been sent.
        if transit.gate.is_none()
            && let Some(entity) = transit.entity()
        {
            let later = later.get_or_insert_with(|| Later::of(state, passed));
            let overtaken = later.last.get(&entity).is_some_and(|last| *last > transit.serial);
            if overtaken || later.unknown || state.line.keys().is_overtaken(transit, &entity) {
                return None;
            }
        }
        Some(after(now, pause))
    }

    fn end_by_policy(&self, state: &mut State, mut transit: Transit, error: ProduceError, told: &mut Told) {
        match transit.kind.on_failure() {
            OnFailure::HoldKey(later) => {
                state.line.keys_mut().hold(&mut transit, &error, later);
                match later {
                    HeldKeys::Hold => told.push((transit, error)),
                    HeldKeys::DeadLetter => self.write_letter(state, transit, error, None, told),
                }
            }
            OnFailure::DeadLetter => {
                state.line.leave(&mut transit, false);
                self.write_letter(state, transit, error, None, told);
            }
            OnFailure::Return => {
                state.line.leave(&mut transit, false);
                told.push((transit, error));
            }
        }
    }

    /// Makes letters of those that a held key has turned away.
    pub(super) fn write_turned_away(&self, state: &mut State, told: &mut Told) {
        for turned_away in state.line.keys_mut().take_turned_away() {
            let (mut transit, error, behind) = Behind::of(turned_away);
            state.line.free(&transit);
            if let Err(error) = transit.seal() {
                told.push((transit, error));
                continue;
            }
            self.write_letter(state, transit, error, Some(behind), told);
        }
    }

    /// Puts a letter on its way in the place of a record.
    fn write_letter(
        &self,
        state: &mut State,
        mut transit: Transit,
        error: ProduceError,
        behind: Option<Behind>,
        told: &mut Told,
    ) {
        let (Some(letters), Some(_)) = (&self.policies.letters, &transit.claim) else {
            // Its caller has its answer, and the record with it.
            return told.push((transit, error));
        };
        let event_id = state.line.keys().event_id(transit.view());
        let topic = |topic: &str| letters.topic(topic);
        let letter = Arc::new(Letter::new(topic, &mut transit, error, event_id, behind));
        let record = letters.letter(&letter.facts());
        let sent = record.size();
        transit.cost = cost(sent, sent.saturating_add(letter.record.size()), self.limits.bytes);
        transit.record = Some(Box::new(record));
        transit.sealed = Some(Sealed::default());
        transit.persistence = Persistence::NotPersisted;
        transit.trouble = None;
        transit.since = Instant::now();
        // A number of its own: a caller who drops its future takes back a record that was not sent, and no letter.
        transit.serial = state.line.number();
        transit.lettered = Some(letter.error.persistence());
        state.counts.lettering(letter.error.persistence());
        transit.kind = Kind::Letter(letter);
        state.line.put_back(transit);
    }

    /// A letter that was not delivered has no letter: it goes to the file, or its record back to the caller.
    fn undelivered_letter(
        &self,
        state: &mut State,
        transit: Transit,
        letter: &Arc<Letter>,
        error: &ProduceError,
        told: &mut Told,
    ) {
        state.note_failure(&transit, error);
        if self.file.is_some() && transit.claim.is_some() {
            state.line.take_anyway(transit.cost);
            state.to_file.push((transit, Arc::clone(letter)));
            self.start_filing(state);
            return;
        }
        told.push((transit, error.clone()));
    }

    /// Tells those callers. To be called without the lock.
    pub(super) fn tell(&self, told: Told) {
        for (transit, error) in told {
            self.end_undelivered(transit, error);
        }
    }

    /// Sends those again whose pause is over. When the next one's is; `None` if none waits.
    pub(crate) fn resume(&self) -> Option<Instant> {
        let mut state = self.lock();
        let next = state.line.resume(Instant::now());
        drop(state);
        self.advance();
        next
    }

    /// The keys that are held.
    pub(crate) fn held_keys(&self) -> Vec<HeldKey> {
        self.lock().line.keys().held()
    }

    /// Lets a held key go; whether it was held.
    pub(crate) fn release_key(&self, topic: &str, key: &[u8]) -> bool {
        let released = self.lock().line.release(topic, key);
        if released {
            self.advance();
        }
        released
    }
}

impl State {
    fn send_again(&mut self, mut transit: Transit, error: &ProduceError, until: Instant) {
        let now = Instant::now();
        let trouble = transit.trouble.get_or_insert_with(|| {
            Box::new(Trouble {
                failures: 0,
                since: now,
            })
        });
        trouble.failures += 1;
        if error.kind() == ProduceErrorKind::TimedOut {
            // It has used up its time, and is given as much once more.
            transit.since = until;
        }
        self.line.send_again(transit, until);
        self.pauses.notify_one();
    }

    pub(super) fn note_failure(&mut self, transit: &Transit, error: &ProduceError) {
        let confirmed = self.counts.confirmed();
        if let Some(breaker) = &mut self.breaker
            && let Some(change) = breaker.failed(error, confirmed, Instant::now())
        {
            self.probe_topic = Some(transit.kind.topic().to_owned());
            self.note_change(change);
        }
    }
}

impl Later {
    fn of(state: &mut State, passed: &[(Entity, u64)]) -> Self {
        let mut later = Self {
            last: HashMap::new(),
            unknown: false,
        };
        let mut note = |entity: Entity, serial: u64| {
            let last = later.last.entry(entity).or_default();
            *last = serial.max(*last);
        };
        passed.iter().for_each(|(entity, serial)| note(entity.clone(), *serial));
        for sent in state.line.sent_keys() {
            match sent {
                Some((entity, serial)) => note(entity, serial),
                None => later.unknown = true,
            }
        }
        later
    }
}
