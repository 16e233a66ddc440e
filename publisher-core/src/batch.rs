//! [`Batch`]: events of any types and topics, refused or sent together.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::dispatch::{Admission, Parcel, polled_after_the_end};
use crate::error::{BatchError, PublishError};
use crate::event::{Event, EventType};
use crate::pending::Publishing;
use crate::publisher::{Destination, Inner};
use crate::record::{Delivery, Record};

/// Events that are sent together, in the order in which they were added; made by [`Publisher::batch`](crate::Publisher::batch).
///
/// One event that cannot be sent keeps the whole batch back. It is no transaction: each record has a delivery of its own.
#[must_use = "nothing is sent before `send`"]
pub struct Batch<'a> {
    publisher: &'a Inner,
    events: Vec<Result<(&'static EventType, Record), PublishError>>,
}

impl<'a> Batch<'a> {
    pub(crate) fn new(publisher: &'a Inner) -> Self {
        Self {
            publisher,
            events: Vec::new(),
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
        self.events.len()
    }

    /// Whether there is no event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
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
        let (publisher, total) = (self.publisher, self.len());
        let mut parcels: Vec<Parcel> = Vec::with_capacity(total);
        let mut refused = Vec::new();
        // All of them before the first is sent: what one is refused for must not be found when others are on their way.
        for (index, event) in self.events.into_iter().enumerate() {
            let parcel =
                event.and_then(|(event_type, record)| publisher.parcel(Destination::Event(event_type), record));
            match parcel {
                Ok(parcel) => parcels.push(parcel),
                Err(error) => refused.push((index, error)),
            }
        }
        if !refused.is_empty() {
            return BatchPublishing {
                waiting: VecDeque::new(),
                results: Some(Err(BatchError::new(refused, total))),
            };
        }
        let send = |parcel| publisher.dispatch(parcel, Admission::Wait);
        BatchPublishing {
            waiting: parcels.into_iter().map(send).collect(),
            results: Some(Ok(Vec::with_capacity(total))),
        }
    }

    fn push<E: Event>(&mut self, event: &E) {
        let record = self.publisher.encode(event);
        self.events.push(record.map(|record| (event.event_type(), record)));
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

impl fmt::Debug for BatchPublishing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchPublishing")
            .field("waiting", &self.waiting.len())
            .finish_non_exhaustive()
    }
}

impl Drop for BatchPublishing {
    fn drop(&mut self) {
        // The last one first: to withdraw a record can let those go that stand behind it, which are to be withdrawn too.
        while self.waiting.pop_back().is_some() {}
    }
}
