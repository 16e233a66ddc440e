//! Whose a record is: a call's, or a member of a batch.

use std::sync::Arc;
use std::task::Waker;

use super::batch_ticket::BatchTicket;
use super::ticket::{Answer, Ticket};
use crate::record::RecordRef;

#[derive(Clone)]
pub(super) enum Claim {
    One(Arc<Ticket>),
    Member(Arc<BatchTicket>, usize),
}

impl Claim {
    /// The record as its caller encoded it.
    pub(super) fn view<'a>(&'a self, topic: &'a str) -> RecordRef<'a> {
        match self {
            Self::One(ticket) => match ticket.body() {
                Some(body) => body.view(topic),
                None => RecordRef::empty(topic),
            },
            Self::Member(batch, index) => batch.view(*index),
        }
    }

    /// The record has its place. Returns who is to be woken, once no lock is held.
    pub(super) fn buffered(&self) -> Option<Waker> {
        match self {
            Self::One(ticket) => ticket.buffered(),
            // A batch waits for its answers only.
            Self::Member(..) => None,
        }
    }

    /// The record's way has ended. Returns who is to be woken, once no lock is held.
    pub(super) fn answer(&self, answer: Answer) -> Option<Waker> {
        match self {
            Self::One(ticket) => ticket.answer(answer),
            Self::Member(batch, index) => batch.answer(*index, answer),
        }
    }
}
