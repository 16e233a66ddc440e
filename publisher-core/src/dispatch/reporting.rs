//! From the producer's reports to the answers of the callers, a lump at a time.

use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::batch_ticket::BatchTicket;
use super::kind::Kind;
use super::line::Taken;
use super::pace::BETWEEN_BATCHES;
use super::ticket::Answer;
use super::{Dispatcher, State, isolated, wake};
use crate::error::LetterPlace;
use crate::producer::{Outcome, Placement, Reports, Token, Undelivered};

impl Dispatcher {
    /// Takes the reports that have come, in passing; the next such call comes within this time. Not where a callback is to see
    /// them, which is not to run within a call of its own publisher.
    pub(super) fn take_reports(&self, next: Duration) {
        if self.on_delivery.is_none()
            && let Some(producer) = self.producer()
        {
            producer.take_reports(next);
        }
    }

    /// Waits for all answers of a batch, and takes what reports have come before that: they may be all that is missing.
    pub(crate) fn poll_batch(&self, batch: &BatchTicket, context: &Context<'_>) -> Poll<Vec<Answer>> {
        let mut answers = batch.poll(context);
        if answers.is_pending() {
            self.take_reports(BETWEEN_BATCHES);
            answers = batch.poll(context);
        }
        if answers.is_pending()
            && self.on_delivery.is_none()
            && let Some(producer) = self.producer()
        {
            producer.await_reports();
        }
        answers
    }
}

/// Records of one batch that were delivered one after the other.
#[derive(Default)]
pub(super) struct Delivered {
    batch: usize,
    placements: Vec<(usize, Placement)>,
}

impl Delivered {
    /// Tells the batch.
    fn end(&mut self, state: &mut State, wakers: &mut Vec<Waker>) {
        if self.placements.is_empty() {
            return;
        }
        state.replaced = 0;
        if let Some(ticket) = state.line.leave_batch(self.batch, self.placements.len()) {
            let (delivered, waker) = ticket.delivered(&self.placements);
            state.counts.delivered += delivered as u64;
            wakers.extend(waker);
        }
        self.placements.clear();
    }
}

impl Reports for Dispatcher {
    fn report(&self, token: Token, outcome: Outcome) {
        self.report_all(&mut vec![(token, outcome)]);
    }

    fn report_all(&self, reports: &mut Vec<(Token, Outcome)>) {
        let mut wakers = Vec::new();
        // Those whose end is for the callback to see, or no delivery: told without the lock.
        let mut ended = Vec::new();
        let mut strange = Vec::new();
        let mut failed = Vec::new();
        // Those that were delivered after the first that failed.
        let mut passed = Vec::new();
        let mut state = self.lock();
        // Told to their batch together.
        let mut delivered = std::mem::take(&mut state.delivered);
        for (token, outcome) in reports.drain(..) {
            let taken = match state.line.take(token) {
                Taken::Single(transit) => Some(transit),
                Taken::Member(batch, index) => {
                    if let Ok(placement) = outcome
                        && self.on_delivery.is_none()
                        && failed.is_empty()
                    {
                        if delivered.batch != batch {
                            delivered.end(&mut state, &mut wakers);
                            delivered.batch = batch;
                        }
                        delivered.placements.push((index, placement));
                        continue;
                    }
                    state.line.stray(batch, index)
                }
                Taken::Abandoned => continue,
                Taken::Unknown => None,
            };
            let Some(mut transit) = taken else {
                strange.push(token.0);
                continue;
            };
            match outcome {
                Ok(placement) => {
                    state.replaced = 0;
                    if !failed.is_empty() {
                        passed.extend(transit.entity().map(|entity| (entity, transit.serial)));
                    }
                    if transit.gate.is_some() {
                        state.line.leave(&mut transit, true);
                    }
                    let Some(claim) = transit.claim.take() else { continue };
                    let sealed = transit.sealed.unwrap_or_default();
                    if self.on_delivery.is_none() && !matches!(transit.kind, Kind::Letter(_)) {
                        state.counts.delivered += 1;
                        wakers.extend(claim.answer(Ok(transit.kind.delivery(placement, sealed))));
                    } else {
                        transit.claim = Some(claim);
                        let delivery = transit.kind.clone().delivery(placement, sealed);
                        ended.push((transit, Ok(delivery)));
                    }
                }
                Err(undelivered) => {
                    let Undelivered { error, record } = *undelivered;
                    transit.gave_up(error.persistence(), record);
                    if error.is_fatal() {
                        state.note_failure(&transit, &error);
                    }
                    if let Some(lost) = self.keep(&mut state, transit, &error) {
                        failed.push((lost, error));
                    }
                }
            }
        }
        delivered.end(&mut state, &mut wakers);
        state.delivered = delivered;
        if !failed.is_empty() {
            let told = self.settle(&mut state, failed, &passed);
            ended.extend(told.into_iter().map(|(transit, error)| (transit, Err(error))));
            ended.sort_by_key(|(transit, _)| transit.serial);
        }
        // Nearly always: everything is told, and nobody waits for the room.
        if ended.is_empty() && strange.is_empty() && !state.line.has_work() {
            self.stepped(state);
            return wake(&mut wakers);
        }
        self.stepped(state);
        for token in strange {
            isolated(|| {
                tracing::error!(
                    token,
                    "a producer reported a record twice or one that it was never given"
                );
            });
        }
        wake(&mut wakers);
        for (transit, outcome) in ended {
            match (outcome, &transit.kind) {
                (Ok(delivery), Kind::Letter(letter)) => {
                    let letter = Arc::clone(letter);
                    self.dead_lettered(transit, &letter, LetterPlace::Topic(delivery));
                }
                (Ok(delivery), _) => self.end(transit, Ok(delivery)),
                (Err(error), _) => self.end_undelivered(transit, error),
            }
        }
        self.advance();
    }
}
