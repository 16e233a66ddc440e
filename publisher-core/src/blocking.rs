//! The calls for programs without a runtime, and the small runtime that such a publisher keeps for the registry.

use std::fmt;
use std::future::Future;
use std::thread;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::error::{ConfigError, FlushError, PublishError};
use crate::event::{Event, EventTypes};
use crate::guarantee::{AtLeastOnce, Guarantee, PerRecord};
use crate::lifecycle::ShutdownReport;
use crate::publisher::Publisher;
use crate::record::Delivery;

/// The calls of a [`Publisher`] that wait, as calls that block the thread; made by [`Publisher::blocking`].
///
/// # Panics
/// Every call panics in async code, as tokio's own `block_on` does: there a blocked thread holds up other tasks, and
/// perhaps the one that it waits for.
pub struct Blocking<'a, G: Guarantee = AtLeastOnce> {
    publisher: &'a Publisher<G>,
}

impl<'a, G: Guarantee> Blocking<'a, G> {
    pub(crate) fn new(publisher: &'a Publisher<G>) -> Self {
        Self { publisher }
    }

    /// As [`Publisher::publish`].
    ///
    /// # Errors
    /// See [`PublishError`].
    pub fn publish<E: Event>(&self, event: E) -> Result<Delivery, PublishError>
    where
        G: PerRecord,
    {
        self.wait(self.publisher.publish(event))
    }

    /// As [`Publisher::tombstone`].
    ///
    /// # Errors
    /// See [`PublishError`].
    pub fn tombstone<E: EventTypes>(&self, key: &E::Key) -> Result<Delivery, PublishError>
    where
        G: PerRecord,
    {
        self.wait(self.publisher.tombstone::<E>(key))
    }

    /// As [`Publisher::flush`].
    ///
    /// # Errors
    /// [`FlushError`] with the count that remained.
    pub fn flush(&self, deadline: Duration) -> Result<(), FlushError> {
        self.wait(self.publisher.flush(deadline))
    }

    /// As [`Publisher::shutdown`].
    pub fn shutdown(&self, deadline: Duration) -> ShutdownReport {
        self.wait(self.publisher.shutdown(deadline))
    }

    /// Waits for any of a publisher's futures: a batch, a prepared record, a pending delivery, a transaction.
    pub fn wait<F: Future>(&self, future: F) -> F::Output {
        // The runtime's own, because it knows whether this thread may block.
        self.publisher.runtime().block_on(future)
    }
}

impl<G: Guarantee> Clone for Blocking<'_, G> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<G: Guarantee> Copy for Blocking<'_, G> {}

impl<G: Guarantee> fmt::Debug for Blocking<'_, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blocking")
            .field("publisher", self.publisher)
            .finish_non_exhaustive()
    }
}

/// A runtime on a thread of its own; ends when this is dropped.
pub(crate) struct OwnRuntime {
    handle: Handle,
    /// Dropping it ends the thread.
    _stop: oneshot::Sender<()>,
}

impl OwnRuntime {
    pub(crate) fn start() -> Result<Self, ConfigError> {
        let failed = |error: std::io::Error| ConfigError::Invalid {
            setting: "build_blocking".to_owned(),
            reason: format!("the system gives no runtime: {error}"),
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let run = move || {
            // Ends with an error when the sender is dropped, which is how it is meant to end.
            let _ = runtime.block_on(stopped);
            runtime.shutdown_background();
        };
        thread::Builder::new()
            .name("publisher-runtime".to_owned())
            .spawn(run)
            .map_err(failed)?;
        Ok(Self { handle, _stop: stop })
    }

    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }
}
