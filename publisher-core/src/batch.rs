//! [`Batch`]: events of any types and topics, refused or sent together.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::dispatch::polled_after_the_end;
use crate::error::{BatchError, PublishError};
use crate::event::{Event, EventType};
use crate::pending::Publishing;
use crate::publisher::{Destination, Publisher};
use crate::record::{Delivery, Record};

/// Events that are sent together, in the order in which they were added; made by [`Publisher::batch`].
///
/// One invalid event keeps the whole batch back. It is no transaction: each record has a delivery of its own.
#[must_use = "nothing is sent before `send`"]
pub struct Batch<'a> {
    publisher: &'a Publisher,
    records: Vec<(&'static EventType, Record)>,
    refused: Vec<(usize, PublishError)>,
}

impl<'a> Batch<'a> {
    pub(crate) fn new(publisher: &'a Publisher) -> Self {
        Self {
            publisher,
            records: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// Adds an event; it is checked and encoded now.
    // Named as in the call that it is designed for; there is no addition to confuse it with.
    #[allow(clippy::should_implement_trait)]
    pub fn add<E: Event>(mut self, event: E) -> Self {
        self.push(&event);
        self
    }

    /// Adds every event of an iterator.
    pub fn extend<E: Event>(mut self, events: impl IntoIterator<Item = E>) -> Self {
        for event in events {
            self.push(&event);
        }
        self
    }

    /// How many events there are, refused ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len() + self.refused.len()
    }

    /// Whether there is no event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sends the batch: resolves to the results in the order of the events, each a delivery or why there is none.
    ///
    /// # Errors
    /// [`BatchError`] if an event is invalid: nothing was sent, neither the registry nor the broker was asked, and every
    /// violation is listed by index and path. Not retriable.
    ///
    /// # Cancel safety
    /// Dropping the future withdraws the records that have not been handed to the broker client.
    pub fn send(self) -> BatchPublishing {
        let mut sending = BatchPublishing {
            waiting: VecDeque::new(),
            results: None,
        };
        if !self.refused.is_empty() {
            let total = self.len();
            sending.results = Some(Err(BatchError::new(self.refused, total)));
            return sending;
        }
        let publisher = self.publisher;
        let send = |(event_type, record)| publisher.send(Destination::Event(event_type), record);
        sending.results = Some(Ok(Vec::with_capacity(self.records.len())));
        sending.waiting = self.records.into_iter().map(send).collect();
        sending
    }

    fn push<E: Event>(&mut self, event: &E) {
        match self.publisher.encode(event) {
            Ok(record) => self.records.push((event.event_type(), record)),
            Err(error) => self.refused.push((self.len(), error)),
        }
    }
}

/// A batch on its way; see [`Batch::send`].
#[must_use = "dropping it at once may withdraw records"]
pub struct BatchPublishing {
    /// Those that have no result yet, in the order of the batch.
    waiting: VecDeque<Publishing>,
    /// The results so far, or why there are none; `None` once it has resolved.
    results: Option<Results>,
}

type Results = Result<Vec<Result<Delivery, PublishError>>, BatchError>;

impl Future for BatchPublishing {
    type Output = Results;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Results> {
        let this = &mut *self;
        // One at a time: all must end, whichever is waited for first.
        while let Some(first) = this.waiting.front_mut() {
            let Poll::Ready(result) = Pin::new(first).poll(context) else {
                return Poll::Pending;
            };
            this.waiting.pop_front();
            if let Some(Ok(results)) = &mut this.results {
                results.push(result);
            }
        }
        match this.results.take() {
            Some(results) => Poll::Ready(results),
            None => {
                polled_after_the_end();
                Poll::Pending
            }
        }
    }
}

impl Drop for BatchPublishing {
    fn drop(&mut self) {
        // The last one first: to withdraw a record can let those go that stand behind it, which are to be withdrawn too.
        while self.waiting.pop_back().is_some() {}
    }
}
