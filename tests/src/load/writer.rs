//! [`Writer`]: a task that publishes events of keys of its own, in all forms of calls, until it is told to stop.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use super::{Load, PATIENCE};
use crate::random::Random;

/// How many calls of a writer may wait for their ends.
const IN_FLIGHT: usize = 500;
/// How many keys a writer has.
const KEYS: u32 = 8;

/// A task that publishes.
pub struct Writer {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Writer {
    pub(super) fn start(load: Arc<Load>, seed: u64, pause: Duration, leaving: u64) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(write(load, seed, pause, leaving, stopped));
        Self { stop, task }
    }

    /// Ends it, and waits until all its calls have their ends.
    ///
    /// # Panics
    /// A call has none in time.
    pub async fn stop(self) {
        self.tell();
        self.task.await.unwrap();
    }

    /// Tells it to end.
    pub fn tell(&self) {
        // It may have ended.
        let _ = self.stop.send(true);
    }
}

async fn write(load: Arc<Load>, seed: u64, pause: Duration, leaving: u64, mut stopped: watch::Receiver<bool>) {
    let mut random = Random::new(seed);
    let mut calls = JoinSet::new();
    while !*stopped.borrow_and_update() {
        let key = format!("{seed}-{}", random.below(KEYS));
        let waiting = match random.below(10) {
            0..=5 => vec![load.call(&key)],
            6..=7 => vec![load.enqueue(&key)],
            8 => load.try_enqueue(&key).into_iter().collect(),
            _ => (0..5).map(|_| load.call(&key)).collect(),
        };
        for waiting in waiting {
            let leaves = random.below(100_u64) < leaving;
            let patience = if leaves {
                Duration::from_micros(random.below(20_000_u64))
            } else {
                PATIENCE
            };
            calls.spawn(async move {
                let answered = tokio::time::timeout(patience, waiting).await.is_ok();
                assert!(answered || leaves, "no answer after {PATIENCE:?}");
            });
        }
        // Whoever stops does not wait for those who wait.
        while calls.len() >= IN_FLIGHT && !*stopped.borrow_and_update() {
            tokio::select! {
                Some(call) = calls.join_next() => call.unwrap(),
                _stopped = stopped.changed() => {}
            }
        }
        while let Some(call) = calls.try_join_next() {
            call.unwrap();
        }
        // To be told to stop ends the pause.
        let _ = tokio::time::timeout(pause, stopped.changed()).await;
    }
    while let Some(call) = calls.join_next().await {
        call.unwrap();
    }
}
