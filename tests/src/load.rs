//! [`Load`]: a publisher whose calls are taken down, so that the checker can judge them at its end.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{Delivery, PublishError, Publisher, PublisherBuilder, Publishing, ShutdownReport, events};
use tokio::task::JoinSet;

use crate::checker::{Copied, Recorder, Repeats, Report, check};
use crate::counted::{Call, Calls, Counted, TOPIC, read_back};
use crate::random::Random;

/// How long an end may take that is certain to come, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many calls of a writer may wait for their ends.
const IN_FLIGHT: usize = 500;

/// A publisher with the events that it was given.
pub struct Load {
    /// The publisher itself.
    pub publisher: Publisher,
    /// What happens.
    pub recorder: Recorder,
    topic: String,
    calls: Mutex<Calls>,
    /// Bytes of padding in each event.
    padding: usize,
    registry: EmbeddedRegistry,
}

/// A call that waits for its end. Dropping it is noted: its caller knows nothing then.
pub struct Waiting {
    publishing: Publishing,
    call: Call,
    recorder: Recorder,
    answered: bool,
}

impl Load {
    /// A publisher at these brokers, to a topic that exists, with a registry of its own.
    pub async fn start(
        bootstrap_servers: &str,
        topic: &str,
        seed: u64,
        change: impl FnOnce(PublisherBuilder) -> PublisherBuilder,
    ) -> Arc<Self> {
        let registry = EmbeddedRegistry::start().unwrap();
        let recorder = Recorder::new(seed);
        let builder = Publisher::builder()
            .bootstrap_servers(bootstrap_servers)
            .registry(registry.url())
            .rename_topic(TOPIC, topic)
            .events(events![Counted])
            .on_delivery(recorder.on_delivery());
        Arc::new(Self {
            publisher: change(builder).build().await.unwrap(),
            recorder,
            topic: topic.to_owned(),
            calls: Mutex::default(),
            padding: 100,
            registry,
        })
    }

    /// The registry that it asks.
    #[must_use]
    pub fn registry(&self) -> &EmbeddedRegistry {
        &self.registry
    }

    /// The topic that it writes to.
    #[must_use]
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// Publishes the next event of a key.
    #[must_use]
    pub fn call(&self, key: &str) -> Waiting {
        // Held until the call is made, for the order of the numbers is to be that of the calls.
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let call = calls.next(key);
        self.recorder.calls(&call);
        let prepared = self.publisher.prepare(call.event(self.padding));
        Waiting {
            publishing: prepared.event_id(&call.event_id).send(),
            call,
            recorder: self.recorder.clone(),
            answered: false,
        }
    }

    /// Publishes so many events, in turn of these keys.
    #[must_use]
    pub fn calls(&self, keys: &[&str], events: usize) -> Vec<Waiting> {
        let keys = keys.iter().cycle().take(events);
        keys.map(|key| self.call(key)).collect()
    }

    /// Publishes events of keys of its own from a task, one each pause, until it is told to stop; of a hundred callers
    /// so many go away before the end.
    pub fn write(self: &Arc<Self>, seed: u64, pause: Duration, leaving: u64) -> Writer {
        let (stop, mut stopped) = tokio::sync::watch::channel(false);
        let load = Arc::clone(self);
        let task = tokio::spawn(async move {
            let mut random = Random::new(seed);
            let mut calls = JoinSet::new();
            while !*stopped.borrow_and_update() {
                let waiting = load.call(&format!("{seed}-{}", random.below(8_u32)));
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
                let _ = tokio::time::timeout(pause, stopped.changed()).await;
            }
            while let Some(call) = calls.join_next().await {
                call.unwrap();
            }
        });
        Writer { stop, task }
    }

    /// Shuts the publisher down within the deadline; all writers have been stopped, or run into its end.
    pub async fn shutdown(&self, deadline: Duration) -> ShutdownReport {
        self.publisher.shutdown(deadline).await
    }

    /// Reads the log, straight from the brokers, and judges it together with what was taken down.
    pub async fn judge(&self, shutdown: &ShutdownReport, bootstrap_servers: &str, repeats: Repeats) -> Report {
        let log = self.read_back(bootstrap_servers).await;
        let (history, counted) = self.recorder.finish(shutdown, &log);
        check(&history, &log, &counted, repeats)
    }

    /// Delivers what is left and judges it all.
    ///
    /// # Panics
    /// Something does not go together, or was given back.
    pub async fn finish(&self, bootstrap_servers: &str, repeats: Repeats) -> Report {
        let shutdown = self.shutdown(PATIENCE).await;
        let report = self.judge(&shutdown, bootstrap_servers, repeats).await;
        report.assert();
        assert_eq!(report.counts.returned, 0, "{report}");
        report
    }

    /// What lies in the topic.
    pub async fn read_back(&self, bootstrap_servers: &str) -> Vec<Copied> {
        let (servers, topic) = (bootstrap_servers.to_owned(), self.topic.clone());
        tokio::task::spawn_blocking(move || read_back(&servers, &topic))
            .await
            .unwrap()
    }
}

/// A task that publishes.
pub struct Writer {
    stop: tokio::sync::watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Writer {
    /// Ends it, and waits until all its calls have their ends.
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

/// Waits for all ends.
pub async fn answers(calls: Vec<Waiting>) -> Vec<Result<Delivery, PublishError>> {
    let mut answers = Vec::new();
    for call in calls {
        answers.push(within(call).await);
    }
    answers
}

/// Waits for what is certain to come.
pub async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(PATIENCE, future).await.expect("an end in time")
}

impl Future for Waiting {
    type Output = Result<Delivery, PublishError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let answer = Pin::new(&mut this.publishing).poll(context);
        if let Poll::Ready(answer) = &answer {
            this.recorder.answered(&this.call, answer.as_ref());
            this.answered = true;
        }
        answer
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if !self.answered {
            self.recorder.left(&self.call);
        }
    }
}
