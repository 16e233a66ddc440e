//! The circuit breaker's share in the dispatcher: what it is told, what it refuses, and which question is to be asked.
//!
//! Asks nobody itself: that blocks, and is for a task.

use tokio::time::Instant;

use super::{Dispatcher, State};
use crate::circuit_breaker::breaker::Question;
use crate::circuit_breaker::{Circuit, CircuitCause, CircuitChange};
use crate::error::PublishError;
use crate::producer::{DescribeError, DescribeErrorKind, TopicDescription};
use crate::record::{Record, Timestamp};

/// What the task of a circuit breaker is to do next.
pub(crate) enum ToAsk {
    /// Look again at this time, or when something happens.
    Later(Instant),
    /// Ask the cluster for this topic.
    Topic(String),
}

impl Dispatcher {
    /// Whether calls go on their way; always, without a circuit breaker.
    pub(crate) fn circuit(&self) -> Circuit {
        let state = self.lock();
        let breaker = state.breaker.as_ref();
        breaker.map_or(Circuit::Closed, |breaker| breaker.circuit().clone())
    }

    /// What is to be asked; `None` without a breaker, or after the publisher's end.
    pub(crate) fn look_at_circuit(&self) -> Option<ToAsk> {
        let mut state = self.lock();
        state.producer.as_ref()?;
        let waiting = state.line.awaits_report() || state.line.placed().next().is_some();
        let confirmed = state.counts.confirmed();
        let now = Instant::now();
        let (question, change) = state.breaker.as_mut()?.look(confirmed, waiting, now);
        change.into_iter().for_each(|change| state.note_change(change));
        if let Question::Later(at) = question {
            return Some(ToAsk::Later(at));
        }
        let topic = state.line.any_topic();
        if topic.is_some() {
            state.probe_topic = topic;
        }
        // A circuit opens when records wait or have failed, and each has a topic.
        Some(ToAsk::Topic(state.probe_topic.clone().unwrap_or_default()))
    }

    /// The cluster's answer.
    pub(crate) fn circuit_answered(&self, answer: Result<TopicDescription, DescribeError>) {
        let answer = match answer {
            Err(error) if error.kind() == DescribeErrorKind::Unreachable => Err(error.to_string()),
            // Whatever it says, it has answered.
            _ => Ok(()),
        };
        let mut state = self.lock();
        let confirmed = state.counts.confirmed();
        let change = state
            .breaker
            .as_mut()
            .and_then(|breaker| breaker.answered(answer, confirmed, Instant::now()));
        change.into_iter().for_each(|change| state.note_change(change));
    }

    /// The changes that nobody was told yet, in their order.
    pub(crate) fn take_changes(&self) -> Vec<CircuitChange> {
        std::mem::take(&mut self.lock().changes)
    }
}

impl State {
    pub(super) fn note_change(&mut self, change: CircuitChange) {
        self.changes.push(change);
        self.news.notify_one();
    }

    /// Since when and why calls are refused.
    pub(super) fn open_circuit(&self) -> Option<(Timestamp, CircuitCause)> {
        self.breaker.as_ref()?.refusal()
    }
}

/// The answer to a call that an open circuit refuses.
pub(super) fn circuit_open((since, why): (Timestamp, CircuitCause), record: Record) -> PublishError {
    PublishError::CircuitOpen {
        since,
        why: Box::new(why),
        record: Box::new(record),
    }
}
