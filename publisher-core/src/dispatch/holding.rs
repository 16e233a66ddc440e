//! Keys of which one record at a time is on its way, or none: those of types that hold their keys, and those of records
//! that are about to be sent again.
//!
//! Plain data under the dispatcher's lock. A key that is not here has no gate, and its records pass at the cost of one
//! comparison. Behind a gate records stand in the order of the calls.
//!
//! Longer than most files, because every way past a gate, and every end of a record that has passed one, is to be read
//! together: a key whose gate nobody opens again is silent for ever.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::kind::Kind;
use super::transit::{Entity, Transit};
use crate::error::ProduceError;
use crate::failure::HeldKeys;
use crate::record::{RecordRef, Timestamp};

/// A key that a failed record holds: see [`OnFailure::HoldKey`](crate::OnFailure::HoldKey).
///
/// `Debug` shows the size of the key instead of the key, which may be personal data.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeldKey {
    /// The topic.
    pub topic: String,
    /// The key's bytes, as the failed record has them.
    pub key: Vec<u8>,
    /// Since when it is held.
    pub since: Timestamp,
    /// The `event_id` of the failed record; `None` if it has no such header.
    pub event_id: Option<String>,
    /// Why that record failed.
    pub error: ProduceError,
    /// What becomes of the later records of the key.
    pub later: HeldKeys,
    /// How many later records there have been since.
    pub behind: u64,
    /// How many of them wait in the buffer.
    pub waiting: usize,
}

impl fmt::Debug for HeldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeldKey")
            .field("topic", &self.topic)
            .field("key_bytes", &self.key.len())
            .field("since", &self.since)
            .field("event_id", &self.event_id)
            .field("error", &self.error)
            .field("later", &self.later)
            .field("behind", &self.behind)
            .field("waiting", &self.waiting)
            .finish()
    }
}

/// What a failed record leaves at the gate of its key.
#[derive(Clone)]
pub(super) struct Held {
    key: Vec<u8>,
    since: Timestamp,
    pub(super) event_id: Option<String>,
    pub(super) error: ProduceError,
    later: HeldKeys,
    behind: u64,
    /// To know the failed record again when it is resent.
    identity: Identity,
}

impl Held {
    /// Why a record that stood behind it was not sent within its time.
    pub(super) fn reason(&self, patience: Duration) -> String {
        format!(
            "not sent within {} ms: an earlier record of its key has failed and holds the key ({}); resend that one or release \
             the key",
            patience.as_millis(),
            self.error.kind().code()
        )
    }
}

/// By what a record is known again: its `event_id`, or, without such a header, all of it.
#[derive(Clone, PartialEq, Eq)]
enum Identity {
    Id(String),
    Whole(u64),
}

/// Who stands in front of the others of a key.
enum Front {
    /// One that has passed the gate; where it was resent for a held key, with what holds that.
    Out { serial: u64, held: Option<Box<Held>> },
    /// One that had passed the gate and waits until it is sent again.
    Pausing {
        transit: Box<Transit>,
        until: Instant,
        held: Option<Box<Held>>,
    },
    /// Nobody: the key is held.
    Held(Box<Held>),
}

struct Gate {
    entity: Arc<Entity>,
    front: Front,
    /// Sorted by the number of the call.
    behind: VecDeque<Transit>,
}

/// A record that a held key turned away.
pub(super) struct TurnedAway {
    pub(super) transit: Transit,
    /// What holds the key.
    pub(super) held: Held,
    /// The record's place behind the failed one, counted from 1.
    pub(super) position: u64,
}

pub(super) struct Keys {
    gates: HashMap<Arc<Entity>, Gate>,
    /// The keys of those that stand behind a gate, to find one that its caller takes back.
    queued: HashMap<u64, Arc<Entity>>,
    /// Those without a key that wait until they are sent again.
    keyless: Vec<(Instant, Transit)>,
    /// How many records wait until they are sent again, those without a key not counted.
    pausing: usize,
    turned_away: Vec<TurnedAway>,
    /// The header that names an event's id.
    id_header: Option<String>,
    hashes: RandomState,
}

