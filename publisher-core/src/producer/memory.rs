//! The memory backend: [`MemoryBroker`], a log in memory for tests, and the [`MemoryProducer`] that writes to it.
//!
//! Keeps the contract of a producer with Kafka's partitioner and limits, and fails on demand. Knows no network, no
//! compression, no retries and no second process: what it lost is lost for good.

mod state;
mod transactions;

use std::fmt;
use std::sync::{Arc, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::refusal::{invalid_topic, refusal};
use super::{
    Connect, DescribeError, DescribeErrorKind, Placement, Producer, Reports, SendError, Token, TopicDescription,
    TransactionFailure, Transactions, Undelivered,
};
use crate::error::{ConfigError, Persistence, ProduceError, ProduceErrorKind};
use crate::partitioner::{Choice, Chooser, Partitioner, no_such_partition};
use crate::record::{Record, RecordRef};
use state::{Report, Shared, Waiting, take_one};
pub use transactions::TransactionStep;

/// Something that goes wrong on purpose. Faults of one sort take effect one after another, in the order in which they
/// were added.
///
/// A fatal error breaks the producer that has it, as with Kafka: everything that it holds and is given afterwards ends with
/// that error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The next records that come to be delivered are reported with this error.
    ///
    /// Where the error says that they may be in the log, they are: sending them again makes a second copy.
    Fail {
        /// How many records.
        records: usize,
        /// The report.
        error: ProduceError,
    },
    /// The next calls of `send` refuse the record with this error, without a report.
    Refuse {
        /// How many calls.
        sends: usize,
        /// The refusal.
        error: ProduceError,
    },
    /// The next calls of `send` answer that the buffer is full.
    Full {
        /// How many calls.
        sends: usize,
    },
    /// The next calls of this step of a transaction end with this failure. One that may have ended the transaction has: the
    /// answer is what is missing.
    Transaction {
        /// How many calls.
        calls: usize,
        /// The step.
        step: TransactionStep,
        /// The failure.
        failure: TransactionFailure,
    },
    /// The next calls of `describe_topic` end with this error.
    Describe {
        /// How many calls.
        calls: usize,
        /// The error.
        error: DescribeError,
    },
}

/// What the clients of a [`MemoryBroker`] find of a topic and may do with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TopicAccess {
    /// It is there, or appears on first use, and everybody writes. The default.
    #[default]
    Open,
    /// It is there, and nobody may write: records are refused as unauthorised.
    ReadOnly,
    /// It may not even be described, so that nobody learns whether it is there: records are refused as unauthorised.
    Hidden,
    /// It does not exist and is not made on first use: records are refused for an unknown topic.
    Missing,
}

/// A record in the log of a [`MemoryBroker`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where it lies.
    pub placement: Placement,
    /// The record as it was sent.
    pub record: Record,
}

/// A broker that lives in memory: topics appear on first use, each with the same number of partitions (6 by default).
///
/// A handle: clones share the log. Reports are given at once by a thread of the producer, or on demand after
/// [`hold`](Self::hold).
///
/// # Examples
/// ```
/// # use std::sync::{Arc, mpsc};
/// # use std::time::Duration;
/// use publisher_core::producer::{MemoryBroker, Outcome, Producer, Reports, Token};
/// use publisher_core::{Headers, Record};
///
/// struct Printed(mpsc::Sender<Token>);
/// impl Reports for Printed {
///     fn report(&self, token: Token, outcome: Outcome) {
///         assert!(outcome.is_ok());
///         self.0.send(token).ok();
///     }
/// }
///
/// let broker = MemoryBroker::new();
/// let (sender, reports) = mpsc::channel();
/// let producer = broker.producer(Arc::new(Printed(sender)));
/// let record = Record {
///     topic: "orders".to_owned(), partition: None, key: Some(b"order-1".to_vec()), value: None,
///     headers: Headers::new(), timestamp_ms: 1_700_000_000_000,
/// };
/// producer.send(record.as_ref(), Token(7)).unwrap();
/// assert_eq!(producer.flush(Duration::from_secs(1)), 0);
/// assert_eq!(reports.recv(), Ok(Token(7)));
/// assert_eq!(broker.records()[0].record, record);
/// ```
#[derive(Clone)]
pub struct MemoryBroker {
    shared: Arc<Shared>,
}

impl MemoryBroker {
    /// A broker without topics.
    #[must_use]
    pub fn new() -> Self {
        Self {
            shared: Arc::new(Shared::default()),
        }
    }

    /// Sets how many partitions each topic has. For use before the first record.
    ///
    /// # Panics
    /// If `partitions` is less than 1.
    #[must_use]
    pub fn partitions(self, partitions: i32) -> Self {
        assert!(partitions >= 1, "a topic has at least one partition, not {partitions}");
        self.shared.lock().partitions = partitions;
        self
    }

    /// Sets which partition the records of its producers go to; [`Partitioner::Murmur2`] by default, with which records
    /// without a key go round. For use before the first producer.
    #[must_use]
    pub fn partitioner(self, partitioner: Partitioner) -> Self {
        self.shared.lock().partitioner = partitioner;
        self
    }

