//! The futures that a publisher hands out. They run on any executor and borrow neither event nor publisher.
//!
//! Polled again after it has resolved, each stays pending, as a fused future does, and logs a warning.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::dispatch::{Dispatcher, Ticket, polled_after_the_end};
use crate::error::PublishError;
use crate::record::Delivery;

/// A record on its way: resolves to its delivery.
///
/// The record goes its way whether this is polled or not. Polled again after it has resolved, it stays pending, as a
/// fused future does, and logs a warning; so do the other futures of a publisher.
///
/// # Errors
/// See [`PublishError`].
///
/// # Cancel safety
/// Dropping it before the record is handed to the broker client withdraws the record: it is surely not sent, and
/// `on_delivery` does not see it. Dropping it later changes nothing; the record's end is seen by `on_delivery` and the
/// counts only.
#[must_use = "dropping it at once may withdraw the record; await it, or use `enqueue`"]
pub struct Publishing {
    ticket: Arc<Ticket>,
    /// `None` once there is nothing to withdraw.
    dispatcher: Option<Arc<Dispatcher>>,
}

impl Publishing {
    pub(crate) fn new(ticket: Arc<Ticket>, dispatcher: Arc<Dispatcher>) -> Self {
        Self {
            ticket,
            dispatcher: Some(dispatcher),
        }
    }

    pub(crate) fn refused(error: PublishError) -> Self {
        Self {
            ticket: Ticket::answered(Err(error)),
            dispatcher: None,
        }
    }

    /// The same, of which dropping withdraws nothing.
    pub(crate) fn kept(mut self) -> Self {
        self.dispatcher = None;
        self
    }

    /// The error, if the record's way has ended with one already.
    pub(crate) fn refusal(&self) -> Option<PublishError> {
        self.ticket.take_error()
    }
}

impl Future for Publishing {
    type Output = Result<Delivery, PublishError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = self.ticket.poll_answer(context);
        if answer.is_ready() {
            self.dispatcher = None;
        }
        answer
    }
}

impl Drop for Publishing {
    fn drop(&mut self) {
        if let Some(dispatcher) = &self.dispatcher {
            dispatcher.withdraw(&self.ticket);
        }
    }
}

/// A record that waits for its place in the buffer: resolves to a [`Pending`] once it has one.
///
/// # Errors
/// See [`PublishError`].
///
/// # Cancel safety
/// Dropping it before it resolves withdraws the record, unless the record has been handed to the broker client already.
#[must_use = "the record is buffered for sure only when this has resolved"]
pub struct Enqueuing {
    publishing: Option<Publishing>,
}

impl Enqueuing {
    pub(crate) fn new(publishing: Publishing) -> Self {
        Self {
            publishing: Some(publishing),
        }
    }

    pub(crate) fn refused(error: PublishError) -> Self {
        Self::new(Publishing::refused(error))
    }
}

impl Future for Enqueuing {
    type Output = Result<Pending, PublishError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(publishing) = self.publishing.take() else {
            polled_after_the_end();
            return Poll::Pending;
        };
        let buffered = publishing.ticket.poll_buffered(context);
        if buffered.is_pending() {
            self.publishing = Some(publishing);
            return Poll::Pending;
        }
        let pending = Pending::of(publishing);
        buffered.map_ok(|()| pending)
    }
}

/// A buffered record: resolves to its delivery.
///
/// # Errors
/// See [`PublishError`].
///
/// # Cancel safety
/// Dropping it changes nothing: the record goes its way.
pub struct Pending {
    ticket: Arc<Ticket>,
}

impl Pending {
    pub(crate) fn of(mut publishing: Publishing) -> Self {
        publishing.dispatcher = None;
        Self {
            ticket: Arc::clone(&publishing.ticket),
        }
    }
}

impl Future for Pending {
    type Output = Result<Delivery, PublishError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.ticket.poll_answer(context)
    }
}

impl fmt::Debug for Publishing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Publishing").finish_non_exhaustive()
    }
}

impl fmt::Debug for Enqueuing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enqueuing").finish_non_exhaustive()
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").finish_non_exhaustive()
    }
}