impl Keys {
    pub(super) fn new(id_header: Option<String>) -> Self {
        Self {
            gates: HashMap::new(),
            queued: HashMap::new(),
            keyless: Vec::new(),
            pausing: 0,
            turned_away: Vec::new(),
            id_header,
            hashes: RandomState::new(),
        }
    }

    pub(super) fn event_id(&self, record: RecordRef<'_>) -> Option<String> {
        let id = record.headers.last(self.id_header.as_deref()?)?;
        std::str::from_utf8(id).ok().map(str::to_owned)
    }

    fn identity(&self, record: RecordRef<'_>) -> Identity {
        match self.event_id(record) {
            Some(id) => Identity::Id(id),
            None => Identity::Whole(self.hashes.hash_one((record.key, record.value, record.timestamp_ms))),
        }
    }

    /// Whether this record has to [enter](Self::enter); cheap where no key has a gate and the type holds none.
    pub(super) fn concerns(&self, transit: &Transit) -> bool {
        transit.gate.is_none() && (!self.gates.is_empty() || transit.kind.on_failure().holds_keys())
    }

    /// The same, of all records of this kind.
    pub(super) fn may_concern(&self, kind: &Kind) -> bool {
        !self.gates.is_empty() || kind.on_failure().holds_keys()
    }

    /// A record comes to its key's gate. Gives it back if it may go on; else it stands behind the gate, or was turned away.
    pub(super) fn enter(&mut self, mut transit: Transit) -> Option<Transit> {
        let Some(entity) = transit.entity() else {
            return Some(transit);
        };
        let identity = self
            .gates
            .get(&entity)
            .and_then(|gate| matches!(gate.front, Front::Held(_)).then(|| self.identity(transit.view())));
        let Some(gate) = self.gates.get_mut(&entity) else {
            if transit.kind.on_failure().holds_keys() {
                let front = Front::out(&transit);
                transit.gate = Some(self.open(Arc::new(entity), front));
            }
            return Some(transit);
        };
        if let Front::Held(held) = &gate.front
            && identity.is_some_and(|identity| identity == held.identity)
        {
            transit.gate = Some(Arc::clone(&gate.entity));
            gate.front = Front::Out {
                serial: transit.serial,
                held: Some(held.clone()),
            };
            return Some(transit);
        }
        if let Some(held) = gate.holder_mut() {
            held.behind += 1;
        }
        self.queued.insert(transit.serial, Arc::clone(&gate.entity));
        gate.line_up(transit);
        self.turn_away(&entity);
        None
    }

    /// Turns those away that a held key does not let wait, in their order; one whose schema has no id yet cannot be in a
    /// letter, and waits with those behind it.
    fn turn_away(&mut self, entity: &Entity) {
        let Some(gate) = self.gates.get_mut(entity) else { return };
        let Front::Held(held) = &gate.front else { return };
        if held.later != HeldKeys::DeadLetter {
            return;
        }
        let count = gate
            .behind
            .iter()
            .take_while(|transit| !transit.is_unresolved())
            .count();
        // The last one is the one that has been counted last.
        let first = held.behind + 1 - gate.behind.len() as u64;
        for (transit, position) in gate.behind.drain(..count).zip(first..) {
            self.queued.remove(&transit.serial);
            self.turned_away.push(TurnedAway {
                transit,
                held: Held::clone(held),
                position,
            });
        }
    }

    /// Schemas have their ids now: turns those away that waited for that.
    pub(super) fn resolved(&mut self) {
        let turns_away = |gate: &&Gate| {
            !gate.behind.is_empty() && matches!(&gate.front, Front::Held(held) if held.later == HeldKeys::DeadLetter)
        };
        let entities: Vec<_> = self
            .gates
            .values()
            .filter(turns_away)
            .map(|gate| Arc::clone(&gate.entity))
            .collect();
        entities.iter().for_each(|entity| self.turn_away(entity));
    }