    /// Sets how many records may await their report before `send` answers that the buffer is full. Unlimited by
    /// default.
    #[must_use]
    pub fn capacity(self, records: usize) -> Self {
        self.shared.lock().capacity = records;
        self
    }

    /// Sets the size from which a record is refused, counted as Kafka does. 1,000,000 by default.
    #[must_use]
    pub fn max_record_bytes(self, bytes: usize) -> Self {
        self.shared.lock().max_record_bytes = bytes;
        self
    }

    /// A producer that writes to this broker.
    #[must_use]
    pub fn producer(&self, reports: Arc<dyn Reports>) -> MemoryProducer {
        MemoryProducer::start(self.clone(), reports)
    }

    /// What a publisher's builder calls to start a producer that writes to this broker.
    #[must_use]
    pub fn connect(&self) -> Connect {
        let broker = self.clone();
        Arc::new(move |reports| Ok::<Arc<dyn Producer>, ConfigError>(Arc::new(broker.producer(reports))))
    }

    /// Everything in the log that is committed, in the order in which it was written, or committed.
    #[must_use]
    pub fn records(&self) -> Vec<Stored> {
        self.shared.lock().log.clone()
    }

    /// How many records were written so far, those of transactions that were not committed included.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.shared.lock().written
    }

    /// How many producers were made so far.
    #[must_use]
    pub fn clients(&self) -> u64 {
        self.shared.lock().producers
    }

    /// Decides what clients find of a topic and may do with it from now on.
    pub fn topic_access(&self, topic: impl Into<String>, access: TopicAccess) {
        self.shared.lock().access.insert(topic.into(), access);
    }

    /// Lets something go wrong.
    pub fn inject(&self, fault: Fault) {
        let mut state = self.shared.lock();
        match fault {
            Fault::Fail { records, error } => state.failures.push_back((records, error)),
            Fault::Refuse { sends, error } => state.refusals.push_back((sends, error)),
            Fault::Full { sends } => state.full_sends += sends,
            Fault::Transaction { calls, step, failure } => state.ledger.faults.push_back((calls, (step, failure))),
            Fault::Describe { calls, error } => state.undescribed.push_back((calls, error)),
        }
    }

    /// Stops the deliveries: records wait until they are delivered on demand.
    pub fn hold(&self) {
        self.shared.lock().held = true;
    }

    /// Ends [`hold`](Self::hold): what waits is delivered at once, and what comes after it too.
    pub fn release(&self) {
        self.shared.lock().held = false;
        self.shared.changed.notify_all();
    }

    /// Delivers the record that has waited longest and gives its report on this thread. False if none waits.
    pub fn deliver_next(&self) -> bool {
        let next = self.shared.lock().deliver();
        next.map(|report| self.shared.give(report)).is_some()
    }

    /// Delivers what waits, as [`deliver_next`](Self::deliver_next) does. Returns how many records that were.
    pub fn deliver_all(&self) -> usize {
        std::iter::from_fn(|| self.deliver_next().then_some(())).count()
    }

    /// How many records have no report yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.shared.lock().unreported.values().sum()
    }
}

impl Default for MemoryBroker {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemoryBroker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryBroker")
            .field("records", &self.shared.lock().log.len())
            .finish_non_exhaustive()
    }
}

/// A producer that writes to a [`MemoryBroker`].
///
/// Reports come on a thread named `publisher-memory`. Dropping it gives up what has no report yet and reports each such
/// record.
pub struct MemoryProducer {
    broker: MemoryBroker,
    reports: Arc<dyn Reports>,
    id: u64,
    /// `None` where the broker's own choice, by hash or in turn, is what was asked for.
    chooser: Option<Chooser>,
    deliverer: Option<JoinHandle<()>>,
}

impl MemoryProducer {
    /// A producer with a broker of its own.
    #[must_use]
    pub fn new(reports: Arc<dyn Reports>) -> Self {
        MemoryBroker::new().producer(reports)
    }

    /// The broker that it writes to.
    #[must_use]
    pub fn broker(&self) -> &MemoryBroker {
        &self.broker
    }

    /// Everything in the broker's log, in the order in which it was written.
    #[must_use]
    pub fn records(&self) -> Vec<Stored> {
        self.broker.records()
    }

    fn start(broker: MemoryBroker, reports: Arc<dyn Reports>) -> Self {
        let (id, partitioner) = {
            let mut state = broker.shared.lock();
            state.producers += 1;
            let id = state.producers;
            state.unreported.insert(id, 0);
            (id, state.partitioner.clone())
        };
        let chooser = match partitioner {
            Partitioner::Murmur2 => None,
            other => Some(Chooser::new(other)),
        };
        let shared = Arc::clone(&broker.shared);
        // A thread of its own, as with Kafka: a report that ran inside `send` would meet the locks that its caller
        // holds. Where none can be started, `flush` and `deliver_all` still deliver.
        let deliverer = thread::Builder::new()
            .name("publisher-memory".to_owned())
            .spawn(move || shared.deliver_until_closed(id))
            .ok();
        Self {
            broker,
            reports,
            id,
            chooser,
            deliverer,
        }
    }

