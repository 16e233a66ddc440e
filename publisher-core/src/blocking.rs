//! The calls for programs without a runtime, and the small runtime that such a publisher keeps for the registry.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::error::{ConfigError, FlushError, PublishError};
use crate::event::{Event, EventTypes};
use crate::publisher::{Publisher, ShutdownReport};
use crate::record::Delivery;

/// The calls of a [`Publisher`] that wait, as calls that block the thread; made by [`Publisher::blocking`].
///
/// Not for async code: there a blocked thread holds up other tasks.
#[derive(Clone, Copy)]
pub struct Blocking<'a> {
    publisher: &'a Publisher,
}

impl<'a> Blocking<'a> {
    pub(crate) fn new(publisher: &'a Publisher) -> Self {
        Self { publisher }
    }

    /// As [`Publisher::publish`].
    ///
    /// # Errors
    /// See [`PublishError`].
    pub fn publish<E: Event>(&self, event: E) -> Result<Delivery, PublishError> {
        block_on(self.publisher.publish(event))
    }

    /// As [`Publisher::tombstone`].
    ///
    /// # Errors
    /// See [`PublishError`].
    pub fn tombstone<E: EventTypes>(&self, key: &E::Key) -> Result<Delivery, PublishError> {
        block_on(self.publisher.tombstone::<E>(key))
    }

    /// As [`Publisher::flush`].
    ///
    /// # Errors
    /// [`FlushError`] with the count that remained.
    pub fn flush(&self, deadline: Duration) -> Result<(), FlushError> {
        block_on(self.publisher.flush(deadline))
    }

    /// As [`Publisher::shutdown`].
    pub fn shutdown(&self, deadline: Duration) -> ShutdownReport {
        block_on(self.publisher.shutdown(deadline))
    }

    /// Waits for any of a publisher's futures: a batch, a prepared record, a pending delivery.
    pub fn wait<F: Future>(&self, future: F) -> F::Output {
        block_on(future)
    }
}

/// Runs a future on this thread, which sleeps in between.
fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        // A wake-up that came in between makes this return at once.
        thread::park();
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
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let run = move || {
            // Ends with an error when the sender is dropped, which is how it is meant to end.
            let _ = runtime.block_on(stopped);
            runtime.shutdown_background();
        };
        thread::Builder::new().name("publisher-runtime".to_owned()).spawn(run).map_err(failed)?;
        Ok(Self { handle, _stop: stop })
    }

    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }
}