    fn open(&mut self, entity: Arc<Entity>, front: Front) -> Arc<Entity> {
        let gate = Gate {
            entity: Arc::clone(&entity),
            front,
            behind: VecDeque::new(),
        };
        self.gates.insert(Arc::clone(&entity), gate);
        entity
    }

    /// A record that had passed its gate is out of the line and of the producer's hands for good. Those that may go on now,
    /// in their order.
    pub(super) fn leave(&mut self, transit: &mut Transit, delivered: bool) -> Vec<Transit> {
        let Some(entity) = transit.gate.take() else {
            return Vec::new();
        };
        let Some(gate) = self.gates.get_mut(&entity) else {
            return Vec::new();
        };
        match &mut gate.front {
            Front::Out { serial, held } if *serial == transit.serial => {
                if let Some(held) = held.take().filter(|_| !delivered) {
                    // What was resent for a held key has failed or was taken back: the key is held as before.
                    gate.front = Front::Held(held);
                    self.turn_away(&entity);
                    return Vec::new();
                }
            }
            _ => return Vec::new(),
        }
        self.let_on(&entity)
    }

    /// Lets those go on that stand behind a gate: up to the first whose type holds its key, and with it.
    fn let_on(&mut self, entity: &Arc<Entity>) -> Vec<Transit> {
        let mut freed = Vec::new();
        let Some(gate) = self.gates.get_mut(entity) else {
            return freed;
        };
        while let Some(mut next) = gate.behind.pop_front() {
            self.queued.remove(&next.serial);
            if next.kind.on_failure().holds_keys() {
                next.gate = Some(Arc::clone(entity));
                gate.front = Front::out(&next);
                freed.push(next);
                return freed;
            }
            freed.push(next);
        }
        self.gates.remove(entity);
        freed
    }

    /// Puts a record behind its key's gate.
    pub(super) fn queue(&mut self, transit: Transit) {
        if let Some(gate) = transit.entity().and_then(|entity| self.gates.get_mut(&entity)) {
            self.queued.insert(transit.serial, Arc::clone(&gate.entity));
            gate.line_up(transit);
        }
    }

    /// Whether a later record of the same key than this one has been sent again, or is about to be.
    pub(super) fn is_overtaken(&self, transit: &Transit, entity: &Entity) -> bool {
        let front = self.gates.get(entity).map(|gate| &gate.front);
        matches!(front, Some(Front::Out { serial, .. }) if *serial > transit.serial)
    }

    /// A failed record waits until it is sent again, and those of its key behind it. Whether its key had no gate before,
    /// so that others of it may stand in the line.
    pub(super) fn pause(&mut self, mut transit: Transit, until: Instant) -> bool {
        let known = transit.gate.take();
        let Some(entity) = known.clone().or_else(|| transit.entity().map(Arc::new)) else {
            self.keyless.push((until, transit));
            return false;
        };
        if known.is_none() {
            if let Some(gate) = self.gates.get_mut(&entity) {
                let transit = gate.change_places(transit, until);
                self.queue(transit);
                return false;
            }
            let front = Front::out(&transit);
            self.open(Arc::clone(&entity), front);
        }
        if let Some(gate) = self.gates.get_mut(&entity) {
            self.pausing += 1;
            let held = match &mut gate.front {
                Front::Out { held, .. } => held.take(),
                _ => None,
            };
            let transit = Box::new(transit);
            gate.front = Front::Pausing { transit, until, held };
        }
        known.is_none()
    }

