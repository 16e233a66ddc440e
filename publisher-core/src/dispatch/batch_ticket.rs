//! What a caller and the dispatcher share about a batch: the bytes of all its records, their answers, who waits for the
//! last.
//!
//! One for the whole batch, so that a record of it costs no allocation.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio::time::Instant;

use super::claim::Claim;
use super::kind::Kind;
use super::lock;
use super::permits::cost;
use super::submit::{BatchParcel, Run};
use super::ticket::{Answer, wait_with};
use super::transit::Transit;
use crate::producer::Placement;
use crate::record::{Layout, RecordRef};

pub(crate) struct BatchTicket {
    /// The number of the first record's call; those of the others follow.
    first: AtomicU64,
    /// When it was sent.
    since: Instant,
    bytes: Vec<u8>,
    layouts: Vec<Layout>,
    runs: Vec<Run>,
    state: Mutex<State>,
    buffers: Arc<Buffers>,
}

#[derive(Default)]
struct State {
    /// Of those that were delivered. The deliveries are made of them on the caller's thread: what they share with each
    /// other is not to be counted by two threads in turn.
    placements: Vec<Option<Placement>>,
    /// The answers of the others.
    others: BTreeMap<usize, Answer>,
    missing: usize,
    waker: Option<Waker>,
}

impl State {
    fn is_answered(&self, index: usize) -> bool {
        // Nothing is left once the caller has all answers.
        self.placements.get(index).is_none_or(Option::is_some) || self.others.contains_key(&index)
    }
}

impl BatchTicket {
    pub(super) fn new(parcel: BatchParcel, buffers: &Arc<Buffers>) -> Arc<Self> {
        let BatchParcel {
            bytes,
            layouts,
            runs,
            mut placements,
        } = parcel;
        let count = layouts.len();
        placements.resize(count, None);
        Arc::new(Self {
            first: AtomicU64::new(0),
            since: Instant::now(),
            bytes,
            layouts,
            runs,
            state: Mutex::new(State {
                placements,
                others: BTreeMap::new(),
                missing: count,
                waker: None,
            }),
            buffers: Arc::clone(buffers),
        })
    }

    pub(super) fn len(&self) -> usize {
        self.layouts.len()
    }

    /// How many records have no answer.
    pub(crate) fn missing(&self) -> usize {
        lock(&self.state).missing
    }

    pub(super) fn since(&self) -> Instant {
        self.since
    }

    /// Read and written under the dispatcher's lock alone, hence relaxed.
    pub(super) fn first(&self) -> u64 {
        self.first.load(Ordering::Relaxed)
    }

    pub(super) fn join(&self, first: u64) {
        self.first.store(first, Ordering::Relaxed);
    }

