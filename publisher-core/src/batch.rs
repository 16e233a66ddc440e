//! [`Batch`]: events of any types and topics, refused or sent together.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::dispatch::{BatchParcel, BatchTicket, Dispatcher, Run, polled_after_the_end};
use crate::error::{BatchError, PublishError};
use crate::event::Event;
use crate::publisher::{Encoded, Inner};
use crate::record::Delivery;

/// Events that are sent together, in the order in which they were added; made by [`Publisher::batch`](crate::Publisher::batch).
///
/// One event that cannot be sent keeps the whole batch back. It is no transaction: each record has a delivery of its own.
#[must_use = "nothing is sent before `send`"]
pub struct Batch<'a> {
    publisher: &'a Inner,
    events: BatchParcel,
    /// By their index among all.
    refused: Vec<(usize, PublishError)>,
}

impl<'a> Batch<'a> {
    pub(crate) fn new(publisher: &'a Inner) -> Self {
        Self {
            publisher,
            events: publisher.buffers().take(),
            refused: Vec::new(),
        }
    }

    /// Adds an event; it is checked and encoded now.
    // Named as in the call that it is designed for; there is no addition to confuse it with.
    #[allow(clippy::should_implement_trait)]
    // Inlined, so that the event is made where it is encoded and not moved there.
    #[inline]
    pub fn add<E: Event>(mut self, event: E) -> Self {
        self.push(&event);
        self
    }

    /// Adds every event of an iterator.
    #[inline]
    pub fn extend<E: Event>(mut self, events: impl IntoIterator<Item = E>) -> Self {
        let events = events.into_iter();
        let (at_least, _) = events.size_hint();
        self.events.layouts.reserve(at_least);
        for event in events {
            self.push(&event);
        }
        self
    }

    /// How many events there are, refused ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.layouts.len() + self.refused.len()
    }

    /// Whether there is no event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sends the batch: resolves to the results in the order of the events, each a delivery or why there is none.
    ///
    /// # Errors
    /// [`BatchError`] if an event is invalid, too large, meant for a topic of an illegal name or shares a subject with
    /// another type: nothing was sent, neither the registry nor the broker was asked, and every refused event is listed by
    /// its index with all its violations. Not retriable.
    ///
    /// # Cancel safety
    /// Dropping the future withdraws the records that have not been handed to the broker client.
    pub fn send(self) -> BatchPublishing {
        let total = self.len();
        if !self.refused.is_empty() {
            return BatchPublishing::ended(Err(BatchError::new(self.refused, total)));
        }
        if total == 0 {
            return BatchPublishing::ended(Ok(Vec::new()));
        }
        match self.publisher.dispatch_all(self.events) {
            Ok((batch, dispatcher)) => BatchPublishing {
                stage: Stage::OnItsWay(batch, dispatcher),
            },
            // Every record has the answer that a publish of it alone would have.
            Err(PublishError::ShutDown) => {
                BatchPublishing::ended(Ok((0..total).map(|_| Err(PublishError::ShutDown)).collect()))
            }
            Err(error) => BatchPublishing::ended(Err(BatchError::new(vec![(0, error)], total))),
        }
    }

    fn push<E: Event>(&mut self, event: &E) {
        let index = self.len();
        let BatchParcel {
            bytes, layouts, runs, ..
        } = &mut self.events;
        let before = runs.last();
        match self.publisher.encode_into(event, before.map(|run| &run.kind), bytes) {
            Ok(Encoded { layout, kind, sealed }) => {
                let goes_on = before.filter(|run| kind.is_none() && run.sealed == sealed);
                if goes_on.is_none()
                    && let Some(kind) = kind.or_else(|| before.map(|run| run.kind.clone()))
                {
                    let first = layouts.len();
                    runs.push(Run { first, kind, sealed });
                }
                layouts.push(layout);
            }
            Err(error) => self.refused.push((index, error)),
        }
    }
}

impl fmt::Debug for Batch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("events", &self.len())
            .finish_non_exhaustive()
    }
}

/// A batch on its way; see [`Batch::send`].
#[must_use = "dropping it at once may withdraw records"]
pub struct BatchPublishing {
    stage: Stage,
}

enum Stage {
    OnItsWay(Arc<BatchTicket>, Arc<Dispatcher>),
    Ended(Results),
    Taken,
}

type Results = Result<Vec<Result<Delivery, PublishError>>, BatchError>;

impl BatchPublishing {
    fn ended(results: Results) -> Self {
        Self {
            stage: Stage::Ended(results),
        }
    }
}

impl Future for BatchPublishing {
    type Output = Results;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Results> {
        match std::mem::replace(&mut self.stage, Stage::Taken) {
            Stage::OnItsWay(batch, dispatcher) => {
                let answers = dispatcher.poll_batch(&batch, context);
                if answers.is_pending() {
                    self.stage = Stage::OnItsWay(batch, dispatcher);
                }
                answers.map(Ok)
            }
            Stage::Ended(results) => Poll::Ready(results),
            Stage::Taken => {
                polled_after_the_end();
                Poll::Pending
            }
        }
    }
}

impl fmt::Debug for BatchPublishing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waiting = match &self.stage {
            Stage::OnItsWay(batch, _) => batch.missing(),
            Stage::Ended(_) | Stage::Taken => 0,
        };
        f.debug_struct("BatchPublishing")
            .field("waiting", &waiting)
            .finish_non_exhaustive()
    }
}

impl Drop for BatchPublishing {
    fn drop(&mut self) {
        if let Stage::OnItsWay(batch, dispatcher) = &self.stage {
            dispatcher.withdraw_all(batch);
        }
    }
}
