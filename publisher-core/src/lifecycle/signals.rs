//! The signals by which a process is asked to end.
//!
//! Knows the operating system's signals; knows no publisher.

use std::fmt;
use std::io;

/// A signal that asks the process to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShutdownSignal {
    /// SIGTERM: from a supervisor, such as Kubernetes or systemd. Unix only.
    Terminate,
    /// SIGINT, or ctrl-c on other systems: from the terminal.
    Interrupt,
}

impl fmt::Display for ShutdownSignal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Terminate => "SIGTERM",
            Self::Interrupt => "SIGINT",
        })
    }
}

/// Hears these signals from its making on, until it is dropped. Several hear each of them.
#[cfg(unix)]
pub(super) struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// To be called within a runtime that has its I/O driver.
    pub(super) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// The next signal. Two of one sort that come at once may count as one.
    ///
    /// # Cancel safety
    /// Dropping the future loses no signal.
    pub(super) async fn next(&mut self) -> ShutdownSignal {
        tokio::select! {
            Some(()) = self.terminate.recv() => ShutdownSignal::Terminate,
            Some(()) = self.interrupt.recv() => ShutdownSignal::Interrupt,
            // Neither will ever come again.
            else => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
pub(super) struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
}

#[cfg(not(unix))]
impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        let interrupt = tokio::signal::windows::ctrl_c()?;
        Ok(Self { interrupt })
    }

    pub(super) async fn next(&mut self) -> ShutdownSignal {
        match self.interrupt.recv().await {
            Some(()) => ShutdownSignal::Interrupt,
            None => std::future::pending().await,
        }
    }
}
