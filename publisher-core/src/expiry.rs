//! The tasks that end in time the wait for a place in the buffer, and that for a delivery.
//!
//! There is one of each at the most for each publisher, and only while a record waits: all may wait equally long, so that
//! the one that came first is always the next.

use std::sync::{Arc, Weak};

use tokio::runtime::Handle;
use tokio::time::Instant;

use crate::dispatch::Dispatcher;

/// Starts the task for those that wait for a place; it ends by itself when no record waits any more.
pub(crate) fn start(runtime: &Handle, dispatcher: &Arc<Dispatcher>) {
    runtime.spawn(call_in_time(Arc::downgrade(dispatcher), Dispatcher::expire));
}

/// Starts the task for those that have a place; it ends by itself when nothing is on its way any more.
pub(crate) fn watch(runtime: &Handle, dispatcher: &Arc<Dispatcher>) {
    runtime.spawn(call_in_time(Arc::downgrade(dispatcher), Dispatcher::overdue));
}

/// Calls at once, and whenever the call has said.
async fn call_in_time(dispatcher: Weak<Dispatcher>, call: fn(&Dispatcher) -> Option<Instant>) {
    // Not held on to while it sleeps, or it would outlive its publisher.
    while let Some(next) = dispatcher.upgrade().and_then(|dispatcher| call(&dispatcher)) {
        tokio::time::sleep_until(next).await;
    }
}
