//! [`ManagedPublisher`]: a publisher that shuts itself down when the process is asked to end.
//!
//! Knows signals and the calls of a publisher; knows nothing of records.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Notify, oneshot, watch};

use super::ShutdownReport;
use super::signals::{ShutdownSignal, Signals};
use crate::dispatch::isolated;
use crate::error::ConfigError;
use crate::guarantee::{AtLeastOnce, Guarantee};
use crate::publisher::{Publisher, WeakPublisher};

impl<G: Guarantee> Publisher<G> {
    /// Shuts this publisher down when the process gets SIGTERM or SIGINT (ctrl-c), with this deadline; 10 s are usual, and
    /// Kubernetes kills after 30 s. A second signal gives up at once: what was never sent comes back, what is on its way
    /// counts as unknown.
    ///
    /// The signals are heard from the return of this call on, on a thread of its own: whatever the program's runtime
    /// does, and without one. Several publishers of a process hear the same signal and end side by side.
    ///
    /// From the first such call in a process on these signals do not end the process by themselves any more, not even
    /// after the publisher's end: tokio, which takes them, never gives them back. The program ends when its `main` does.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`]: the system gives no thread or no signals. Not retriable.
    ///
    /// # Examples
    /// ```no_run
    /// # use std::time::Duration;
    /// # use publisher_core::{Publisher, ConfigError};
    /// # async fn work() {}
    /// # async fn run(publisher: Publisher) -> Result<(), ConfigError> {
    /// let managed = publisher.shutdown_on_signals(Duration::from_secs(10))?;
    /// let ended = tokio::select! {
    ///     ended = managed.ended() => ended,
    ///     () = work() => managed.shutdown().await,
    /// };
    /// println!("{:?}: {} delivered, {} not sent", ended.cause, ended.report.delivered, ended.report.returned.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn shutdown_on_signals(&self, deadline: Duration) -> Result<ManagedPublisher<G>, ConfigError> {
        ManagedPublisher::start(self, deadline).map_err(|error| ConfigError::Invalid {
            setting: "shutdown_on_signals".to_owned(),
            reason: format!("the system gives no signals: {error}"),
        })
    }
}

/// A publisher that shuts itself down when the process is asked to end; made by
/// [`Publisher::shutdown_on_signals`].
///
/// Holds the publisher like any other handle. Dropping it before the end stops to hear signals and leaves the publisher as
/// it is.
pub struct ManagedPublisher<G: Guarantee = AtLeastOnce> {
    publisher: Publisher<G>,
    deadline: Duration,
    asked: Arc<Notify>,
    ended: watch::Receiver<Option<Ended>>,
    /// Dropping it ends the thread.
    _stop: oneshot::Sender<()>,
}

/// How a managed publisher ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Ended {
    /// Why.
    pub cause: EndCause,
    /// What became of its records.
    pub report: ShutdownReport,
}

/// Why a managed publisher ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndCause {
    /// [`ManagedPublisher::shutdown`] was called.
    Asked,
    /// A signal came, and the shutdown ran to its end or to its deadline.
    Signal(ShutdownSignal),
    /// Another signal came during the shutdown, and all was given up at once.
    Aborted(ShutdownSignal),
}

