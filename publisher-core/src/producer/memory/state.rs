//! The log, the queue before it and the faults; the loop that delivers.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::transactions::Ledger;
use super::{Stored, TopicAccess};
use crate::error::{Persistence, ProduceError, ProduceErrorKind};
use crate::partitioner::{Partitioner, partition};
use crate::producer::{
    DescribeError, DescribeErrorKind, Outcome, Placement, Reports, Token, TopicDescription, Undelivered, report_guarded,
};
use crate::record::{Offset, Record, RecordRef};

/// The partitions of each topic, where nothing else was asked for.
const DEFAULT_PARTITIONS: i32 = 6;
/// The default of `max_record_bytes`, as with Kafka.
const DEFAULT_MAX_RECORD_BYTES: usize = 1_000_000;

#[derive(Default)]
pub(super) struct Shared {
    pub(super) state: Mutex<State>,
    /// Something came into the queue, a report was given, or a hold ended.
    pub(super) changed: Condvar,
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a report. No lock is held meanwhile, so that the report may send the next record.
    pub(super) fn give(&self, report: Report) {
        let Report {
            producer,
            reports,
            token,
            outcome,
        } = report;
        report_guarded(&*reports, token, outcome);
        if let Some(unreported) = self.lock().unreported.get_mut(&producer) {
            *unreported -= 1;
        }
        self.changed.notify_all();
    }

