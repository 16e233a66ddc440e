//! [`Batch`]: events of any types and topics, refused or sent together.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

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
        Self { publisher, records: Vec::new(), refused: Vec::new() }
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
        if !self.refused.is_empty() {
            let total = self.len();
            return BatchPublishing { refused: Some(BatchError::new(self.refused, total)), sent: Vec::new() };
        }
        let publisher = self.publisher;
        let send = |(event_type, record)| Sent::Waiting(publisher.send(Destination::Event(event_type), record));
        BatchPublishing { refused: None, sent: self.records.into_iter().map(send).collect() }
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
    refused: Option<BatchError>,
    sent: Vec<Sent>,
}

enum Sent {
    Waiting(Publishing),
    Ended(Option<Result<Delivery, PublishError>>),
}

impl Future for BatchPublishing {
    type Output = Result<Vec<Result<Delivery, PublishError>>, BatchError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(error) = self.refused.take() {
            return Poll::Ready(Err(error));
        }
        let mut waiting = false;
        for sent in &mut self.sent {
            let Sent::Waiting(publishing) = sent else { continue };
            match Pin::new(publishing).poll(context) {
                Poll::Ready(answer) => *sent = Sent::Ended(Some(answer)),
                Poll::Pending => {
                    // The order of the answers is mostly that of the records: one waker at a time is enough.
                    waiting = true;
                    break;
                }
            }
        }
        if waiting {
            return Poll::Pending;
        }
        let answers = self.sent.iter_mut().filter_map(|sent| match sent {
            Sent::Ended(answer) => answer.take(),
            Sent::Waiting(_) => None,
        });
        Poll::Ready(Ok(answers.collect()))
    }
}