    /// Reports everything that waits as failed, with this error.
    fn give_up(&self, error: &ProduceError) {
        let shared = &self.broker.shared;
        let purged: Vec<Waiting> = {
            let mut state = shared.lock();
            let (own, others) = std::mem::take(&mut state.queue)
                .into_iter()
                .partition(|waiting| waiting.producer == self.id);
            state.queue = others;
            Vec::from(own)
        };
        for waiting in purged {
            let outcome = Err(Box::new(Undelivered {
                error: error.clone(),
                record: waiting.record,
            }));
            shared.give(Report {
                producer: waiting.producer,
                reports: waiting.reports,
                token: waiting.token,
                outcome,
            });
        }
    }

    /// The partition that the partitioner chooses; `None` leaves it to the broker. To be called without the lock, for it
    /// runs a user's function.
    fn partition(&self, record: RecordRef<'_>, partitions: i32) -> Result<Option<i32>, ProduceError> {
        let (None, Some(chooser)) = (record.partition, &self.chooser) else {
            return Ok(record.partition);
        };
        match chooser.choose(record.topic, record.key, partitions, Instant::now(), |_| true) {
            Choice::Partition(chosen) => Ok(Some(chosen)),
            Choice::NoSuchPartition(chosen) => Err(no_such_partition(record.topic, chosen, partitions)),
        }
    }
}

impl Producer for MemoryProducer {
    fn send(&self, record: RecordRef<'_>, token: Token) -> Result<(), SendError> {
        let shared = &self.broker.shared;
        let mut state = shared.lock();
        let refused = refusal(record, state.max_record_bytes).or_else(|| state.refused_by_topic(record));
        let broken = state.broken.get(&self.id).cloned();
        let refused = refused.or(broken).or_else(|| state.ledger.refusal(self.id));
        if let Some(error) = refused.or_else(|| take_one(&mut state.refusals)) {
            state.note_fatal(self.id, &error);
            return Err(SendError::Refused(error));
        }
        if state.full_sends > 0 {
            state.full_sends -= 1;
            return Err(SendError::Full);
        }
        if state.unreported.values().sum::<usize>() >= state.capacity {
            return Err(SendError::Full);
        }
        *state.unreported.entry(self.id).or_default() += 1;
        let partitions = state.partitions;
        drop(state);
        let chosen = self.partition(record, partitions);
        let mut state = shared.lock();
        let partition = match chosen {
            Ok(partition) => partition,
            Err(error) => {
                *state.unreported.entry(self.id).or_default() -= 1;
                drop(state);
                shared.changed.notify_all();
                return Err(SendError::Refused(error));
            }
        };
        state.queue.push_back(Waiting {
            producer: self.id,
            reports: Arc::clone(&self.reports),
            token,
            partition,
            record: record.to_record(),
        });
        drop(state);
        shared.changed.notify_all();
        Ok(())
    }

    fn flush(&self, deadline: Duration) -> usize {
        let shared = &self.broker.shared;
        let start = Instant::now();
        let mut state = shared.lock();
        loop {
            let unreported = state.unreported.get(&self.id).copied().unwrap_or_default();
            let left = deadline.saturating_sub(start.elapsed());
            if unreported == 0 || left.is_zero() {
                return unreported;
            }
            state = shared
                .changed
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    fn purge(&self) {
        self.give_up(&ProduceError::new(
            ProduceErrorKind::ShutDown,
            Persistence::NotPersisted,
            "given up before it was sent: the publisher was shut down",
        ));
    }

    fn transactions(&self) -> Option<&dyn Transactions> {
        Some(self)
    }

    /// Answers at once. A topic that was not used yet exists, for it would appear on first use.
    fn describe_topic(&self, topic: &str, _: Duration) -> Result<TopicDescription, DescribeError> {
        if let Some(reason) = invalid_topic(topic) {
            return Err(DescribeError::new(DescribeErrorKind::InvalidTopic, reason));
        }
        let mut state = self.broker.shared.lock();
        if let Some(error) = take_one(&mut state.undescribed) {
            return Err(error);
        }
        state.describe(topic)
    }
}

impl Drop for MemoryProducer {
    fn drop(&mut self) {
        self.purge();
        // Its absence tells the thread to end.
        let mut state = self.broker.shared.lock();
        state.unreported.remove(&self.id);
        state.broken.remove(&self.id);
        drop(state);
        self.broker.shared.changed.notify_all();
        let Some(deliverer) = self.deliverer.take() else { return };
        // A report that drops the last reference runs on that thread, which cannot wait for itself.
        if deliverer.thread().id() != thread::current().id() {
            // It catches the panics of reports and has none of its own.
            let _ended = deliverer.join();
        }
    }
}

impl fmt::Debug for MemoryProducer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryProducer")
            .field("broker", &self.broker)
            .finish_non_exhaustive()
    }
}
