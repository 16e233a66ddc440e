//! The tasks of a publisher's failure policies: one sends records again when their pauses are over, one minds the circuit
//! breaker, tells its changes and asks the cluster.
//!
//! Knows tokio's clock, which a test can stop. Each task ends with its publisher.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use crate::circuit_breaker::CircuitBreaker;
use crate::dispatch::{Dispatcher, ToAsk};
use crate::lifecycle::on_a_thread;
use crate::producer::{DescribeError, DescribeErrorKind};

/// Starts the task that sends records again.
pub(crate) fn resume(runtime: &Handle, dispatcher: &Arc<Dispatcher>) {
    runtime.spawn(resume_in_time(Arc::downgrade(dispatcher), dispatcher.pauses()));
}

async fn resume_in_time(dispatcher: Weak<Dispatcher>, pauses: Arc<Notify>) {
    // Not held on to while it waits, or it would outlive its publisher.
    while let Some(next) = dispatcher
        .upgrade()
        .filter(|dispatcher| !dispatcher.is_ended())
        .map(|dispatcher| dispatcher.resume())
    {
        wait(&pauses, next).await;
    }
}

/// Starts the task that minds the circuit breaker.
pub(crate) fn mind(runtime: &Handle, dispatcher: &Arc<Dispatcher>, breaker: CircuitBreaker) {
    let (dispatcher, news) = (Arc::downgrade(dispatcher), dispatcher.news());
    runtime.spawn(async move {
        while let Some(to_ask) = dispatcher.upgrade().and_then(|dispatcher| dispatcher.look_at_circuit()) {
            tell(&dispatcher, &breaker);
            match to_ask {
                ToAsk::Later(at) => wait(&news, Some(at)).await,
                ToAsk::Topic(topic) => {
                    let (asked, patience) = (dispatcher.clone(), breaker.patience());
                    let answer = on_a_thread(move || asked.upgrade()?.describe_topic(&topic, patience)).await;
                    let no_thread = || Some(Err(DescribeError::new(DescribeErrorKind::Unreachable, NO_THREAD)));
                    if let (Some(dispatcher), Some(answer)) = (dispatcher.upgrade(), answer.unwrap_or_else(no_thread)) {
                        dispatcher.circuit_answered(answer);
                    }
                    tell(&dispatcher, &breaker);
                }
            }
        }
    });
}

const NO_THREAD: &str = "the system gives no thread to ask the cluster with";

/// Until this time, or until there is news.
async fn wait(news: &Notify, until: Option<Instant>) {
    match until {
        Some(until) => {
            // Either is a reason to look again.
            let _ = timeout_at(until, news.notified()).await;
        }
        None => news.notified().await,
    }
}

fn tell(dispatcher: &Weak<Dispatcher>, breaker: &CircuitBreaker) {
    let changes = dispatcher.upgrade().map(|dispatcher| dispatcher.take_changes());
    for change in changes.into_iter().flatten() {
        if change.to.is_closed() {
            tracing::warn!("{change}");
        } else {
            tracing::error!("{change}");
        }
        let Some(on_change) = breaker.hook() else { continue };
        // A user's panic must not end the task.
        if catch_unwind(AssertUnwindSafe(|| on_change(&change))).is_err() {
            tracing::error!("the `on_change` callback of the circuit breaker panicked");
        }
    }
}
