//! A publisher behind a translator: domain values in, events out.

use std::future::Future;
use std::pin::Pin;

use async_trait::async_trait;

use crate::error::PublishError;
use crate::event::Event;
use crate::port::Publish;
use crate::record::Delivery;
use crate::translator::Translator;

/// What takes events of any type: the publisher, or the recording one of the test kit.
#[doc(hidden)]
pub trait Sink: Send + Sync {
    /// Encodes the event now; the future is of its delivery and borrows nothing.
    fn accept(&self, event: &dyn Event) -> Pin<Box<dyn Future<Output = Result<Delivery, PublishError>> + Send>>;
}

/// Publishes domain values through a translator; made by [`Publisher::with`](crate::Publisher::with).
#[derive(Clone, Debug)]
pub struct Translated<S, T> {
    sink: S,
    translator: T,
}

impl<S, T> Translated<S, T> {
    pub(crate) fn new(sink: S, translator: T) -> Self {
        Self { sink, translator }
    }
}

#[cfg(feature = "kafka")]
impl<G: crate::PerRecord, T> Translated<crate::Publisher<G>, T> {
    /// Buffers the event of a domain value; as [`Publisher::enqueue`](crate::Publisher::enqueue).
    ///
    /// # Errors
    /// See [`PublishError`].
    ///
    /// # Cancel safety
    /// See [`Enqueuing`](crate::Enqueuing).
    pub fn enqueue<D: ?Sized>(&self, value: &D) -> crate::Enqueuing
    where
        T: Translator<D>,
    {
        match self.translator.translate(value) {
            Ok(event) => self.sink.enqueue(event),
            Err(error) => crate::Enqueuing::refused(error.into()),
        }
    }
}

#[async_trait]
impl<D: ?Sized + Sync, S: Sink, T: Translator<D>> Publish<D> for Translated<S, T> {
    async fn publish(&self, value: &D) -> Result<Delivery, PublishError> {
        // The event need be neither `Send` nor outlive this line: it is encoded before the first await.
        let delivery = self.sink.accept(&self.translator.translate(value)?);
        delivery.await
    }
}