    /// The kinds of its records, each once or more.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.runs.iter().map(|run| &run.kind)
    }

    /// Whether every record is finished.
    pub(super) fn is_sealed(&self) -> bool {
        self.runs.iter().all(|run| run.sealed.is_some())
    }

    pub(super) fn kind(&self, index: usize) -> &Kind {
        &self.run(index).kind
    }

    fn run(&self, index: usize) -> &Run {
        let behind = self.runs.partition_point(|run| run.first <= index);
        // The first run begins with the first record.
        &self.runs[behind - 1]
    }

    pub(super) fn view(&self, index: usize) -> RecordRef<'_> {
        self.layouts[index].view(&self.bytes, self.kind(index).topic())
    }

    /// What the place of a record costs, where the buffer has so many bytes.
    pub(super) fn cost(&self, index: usize, buffer_bytes: usize) -> usize {
        let size = self.layouts[index].size();
        cost(size, size, buffer_bytes)
    }

    /// A record on its own, for whatever is not the straight way.
    pub(super) fn transit(self: &Arc<Self>, index: usize, buffer_bytes: usize) -> Transit {
        let Run { kind, sealed, .. } = self.run(index);
        let serial = self.first() + index as u64;
        let claim = Claim::Member(Arc::clone(self), index);
        let cost = self.cost(index, buffer_bytes);
        Transit::new(serial, claim, kind.clone(), *sealed, cost, self.since)
    }

    pub(super) fn is_answered(&self, index: usize) -> bool {
        lock(&self.state).is_answered(index)
    }

    /// The way of a record has ended. Returns who is to be woken, once no lock is held.
    pub(super) fn answer(&self, index: usize, answer: Answer) -> Option<Waker> {
        let mut state = lock(&self.state);
        // A record is answered once; were it not so, the batch would end before its time.
        if !state.is_answered(index) {
            state.others.insert(index, answer);
            state.missing -= 1;
        }
        if state.missing == 0 { state.waker.take() } else { None }
    }

    /// These records have been delivered, those that had their answers before left out. Returns how many, and who is to be
    /// woken, once no lock is held.
    pub(super) fn delivered(&self, placements: &[(usize, Placement)]) -> (usize, Option<Waker>) {
        let mut state = lock(&self.state);
        let state = &mut *state;
        let mut answered = 0;
        for (index, placement) in placements {
            let is_other = !state.others.is_empty() && state.others.contains_key(index);
            if !is_other && let Some(place @ None) = state.placements.get_mut(*index) {
                *place = Some(*placement);
                answered += 1;
            }
        }
        state.missing -= answered;
        let waker = if state.missing == 0 { state.waker.take() } else { None };
        (answered, waker)
    }

    /// Waits for all answers, which are given once.
    pub(super) fn poll(&self, context: &Context<'_>) -> Poll<Vec<Answer>> {
        let mut state = lock(&self.state);
        if state.missing == 0 {
            return Poll::Ready(self.answers(&mut state));
        }
        wait_with(&mut state.waker, context);
        Poll::Pending
    }

    /// All answers, in the order of the records.
    fn answers(&self, state: &mut State) -> Vec<Answer> {
        // Nothing says beforehand how many a filter lets pass.
        let mut answers = Vec::with_capacity(self.len());
        let State { placements, others, .. } = state;
        answers.extend(placements.drain(..).enumerate().filter_map(|(index, placement)| {
            let Some(placement) = placement else {
                return others.remove(&index);
            };
            let Run { kind, sealed, .. } = self.run(index);
            Some(Ok(kind.clone().delivery(placement, sealed.unwrap_or_default())))
        }));
        answers
    }
}

impl Drop for BatchTicket {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        self.buffers.give(BatchParcel {
            bytes: std::mem::take(&mut self.bytes),
            layouts: std::mem::take(&mut self.layouts),
            runs: std::mem::take(&mut self.runs),
            placements: std::mem::take(&mut state.placements),
        });
    }
}

/// Buffers of batches that have ended, for the next ones.
#[derive(Default)]
pub(crate) struct Buffers {
    free: Mutex<Vec<BatchParcel>>,
}

impl Buffers {
    /// How many are kept: as many as a program has batches on their way at once, commonly.
    const KEPT: usize = 32;
    /// One that is larger was a rare batch's.
    const LARGEST: usize = 1 << 20;
    /// How many bytes are kept in all.
    const ALL: usize = 8 << 20;

    /// An empty batch.
    pub(crate) fn take(&self) -> BatchParcel {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        free.pop().unwrap_or_default()
    }

    fn give(&self, mut parcel: BatchParcel) {
        // Without the lock: what a record is may be the last of its type's route.
        parcel.runs.clear();
        parcel.bytes.clear();
        parcel.layouts.clear();
        parcel.placements.clear();
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let kept: usize = free.iter().map(|parcel| parcel.bytes.capacity()).sum();
        let fits = parcel.bytes.capacity() <= Self::LARGEST && kept + parcel.bytes.capacity() <= Self::ALL;
        if free.len() < Self::KEPT && fits {
            free.push(parcel);
        }
    }
}
