//! What a caller and the dispatcher share about a batch: the bytes of all its records, their answers, who waits for the
//! last.
//!
//! One for the whole batch, so that a record of it costs no allocation.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use super::lock;
use super::ticket::{Answer, wait_with};
use crate::record::{Layout, RecordRef};

pub(crate) struct BatchTicket {
    /// The number of the first record's call; those of the others follow.
    first: AtomicU64,
    bytes: Vec<u8>,
    layouts: Vec<Layout>,
    state: Mutex<State>,
    buffers: Arc<Buffers>,
}

struct State {
    answers: Vec<Option<Answer>>,
    missing: usize,
    waker: Option<Waker>,
}

impl BatchTicket {
    pub(super) fn new(bytes: Vec<u8>, layouts: Vec<Layout>, buffers: Arc<Buffers>) -> Arc<Self> {
        let count = layouts.len();
        Arc::new(Self {
            first: AtomicU64::new(0),
            bytes,
            layouts,
            state: Mutex::new(State {
                answers: (0..count).map(|_| None).collect(),
                missing: count,
                waker: None,
            }),
            buffers,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.layouts.len()
    }

    /// How many records have no answer.
    pub(crate) fn missing(&self) -> usize {
        lock(&self.state).missing
    }

    /// Read and written under the dispatcher's lock alone, hence relaxed.
    pub(super) fn first(&self) -> u64 {
        self.first.load(Ordering::Relaxed)
    }

    pub(super) fn join(&self, first: u64) {
        self.first.store(first, Ordering::Relaxed);
    }

    pub(super) fn view<'a>(&'a self, index: usize, topic: &'a str) -> RecordRef<'a> {
        self.layouts[index].view(&self.bytes, topic)
    }

    /// The way of a record has ended. Returns who is to be woken, once no lock is held.
    pub(super) fn answer(&self, index: usize, answer: Answer) -> Option<Waker> {
        let mut state = lock(&self.state);
        // A record is answered once; were it not so, the batch would end before its time.
        if state.answers[index].replace(answer).is_none() {
            state.missing -= 1;
        }
        if state.missing == 0 { state.waker.take() } else { None }
    }

    /// Waits for all answers, which are given once.
    pub(crate) fn poll(&self, context: &Context<'_>) -> Poll<Vec<Answer>> {
        let mut state = lock(&self.state);
        if state.missing == 0 {
            return Poll::Ready(std::mem::take(&mut state.answers).into_iter().flatten().collect());
        }
        wait_with(&mut state.waker, context);
        Poll::Pending
    }
}

impl Drop for BatchTicket {
    fn drop(&mut self) {
        let (bytes, layouts) = (std::mem::take(&mut self.bytes), std::mem::take(&mut self.layouts));
        self.buffers.give(bytes, layouts);
    }
}

/// Buffers of batches that have ended, for the next ones.
#[derive(Default)]
pub(crate) struct Buffers {
    free: Mutex<Vec<(Vec<u8>, Vec<Layout>)>>,
}

impl Buffers {
    /// How many are kept: as many as a program has batches on their way at once, commonly.
    const KEPT: usize = 4;
    /// One that is larger was a rare batch's.
    const LARGEST: usize = 1 << 20;

    /// An empty buffer.
    pub(crate) fn take(&self) -> (Vec<u8>, Vec<Layout>) {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        free.pop().unwrap_or_default()
    }

    fn give(&self, mut bytes: Vec<u8>, mut layouts: Vec<Layout>) {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() < Self::KEPT && bytes.capacity() <= Self::LARGEST {
            bytes.clear();
            layouts.clear();
            free.push((bytes, layouts));
        }
    }
}
