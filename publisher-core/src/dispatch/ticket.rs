//! What a caller and the dispatcher share about one record: its state, its answer, who waits for it.

use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use super::lock;
use crate::error::PublishError;
use crate::record::Delivery;

/// How a record's way ended.
pub(crate) type Answer = Result<Delivery, PublishError>;

pub(crate) struct Ticket {
    state: Mutex<State>,
}

struct State {
    phase: Phase,
    waker: Option<Waker>,
}

enum Phase {
    /// Waits for a place in the buffer.
    Waiting,
    /// Has a place in the buffer, waits for its schema id.
    Admitted,
    /// Handed to the producer.
    Sent,
    /// Taken back by the caller before it was sent.
    Withdrawn,
    /// At its end.
    Answered(Answer),
    /// At its end, and the caller has the answer.
    Taken,
}

impl Ticket {
    pub(super) fn waiting() -> Arc<Self> {
        Self::in_phase(Phase::Waiting)
    }

    pub(crate) fn answered(answer: Answer) -> Arc<Self> {
        Self::in_phase(Phase::Answered(answer))
    }

    fn in_phase(phase: Phase) -> Arc<Self> {
        Arc::new(Self { state: Mutex::new(State { phase, waker: None }) })
    }

    /// The buffer has a place for the record. Returns false if the caller has withdrawn it.
    pub(super) fn admit(&self) -> bool {
        self.step(Phase::Admitted)
    }

    /// The record goes to the producer now. Returns false if the caller has withdrawn it.
    pub(super) fn send(&self) -> bool {
        self.step(Phase::Sent)
    }

    pub(super) fn is_withdrawn(&self) -> bool {
        matches!(lock(&self.state).phase, Phase::Withdrawn)
    }

    /// Takes the record back, if it has not been sent. Returns whether this call did.
    pub(super) fn withdraw(&self) -> bool {
        let mut state = lock(&self.state);
        let in_time = matches!(state.phase, Phase::Waiting | Phase::Admitted);
        if in_time {
            state.phase = Phase::Withdrawn;
        }
        in_time
    }

    pub(super) fn answer(&self, answer: Answer) {
        let mut state = lock(&self.state);
        if matches!(state.phase, Phase::Withdrawn) {
            return;
        }
        state.phase = Phase::Answered(answer);
        let waker = state.waker.take();
        drop(state);
        waker.into_iter().for_each(Waker::wake);
    }

    /// Waits for the answer, which is given once.
    pub(crate) fn poll_answer(&self, context: &mut Context<'_>) -> Poll<Answer> {
        let mut state = lock(&self.state);
        if matches!(state.phase, Phase::Answered(_)) {
            if let Phase::Answered(answer) = std::mem::replace(&mut state.phase, Phase::Taken) {
                return Poll::Ready(answer);
            }
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }

    /// The error, if the way has ended with one and nobody has it yet.
    pub(crate) fn take_error(&self) -> Option<PublishError> {
        let mut state = lock(&self.state);
        if !matches!(state.phase, Phase::Answered(Err(_))) {
            return None;
        }
        match std::mem::replace(&mut state.phase, Phase::Taken) {
            Phase::Answered(answer) => answer.err(),
            _ => None,
        }
    }

    /// Waits until the buffer has the record, or its way has ended without.
    pub(crate) fn poll_admitted(&self, context: &mut Context<'_>) -> Poll<Result<(), PublishError>> {
        let mut state = lock(&self.state);
        match &state.phase {
            Phase::Waiting | Phase::Withdrawn => {
                state.waker = Some(context.waker().clone());
                Poll::Pending
            }
            // Nothing is left to wait for: the error answers this call.
            Phase::Answered(Err(_)) => match std::mem::replace(&mut state.phase, Phase::Taken) {
                Phase::Answered(answer) => Poll::Ready(answer.map(drop)),
                _ => Poll::Ready(Ok(())),
            },
            _ => Poll::Ready(Ok(())),
        }
    }

    fn step(&self, phase: Phase) -> bool {
        let mut state = lock(&self.state);
        if matches!(state.phase, Phase::Withdrawn) {
            return false;
        }
        state.phase = phase;
        let waker = state.waker.take();
        drop(state);
        waker.into_iter().for_each(Waker::wake);
        true
    }
}
