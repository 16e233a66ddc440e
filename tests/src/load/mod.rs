//! [`Load`]: a publisher whose calls are taken down, so that the checker can judge them at its end.

mod waiting;
mod writer;

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{Delivery, PublishError, Publisher, PublisherBuilder, ShutdownReport, events};

use crate::checker::{Copied, Recorder, Repeats, Report, check};
use crate::counted::{Call, Calls, Counted, TOPIC, read_back};
use waiting::Form;
pub use waiting::Waiting;
pub use writer::Writer;

/// How long an end may take that is certain to come, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

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

impl Load {
    /// A publisher at these brokers, to a topic that exists, with a registry of its own.
    pub async fn start(
        bootstrap_servers: &str,
        topic: &str,
        seed: u64,
        change: impl FnOnce(PublisherBuilder) -> PublisherBuilder,
    ) -> Arc<Self> {
        Self::undeclared(bootstrap_servers, topic, seed, |builder| {
            change(builder.events(events![Counted]))
        })
        .await
    }

    /// The same without a question to the registry before the first record has to leave.
    pub async fn undeclared(
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

    /// Publishes the next event of a key, under an id of its own.
    #[must_use]
    pub fn call(&self, key: &str) -> Waiting {
        let waiting = self.make(key, |mut call| {
            let event_id = format!("{key}/{}", call.sequence);
            let prepared = self.publisher.prepare(call.event(self.padding)).event_id(&event_id);
            call.event_id = Some(event_id);
            self.recorder.calls(&call);
            Some((Form::Publishing(prepared.send()), call))
        });
        waiting.unwrap()
    }

    /// Enqueues the next event of a key.
    #[must_use]
    pub fn enqueue(&self, key: &str) -> Waiting {
        let waiting = self.make(key, |call| {
            self.recorder.calls(&call);
            Some((Form::Enqueuing(self.publisher.enqueue(call.event(self.padding))), call))
        });
        waiting.unwrap()
    }

    /// Enqueues the next event of a key, if there is room.
    #[must_use]
    pub fn try_enqueue(&self, key: &str) -> Option<Waiting> {
        self.make(key, |call| {
            self.recorder.calls(&call);
            match self.publisher.try_enqueue(call.event(self.padding)) {
                Ok(pending) => Some((Form::Pending(pending), call)),
                Err(PublishError::ShutDown) => Some((Form::Stopped, call)),
                Err(PublishError::BufferFull { .. }) => {
                    self.recorder.refused(&call);
                    None
                }
                Err(error) => panic!("not expected: {error:?}"),
            }
        })
    }

    /// Makes the next call of a key.
    fn make(&self, key: &str, call: impl FnOnce(Call) -> Option<(Form, Call)>) -> Option<Waiting> {
        // Held until the call is made, for the order of the numbers is to be that of the calls.
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let (form, call) = call(calls.next(key))?;
        Some(Waiting::new(form, call, self.recorder.clone()))
    }

    /// Publishes so many events, in turn of these keys.
    #[must_use]
    pub fn calls(&self, keys: &[&str], events: usize) -> Vec<Waiting> {
        let keys = keys.iter().cycle().take(events);
        keys.map(|key| self.call(key)).collect()
    }

    /// Publishes events of keys of its own from a task, a call each pause, until it is told to stop; of a hundred callers
    /// so many go away, before the end or after it.
    pub fn write(self: &Arc<Self>, seed: u64, pause: Duration, leaving: u64) -> Writer {
        Writer::start(Arc::clone(self), seed, pause, leaving)
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
