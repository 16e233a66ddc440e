//! Closing within a bound: flush to the deadline, give up what is left, and wait no longer for whoever hangs.
//!
//! Everything that may block for longer than it says (a producer of somebody else's, a callback) runs on a thread of its
//! own, which is left behind when the time is over.

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::dispatch::{Dispatcher, in_strangers_code, isolated};
use crate::record::Record;
use crate::transaction::Coordinator;

/// How long a shutdown may last beyond its deadline. The reports of what is purged need no broker and come at once.
const GRACE: Duration = Duration::from_millis(200);

/// What of that is left for what has no answer, if the abort of a transaction has taken the rest; comes on top of it at the
/// worst.
const LAST_GRACE: Duration = Duration::from_millis(50);

/// How long dropping the last handle flushes.
const DROP_DEADLINE: Duration = Duration::from_secs(5);

/// What became of a publisher's records, exact: accepted = delivered + failed + unknown + returned + withdrawn.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ShutdownReport {
    /// How many records were delivered since the publisher was built.
    pub delivered: u64,
    /// How many are surely not in the log.
    pub failed: u64,
    /// How many may be in the log.
    pub unknown: u64,
    /// The records that were accepted but not sent before the deadline.
    pub returned: Vec<Record>,
    /// How many records their callers took back, by dropping the future before the record was handed over.
    pub withdrawn: u64,
    /// How many of the failed and unknown ones became dead letters.
    pub dead_lettered: u64,
}

impl ShutdownReport {
    fn of(dispatcher: &Dispatcher) -> Self {
        let (counts, returned) = dispatcher.summary();
        Self {
            delivered: counts.delivered,
            failed: counts.failed,
            unknown: counts.unknown,
            returned,
            dead_lettered: counts.dead_lettered,
            withdrawn: counts.withdrawn,
        }
    }
}

/// Refuses calls from its first poll on, and resolves within the deadline and a quarter of a second.
pub(crate) async fn shut_down(
    dispatcher: &Arc<Dispatcher>,
    transactions: Option<&Arc<Coordinator>>,
    deadline: Duration,
) -> ShutdownReport {
    dispatcher.stop();
    let (closing, transactions) = (Arc::clone(dispatcher), transactions.cloned());
    on_a_thread(move || close(&closing, transactions, deadline)).await;
    ShutdownReport::of(dispatcher)
}

/// What the last handle does when it goes. Blocks the thread, but for one that runs a callback: there the wait would be
/// for the callback's own end. `rest` is dropped last.
pub(crate) fn at_drop(dispatcher: Arc<Dispatcher>, transactions: Option<Arc<Coordinator>>, rest: impl Send + 'static) {
    dispatcher.stop();
    if !in_strangers_code() {
        return end(&dispatcher, transactions, rest);
    }
    let ending = Arc::clone(&dispatcher);
    let spawned = named("publisher-flush").spawn(move || end(&ending, transactions, rest));
    if let Err(error) = spawned {
        tracing::error!(%error, "no thread for the flush; records that were not sent are lost");
        drop(dispatcher.disconnect());
    }
}

fn end(dispatcher: &Arc<Dispatcher>, transactions: Option<Arc<Coordinator>>, rest: impl Send + 'static) {
    // None is open any more, but the last one may be being aborted.
    end_transactions(transactions, DROP_DEADLINE);
    let outstanding = dispatcher.counts().outstanding();
    if outstanding > 0 && !dispatcher.is_closed() {
        isolated(|| {
            tracing::warn!(
                records = outstanding,
                "publisher dropped without `shutdown` while records were on their way; flushing for up to 5 s"
            );
        });
        close(dispatcher, None, DROP_DEADLINE);
        let ShutdownReport { returned, unknown, .. } = ShutdownReport::of(dispatcher);
        if !returned.is_empty() || unknown > 0 {
            isolated(|| {
                tracing::error!(
                    not_sent = returned.len(),
                    unknown,
                    "publisher dropped without `shutdown`: records were lost, or may be"
                );
            });
        }
    }
    // Breaks the circle between dispatcher and producer; the client is closed here.
    let producer = dispatcher.disconnect();
    if dispatcher.counts().outstanding() == 0 {
        drop(producer);
    } else {
        // It hangs, and so may its own end.
        let dropping = named("publisher-drop").spawn(move || drop(producer));
        if let Err(error) = dropping {
            tracing::error!(%error, "no thread for the end of a client that hangs");
        }
    }
    drop(rest);
}

/// Flushes to the deadline and gives up what is left. Returns within the deadline and the grace, whatever the producer
/// and the callbacks do.
fn close(dispatcher: &Arc<Dispatcher>, transactions: Option<Arc<Coordinator>>, deadline: Duration) {
    let start = Instant::now();
    end_transactions(transactions, deadline);
    let overdue = start.elapsed().saturating_sub(deadline);
    let deadline = deadline.saturating_sub(start.elapsed());
    if dispatcher.counts().outstanding() == 0 {
        return;
    }
    let flushing = Arc::clone(dispatcher);
    within(deadline, move || {
        let _asked_below = flushing.flush(deadline);
    });
    if dispatcher.counts().outstanding() > 0 {
        let closing = Arc::clone(dispatcher);
        let grace = GRACE.saturating_sub(overdue).max(LAST_GRACE);
        within(grace, move || closing.give_up(grace));
    }
}

/// Lets a transaction end by itself for a while, and aborts it then. Until that is done its records count as delivered, so
/// that it is waited for beyond the deadline.
fn end_transactions(transactions: Option<Arc<Coordinator>>, deadline: Duration) {
    if let Some(transactions) = transactions {
        within(deadline.saturating_add(GRACE), move || transactions.close(deadline));
    }
}

/// Runs what blocks on a thread of its own and waits for it, at most this long.
fn within(limit: Duration, work: impl FnOnce() + Send + 'static) {
    let (done, finished) = mpsc::channel();
    let run = move || {
        work();
        // Nobody waits for it any more, if this fails.
        let _ = done.send(());
    };
    match named("publisher-flush").spawn(run) {
        // An error is the end of the time, or a panic of whoever was called.
        Ok(_) => drop(finished.recv_timeout(limit)),
        Err(error) => tracing::error!(%error, "no thread for the flush"),
    }
}

/// Runs what blocks on a thread of its own, so that it needs no runtime. `None` if the system gives no thread.
pub(crate) async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (done, result) = oneshot::channel();
    let run = move || {
        // Nobody waits for it any more, if this fails.
        let _ = done.send(work());
    };
    if let Err(error) = named("publisher-flush").spawn(run) {
        tracing::error!(%error, "no thread for the flush");
    }
    result.await.ok()
}

fn named(name: &str) -> thread::Builder {
    thread::Builder::new().name(name.to_owned())
}
