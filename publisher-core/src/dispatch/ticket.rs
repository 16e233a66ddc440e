//! What a caller and the dispatcher share about one record: its bytes, how far it is, its answer, who waits for it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use super::lock;
use crate::error::PublishError;
use crate::record::{Delivery, Packed};

/// How a record's way ended.
pub(crate) type Answer = Result<Delivery, PublishError>;

pub(crate) struct Ticket {
    /// The number of the call, by which the line finds the record; 0 if it never joined one.
    serial: AtomicU64,
    /// `None` if it never had any.
    body: Option<Packed>,
    state: Mutex<State>,
}

struct State {
    stage: Stage,
    waker: Option<Waker>,
}

enum Stage {
    /// Waits for a place in the buffer.
    Waiting,
    /// Has its place, or is with the producer.
    Buffered,
    /// At its end.
    Answered(Answer),
    /// At its end, and the caller has the answer.
    Taken,
}

impl Ticket {
    /// Of a record that waits for its place, or has it.
    pub(super) fn new(body: Packed, waits: bool) -> Arc<Self> {
        let stage = if waits { Stage::Waiting } else { Stage::Buffered };
        Self::at(Some(body), stage)
    }

    pub(crate) fn answered(answer: Answer) -> Arc<Self> {
        Self::at(None, Stage::Answered(answer))
    }

    fn at(body: Option<Packed>, stage: Stage) -> Arc<Self> {
        Arc::new(Self {
            serial: AtomicU64::new(0),
            body,
            state: Mutex::new(State { stage, waker: None }),
        })
    }

    /// Read and written under the dispatcher's lock alone, hence relaxed.
    pub(super) fn serial(&self) -> u64 {
        self.serial.load(Ordering::Relaxed)
    }

    pub(super) fn join(&self, serial: u64) {
        self.serial.store(serial, Ordering::Relaxed);
    }

    pub(super) fn body(&self) -> Option<&Packed> {
        self.body.as_ref()
    }

    /// The record has its place. Returns who is to be woken, once no lock is held.
    pub(super) fn buffered(&self) -> Option<Waker> {
        let mut state = lock(&self.state);
        state.stage = Stage::Buffered;
        state.waker.take()
    }

    /// The record's way has ended. Returns who is to be woken, once no lock is held.
    pub(super) fn answer(&self, answer: Answer) -> Option<Waker> {
        let mut state = lock(&self.state);
        state.stage = Stage::Answered(answer);
        state.waker.take()
    }

    /// Waits for the answer, which is given once; pending for ever after that.
    pub(crate) fn poll_answer(&self, context: &mut Context<'_>) -> Poll<Answer> {
        let mut state = lock(&self.state);
        match std::mem::replace(&mut state.stage, Stage::Taken) {
            Stage::Answered(answer) => return Poll::Ready(answer),
            Stage::Taken => polled_after_the_end(),
            early => state.stage = early,
        }
        state.wait(context)
    }

    /// Waits until the buffer has the record, or its way has ended without.
    pub(crate) fn poll_buffered(&self, context: &mut Context<'_>) -> Poll<Result<(), PublishError>> {
        let mut state = lock(&self.state);
        if matches!(state.stage, Stage::Waiting) {
            return state.wait(context);
        }
        // An error has nothing left to wait for: it answers this call.
        Poll::Ready(state.take_error().map_or(Ok(()), Err))
    }

    /// The error, if the way has ended with one and nobody has it yet.
    pub(crate) fn take_error(&self) -> Option<PublishError> {
        lock(&self.state).take_error()
    }
}

impl State {
    fn wait<T>(&mut self, context: &Context<'_>) -> Poll<T> {
        wait_with(&mut self.waker, context);
        Poll::Pending
    }

    fn take_error(&mut self) -> Option<PublishError> {
        match std::mem::replace(&mut self.stage, Stage::Taken) {
            Stage::Answered(Err(error)) => Some(error),
            other => {
                self.stage = other;
                None
            }
        }
    }
}

/// Keeps the waker of the last poll.
pub(super) fn wait_with(waker: &mut Option<Waker>, context: &Context<'_>) {
    match waker {
        // Does nothing if it is the same.
        Some(waker) => waker.clone_from(context.waker()),
        none => *none = Some(context.waker().clone()),
    }
}

/// A future that has resolved stays pending, as a fused one does; said aloud, because who polls it waits for ever.
pub(crate) fn polled_after_the_end() {
    tracing::warn!("a publisher's future was polled after it had resolved; it stays pending");
}