impl<G: Guarantee> ManagedPublisher<G> {
    fn start(publisher: &Publisher<G>, deadline: Duration) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_io().build()?;
        let signals = {
            let _inside = runtime.enter();
            Signals::listen()
        };
        let signals = match signals {
            Ok(signals) => signals,
            Err(error) => {
                // A plain drop panics where this is called in async code.
                runtime.shutdown_background();
                return Err(error);
            }
        };
        let (stop, stopped) = oneshot::channel();
        let (sender, ended) = watch::channel(None);
        let asked = Arc::new(Notify::new());
        let watching = Watch {
            publisher: publisher.downgrade(),
            deadline,
            asked: Arc::clone(&asked),
            signals,
            ended: sender,
        };
        std::thread::Builder::new()
            .name("publisher-signals".to_owned())
            .spawn(move || run(&runtime, watching, stopped))?;
        Ok(Self {
            publisher: publisher.clone(),
            deadline,
            asked,
            ended,
            _stop: stop,
        })
    }

    /// The publisher.
    #[must_use]
    pub fn publisher(&self) -> &Publisher<G> {
        &self.publisher
    }

    /// Waits for the end: for a signal, and for the shutdown that follows. Every call gives the same.
    ///
    /// A [`Publisher::shutdown`] by somebody else is not noticed here: end a managed publisher by
    /// [`shutdown`](Self::shutdown).
    ///
    /// # Cancel safety
    /// Dropping the future changes nothing.
    pub async fn ended(&self) -> Ended {
        let mut ended = self.ended.clone();
        let found = ended
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|found| found.clone());
        match found {
            Some(ended) => ended,
            // The thread has gone without an end: its publisher had.
            None => Ended {
                cause: EndCause::Asked,
                report: self.publisher.shutdown(self.deadline).await,
            },
        }
    }

    /// Shuts the publisher down now, as a signal does; a signal that comes meanwhile gives up at once.
    ///
    /// # Cancel safety
    /// Dropping the future, once polled, leaves the shutdown going on.
    pub async fn shutdown(&self) -> Ended {
        self.asked.notify_one();
        self.ended().await
    }

    /// As [`ended`](Self::ended), for programs without a runtime: blocks the thread.
    ///
    /// # Panics
    /// In async code, as all of [`Blocking`](crate::Blocking).
    #[must_use]
    pub fn blocking_ended(&self) -> Ended {
        self.publisher.blocking().wait(self.ended())
    }

    /// As [`shutdown`](Self::shutdown), for programs without a runtime: blocks the thread.
    ///
    /// # Panics
    /// In async code, as all of [`Blocking`](crate::Blocking).
    pub fn blocking_shutdown(&self) -> Ended {
        self.publisher.blocking().wait(self.shutdown())
    }
}

impl<G: Guarantee> fmt::Debug for ManagedPublisher<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ManagedPublisher")
            .field("publisher", &self.publisher)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

/// What the thread does.
struct Watch<G: Guarantee> {
    /// Weak, so that the thread keeps no publisher alive.
    publisher: WeakPublisher<G>,
    deadline: Duration,
    asked: Arc<Notify>,
    signals: Signals,
    ended: watch::Sender<Option<Ended>>,
}

fn run<G: Guarantee>(runtime: &Runtime, watching: Watch<G>, stopped: oneshot::Receiver<()>) {
    runtime.block_on(async {
        tokio::select! {
            () = watching.finish() => {}
            // Its sender is dropped, never used.
            _ = stopped => {}
        }
    });
}

impl<G: Guarantee> Watch<G> {
    async fn finish(mut self) {
        let cause = tokio::select! {
            signal = self.signals.next() => EndCause::Signal(signal),
            () = self.asked.notified() => EndCause::Asked,
        };
        let Some(publisher) = self.publisher.upgrade() else {
            return;
        };
        if let EndCause::Signal(signal) = cause {
            let deadline_ms = self.deadline.as_millis();
            isolated(|| tracing::info!(%signal, deadline_ms, "shutting down; another signal gives up at once"));
        }
        let ended = tokio::select! {
            biased;
            report = publisher.shutdown(self.deadline) => Ended { cause, report },
            signal = self.signals.next() => {
                // The other shutdown sees that nothing is left and ends as well.
                let report = publisher.shutdown(Duration::ZERO).await;
                let (returned, unknown) = (report.returned.len(), report.unknown);
                isolated(|| tracing::warn!(%signal, returned, unknown, "gave up"));
                Ended { cause: EndCause::Aborted(signal), report }
            }
        };
        self.ended.send_replace(Some(ended));
    }
}
