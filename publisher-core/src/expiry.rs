//! The task that ends the wait for a place in the buffer in time.
//!
//! There is one at the most for each publisher, and only while a record waits: all may wait equally long, so that the one
//! that came first is always the next.

use std::sync::{Arc, Weak};

use tokio::runtime::Handle;

use crate::dispatch::Dispatcher;

/// Starts the task; it ends by itself when no record waits any more.
pub(crate) fn start(runtime: &Handle, dispatcher: &Arc<Dispatcher>) {
    runtime.spawn(expire_in_time(Arc::downgrade(dispatcher)));
}

async fn expire_in_time(dispatcher: Weak<Dispatcher>) {
    // Not held on to while it sleeps, or it would outlive its publisher.
    while let Some(next) = dispatcher.upgrade().and_then(|dispatcher| dispatcher.expire()) {
        tokio::time::sleep_until(next).await;
    }
}