    /// A record has failed, and its key, if it has one, is held from now on. Those that stood behind it are turned away,
    /// where that is what becomes of them.
    pub(super) fn hold(&mut self, transit: &mut Transit, error: &ProduceError, later: HeldKeys) {
        let passed = transit.gate.take();
        let Some(entity) = passed.clone().or_else(|| transit.entity().map(Arc::new)) else {
            return;
        };
        let view = transit.view();
        let mut held = Held {
            key: view.key.unwrap_or_default().to_vec(),
            since: Timestamp::now(),
            event_id: self.event_id(view),
            error: error.clone(),
            later,
            behind: 0,
            identity: self.identity(view),
        };
        match self.gates.get_mut(&entity) {
            // One that stood behind the gate and whose time was over: an earlier one holds the key.
            Some(gate) if passed.is_none() && gate.holder().is_some() => {}
            Some(gate) => {
                (held.since, held.behind) = match gate.holder() {
                    Some(before) => (before.since, before.behind),
                    None => (held.since, gate.behind.len() as u64),
                };
                gate.front = Front::Held(Box::new(held));
                self.turn_away(&entity);
            }
            None => {
                self.open(entity, Front::Held(Box::new(held)));
            }
        }
    }

    /// Lets a held key go: those that wait behind it, in their order. `None` if it is not held.
    pub(super) fn release(&mut self, entity: &Entity) -> Option<Vec<Transit>> {
        let gate = self.gates.get(entity)?;
        let Front::Held(_) = gate.front else { return None };
        let entity = Arc::clone(&gate.entity);
        Some(self.let_on(&entity))
    }

    /// The keys that are held, those for which the failed record is on its way again included.
    pub(super) fn held(&self) -> Vec<HeldKey> {
        let mut keys: Vec<_> = self.gates.values().filter_map(Gate::held).collect();
        keys.sort_by(|one, other| (one.since, &one.topic, &one.key).cmp(&(other.since, &other.topic, &other.key)));
        keys
    }

    /// Those whose pause is over, in the order of the calls, and when the next one's is.
    pub(super) fn due(&mut self, now: Instant) -> (Vec<Transit>, Option<Instant>) {
        let mut due = Vec::new();
        let mut next: Option<Instant> = None;
        let mut later = |until: Instant| next = Some(next.map_or(until, |next| next.min(until)));
        for (until, transit) in std::mem::take(&mut self.keyless) {
            if until <= now {
                due.push(transit);
            } else {
                later(until);
                self.keyless.push((until, transit));
            }
        }
        if self.pausing > 0 {
            for gate in self.gates.values_mut() {
                match &gate.front {
                    Front::Pausing { until, .. } if *until > now => later(*until),
                    _ => {
                        let transit = gate.go_out();
                        self.pausing -= usize::from(transit.is_some());
                        due.extend(transit);
                    }
                }
            }
        }
        due.sort_by_key(|transit| transit.serial);
        (due, next)
    }

    /// Those that a held key has turned away since the last call, in the order of their keys.
    pub(super) fn take_turned_away(&mut self) -> Vec<TurnedAway> {
        std::mem::take(&mut self.turned_away)
    }

    /// Whether some were turned away.
    pub(super) fn has_turned_away(&self) -> bool {
        !self.turned_away.is_empty()
    }

    /// Takes the record of this number out; it still has to [leave](Self::leave).
    pub(super) fn withdraw(&mut self, serial: u64) -> Option<Transit> {
        if let Some(entity) = self.queued.remove(&serial) {
            let behind = &mut self.gates.get_mut(&entity)?.behind;
            let at = behind.binary_search_by_key(&serial, |transit| transit.serial).ok()?;
            return behind.remove(at);
        }
        if let Some(at) = self.keyless.iter().position(|(_, transit)| transit.serial == serial) {
            return Some(self.keyless.swap_remove(at).1);
        }
        self.take_pausing(|transit| transit.serial == serial).pop()
    }

    /// Takes out those that are picked; each still has to [leave](Self::leave).
    pub(super) fn take(&mut self, picked: impl Fn(&Transit) -> bool) -> Vec<Transit> {
        let mut taken = Vec::new();
        for (until, transit) in std::mem::take(&mut self.keyless) {
            if picked(&transit) {
                taken.push(transit);
            } else {
                self.keyless.push((until, transit));
            }
        }
        for gate in self.gates.values_mut() {
            if gate.behind.iter().any(&picked) {
                let (own, others): (VecDeque<_>, VecDeque<_>) = gate.behind.drain(..).partition(&picked);
                gate.behind = others;
                for transit in own {
                    self.queued.remove(&transit.serial);
                    taken.push(transit);
                }
            }
        }
        taken.extend(self.take_pausing(picked));
        taken.sort_by_key(|transit| transit.serial);
        taken
    }