    /// The loop of a producer's thread. Whichever thread is free delivers what comes next; under the lock, so that the
    /// order holds.
    pub(super) fn deliver_until_closed(&self, producer: u64) {
        let mut state = self.lock();
        while state.unreported.contains_key(&producer) {
            // Another producer's thread gives one at the moment: reports come in the order of the log.
            let next = if state.held || state.giving {
                None
            } else {
                state.deliver()
            };
            match next {
                Some(report) => {
                    state.giving = true;
                    drop(state);
                    self.give(report);
                    state = self.lock();
                    state.giving = false;
                    self.changed.notify_all();
                }
                None => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

pub(super) struct State {
    pub(super) partitions: i32,
    /// Of the producers to come.
    pub(super) partitioner: Partitioner,
    pub(super) capacity: usize,
    pub(super) max_record_bytes: usize,
    pub(super) log: Vec<Stored>,
    pub(super) written: u64,
    pub(super) topics: HashMap<String, Topic>,
    pub(super) queue: VecDeque<Waiting>,
    pub(super) held: bool,
    /// Whether the thread of a producer gives a report.
    pub(super) giving: bool,
    pub(super) failures: VecDeque<(usize, ProduceError)>,
    pub(super) refusals: VecDeque<(usize, ProduceError)>,
    pub(super) full_sends: usize,
    pub(super) undescribed: VecDeque<(usize, DescribeError)>,
    /// The producers that have had a fatal error.
    pub(super) broken: HashMap<u64, ProduceError>,
    /// Of the topics that are not open.
    pub(super) access: HashMap<String, TopicAccess>,
    /// By producer; one that is gone is absent.
    pub(super) unreported: HashMap<u64, usize>,
    pub(super) producers: u64,
    pub(super) ledger: Ledger,
}

impl Default for State {
    fn default() -> Self {
        Self {
            partitions: DEFAULT_PARTITIONS,
            partitioner: Partitioner::default(),
            capacity: usize::MAX,
            max_record_bytes: DEFAULT_MAX_RECORD_BYTES,
            log: Vec::new(),
            written: 0,
            topics: HashMap::new(),
            queue: VecDeque::new(),
            held: false,
            giving: false,
            failures: VecDeque::new(),
            refusals: VecDeque::new(),
            full_sends: 0,
            undescribed: VecDeque::new(),
            broken: HashMap::new(),
            access: HashMap::new(),
            unreported: HashMap::new(),
            producers: 0,
            ledger: Ledger::default(),
        }
    }
}

impl State {
    /// Why the topic does not take this record.
    pub(super) fn refused_by_topic(&self, record: RecordRef<'_>) -> Option<ProduceError> {
        let topic = record.topic;
        let no_such_partition = record.partition.filter(|partition| *partition >= self.partitions);
        let (kind, reason) = match (self.access(topic), no_such_partition) {
            (TopicAccess::Missing, _) => (ProduceErrorKind::UnknownTopic, format!("topic {topic} does not exist")),
            (TopicAccess::ReadOnly | TopicAccess::Hidden, _) => (
                ProduceErrorKind::Unauthorised,
                format!("no permission to write to topic {topic}"),
            ),
            (TopicAccess::Open, Some(partition)) => (
                ProduceErrorKind::UnknownTopic,
                format!("topic {topic} has no partition {partition}"),
            ),
            (TopicAccess::Open, None) => return None,
        };
        Some(ProduceError::new(kind, Persistence::NotPersisted, reason))
    }

    pub(super) fn describe(&self, topic: &str) -> Result<TopicDescription, DescribeError> {
        let existing = |may_write| TopicDescription::existing(topic, self.partitions.unsigned_abs(), Some(may_write));
        match self.access(topic) {
            TopicAccess::Open => Ok(existing(true)),
            TopicAccess::ReadOnly => Ok(existing(false)),
            TopicAccess::Missing => Ok(TopicDescription::missing(topic)),
            TopicAccess::Hidden => Err(DescribeError::new(
                DescribeErrorKind::Unauthorised,
                format!("no permission to describe topic {topic}"),
            )),
        }
    }

    /// After a fatal error nothing of this producer is written any more.
    pub(super) fn note_fatal(&mut self, producer: u64, error: &ProduceError) {
        if error.is_fatal() {
            let error = ProduceError::new(error.kind(), Persistence::NotPersisted, error.reason());
            self.broken.entry(producer).or_insert(error);
        }
    }

    fn access(&self, topic: &str) -> TopicAccess {
        self.access.get(topic).copied().unwrap_or_default()
    }

    /// Writes the next record to the log, unless a fault is due, and says what is to be reported.
    pub(super) fn deliver(&mut self) -> Option<Report> {
        let Waiting {
            producer,
            reports,
            token,
            partition,
            record,
        } = self.queue.pop_front()?;
        // The transaction may have ended since the record was taken over.
        let refused = self.ledger.refusal(producer);
        let fault = refused
            .or_else(|| self.broken.get(&producer).cloned())
            .or_else(|| take_one(&mut self.failures));
        let outcome = match fault {
            None => Ok(self.append(producer, record, partition)),
            Some(error) => {
                self.note_fatal(producer, &error);
                self.ledger.note_failure(producer);
                if error.persistence() == Persistence::PossiblyPersisted {
                    self.append(producer, record.clone(), partition);
                }
                Err(Box::new(Undelivered { error, record }))
            }
        };
        Some(Report {
            producer,
            reports,
            token,
            outcome,
        })
    }

    /// Writes a record to the partition that was chosen for it, or to the one of its key, or to the next.
    fn append(&mut self, producer: u64, record: Record, chosen: Option<i32>) -> Placement {
        let partitions = self.partitions;
        let topic = self.topics.entry(record.topic.clone()).or_default();
        let partition = match (chosen, &record.key) {
            (Some(chosen), _) => chosen,
            (None, Some(key)) => partition(key, partitions),
            (None, None) => {
                let partition = topic.keyless % partitions;
                topic.keyless = partition + 1;
                partition
            }
        };
        let next = topic.next_offsets.entry(partition).or_default();
        let placement = Placement {
            partition,
            offset: Some(Offset(*next)),
            timestamp_ms: record.timestamp_ms,
        };
        *next += 1;
        self.written += 1;
        let committed = self.ledger.keep(producer, Stored { placement, record });
        self.log.extend(committed);
        placement
    }
}

#[derive(Default)]
pub(super) struct Topic {
    next_offsets: HashMap<i32, u64>,
    /// Where the round of the records without a key goes on.
    keyless: i32,
}

/// A record that was taken over and has not been delivered.
pub(super) struct Waiting {
    pub(super) producer: u64,
    pub(super) reports: Arc<dyn Reports>,
    pub(super) token: Token,
    /// The one that the record names or the partitioner chose.
    pub(super) partition: Option<i32>,
    pub(super) record: Record,
}

/// A report that is to be given.
pub(super) struct Report {
    pub(super) producer: u64,
    pub(super) reports: Arc<dyn Reports>,
    pub(super) token: Token,
    pub(super) outcome: Outcome,
}

/// Takes one use of the first fault that has any left.
pub(super) fn take_one<E: Clone>(faults: &mut VecDeque<(usize, E)>) -> Option<E> {
    while let Some((left, error)) = faults.front_mut() {
        if *left > 0 {
            *left -= 1;
            return Some(error.clone());
        }
        faults.pop_front();
    }
    None
}
