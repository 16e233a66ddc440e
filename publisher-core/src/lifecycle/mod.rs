//! The end of a publisher: shutdown by a deadline, by a signal, by a drop.
//!
//! Knows what is waited for and how long; what becomes of each record is decided in `dispatch`.

mod closing;
mod managed;
mod signals;

pub use closing::ShutdownReport;
pub(crate) use closing::{at_drop, on_a_thread, shut_down};
pub use managed::{EndCause, Ended, ManagedPublisher};
pub use signals::ShutdownSignal;