    fn take_pausing(&mut self, picked: impl Fn(&Transit) -> bool) -> Vec<Transit> {
        let mut taken = Vec::new();
        if self.pausing == 0 {
            return taken;
        }
        for gate in self.gates.values_mut() {
            if matches!(&gate.front, Front::Pausing { transit, .. } if picked(transit)) {
                taken.extend(gate.go_out());
            }
        }
        self.pausing -= taken.len();
        taken
    }

    /// Takes everything out, and holds no key any more.
    pub(super) fn drain(&mut self) -> Vec<Transit> {
        let mut all: Vec<_> = self.keyless.drain(..).map(|(_, transit)| transit).collect();
        for (_, gate) in self.gates.drain() {
            if let Front::Pausing { transit, .. } = gate.front {
                all.push(*transit);
            }
            all.extend(gate.behind);
        }
        all.extend(self.turned_away.drain(..).map(|turned_away| turned_away.transit));
        self.queued.clear();
        self.pausing = 0;
        all
    }

    /// Those that have a place and stand here.
    pub(super) fn placed(&self) -> impl Iterator<Item = &Transit> {
        let fronts = self.gates.values().filter_map(|gate| match &gate.front {
            Front::Pausing { transit, .. } => Some(&**transit),
            _ => None,
        });
        let behind = self.gates.values().flat_map(|gate| &gate.behind);
        let keyless = self.keyless.iter().map(|(_, transit)| transit);
        fronts.chain(behind).chain(keyless)
    }

    /// What holds the key of a record that stands behind it.
    pub(super) fn holder(&self, transit: &Transit) -> Option<&Held> {
        self.gates.get(&transit.entity()?)?.holder()
    }
}

impl Front {
    fn out(transit: &Transit) -> Self {
        Self::Out {
            serial: transit.serial,
            held: None,
        }
    }
}

impl Gate {
    /// The pause of the one in front ends, one way or the other.
    fn go_out(&mut self) -> Option<Transit> {
        let Front::Pausing { transit, held, .. } = &mut self.front else {
            return None;
        };
        let out = Front::Out {
            serial: transit.serial,
            held: held.take(),
        };
        let Front::Pausing { mut transit, .. } = std::mem::replace(&mut self.front, out) else {
            return None;
        };
        transit.gate = Some(Arc::clone(&self.entity));
        Some(*transit)
    }

    /// Of a record that is to be sent again and the one in front that waits for the same, the earlier one goes first.
    /// Returns the other.
    fn change_places(&mut self, mut other: Transit, other_until: Instant) -> Transit {
        if let Front::Pausing { transit, until, .. } = &mut self.front
            && transit.serial > other.serial
        {
            std::mem::swap(&mut **transit, &mut other);
            *until = other_until;
        }
        other
    }

    fn line_up(&mut self, transit: Transit) {
        let at = self.behind.partition_point(|waiting| waiting.serial < transit.serial);
        self.behind.insert(at, transit);
    }

    fn holder(&self) -> Option<&Held> {
        match &self.front {
            Front::Held(held) => Some(held),
            Front::Out { held, .. } | Front::Pausing { held, .. } => held.as_deref(),
        }
    }

    fn holder_mut(&mut self) -> Option<&mut Held> {
        match &mut self.front {
            Front::Held(held) => Some(held),
            Front::Out { held, .. } | Front::Pausing { held, .. } => held.as_deref_mut(),
        }
    }

    fn held(&self) -> Option<HeldKey> {
        let held = self.holder()?;
        Some(HeldKey {
            topic: self.entity.0.clone(),
            key: held.key.clone(),
            since: held.since,
            event_id: held.event_id.clone(),
            error: held.error.clone(),
            later: held.later,
            behind: held.behind,
            waiting: self.behind.len(),
        })
    }
}
