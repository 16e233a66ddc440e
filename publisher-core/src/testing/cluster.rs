//! [`EmbeddedCluster`], a broker in this process that speaks Kafka's protocol, and [`read_topic`], which reads any
//! broker's topic back.
//!
//! The cluster is librdkafka's own mock: the code path of the publisher is that of production, down to the socket. What
//! it lacks:
//! - **Disk.** Each partition keeps its last 5 MiB; older batches vanish. All is gone when the cluster is dropped.
//! - **Access control, TLS, SASL, quotas.** Every client may do everything.
//! - **Replication.** All brokers share one log; `min.insync.replicas` means nothing, and no leader changes by itself.
//! - **Limits of a topic.** No `max.message.bytes`, no retention, no compaction, no log-append time, no schema
//!   validation.
//! - **Isolation.** Records of open and of aborted transactions are read like others; ids are not fenced.
//! - **Checks of a batch.** No checksum, no producer sequence outside transactions: a duplicate is written twice.
//! - **Topic administration.** Topics appear on first use with 4 partitions, or by
//!   [`create_topic`](EmbeddedCluster::create_topic); names are not checked, topics cannot be deleted.
//!
//! A partition without a leader crashes the mock when it is written to; no function here makes one.

mod brokers;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rdkafka::error::KafkaError;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use rdkafka::types::{RDKafkaApiKey, RDKafkaRespErr};
use thiserror::Error;

pub use crate::consumer::ConsumedRecord;
use crate::consumer::{ReadError, TopicReader};
use crate::producer::KafkaSettings;
pub use brokers::TopicFault;

/// librdkafka's number for "each broker".
const ALL_BROKERS: i32 = -1;
/// How long [`EmbeddedCluster::records`] may take.
const READ_DEADLINE: Duration = Duration::from_secs(10);

type Mock = MockCluster<'static, DefaultProducerContext>;
type Command = Box<dyn FnOnce(&Mock) + Send>;

/// Something that the embedded cluster or a reader could not do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{action}: {reason}")]
pub struct ClusterError {
    action: String,
    reason: String,
}

impl ClusterError {
    fn new(action: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self {
            action: action.into(),
            reason: reason.to_string(),
        }
    }
}

/// What the embedded broker answers to a request that writes records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProduceFault {
    /// The batch is larger than the topic allows. Final.
    TooLarge,
    /// This client may not write to the topic. Final; the client refuses the topic until it asks for metadata again.
    TopicAuthorisation,
    /// A record breaks a rule of the broker. Final.
    InvalidRecord,
    /// Too few replicas are in sync. The client tries again.
    NotEnoughReplicas,
    /// The broker does not lead the partition any more. The client asks who does and tries again.
    NotLeader,
    /// The topic is not known. The client tries again.
    UnknownTopic,
    /// The connection is closed in place of an answer. The client connects and tries again.
    Disconnect,
    /// A batch is missing before this one: fatal for an idempotent producer.
    OutOfOrderSequence,
    /// The batch had arrived before. The client counts it as delivered, without an offset.
    Duplicate,
}

impl ProduceFault {
    fn code(self) -> RDKafkaRespErr {
        match self {
            Self::TooLarge => RDKafkaRespErr::RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE,
            Self::TopicAuthorisation => RDKafkaRespErr::RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
            Self::InvalidRecord => RDKafkaRespErr::RD_KAFKA_RESP_ERR_INVALID_RECORD,
            Self::NotEnoughReplicas => RDKafkaRespErr::RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
            Self::NotLeader => RDKafkaRespErr::RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
            Self::UnknownTopic => RDKafkaRespErr::RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
            Self::Disconnect => RDKafkaRespErr::RD_KAFKA_RESP_ERR__TRANSPORT,
            Self::OutOfOrderSequence => RDKafkaRespErr::RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,
            Self::Duplicate => RDKafkaRespErr::RD_KAFKA_RESP_ERR_DUPLICATE_SEQUENCE_NUMBER,
        }
    }
}

/// A request by which a transaction is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransactionRequest {
    /// Announces a producer under its transactional id.
    InitProducerId,
    /// Makes a partition part of the transaction.
    AddPartitions,
    /// Makes the offsets of a consumer group part of the transaction.
    AddOffsets,
    /// Hands those offsets to the coordinator of the group.
    CommitOffsets,
    /// Commits or aborts.
    EndTransaction,
}

impl TransactionRequest {
    fn key(self) -> RDKafkaApiKey {
        match self {
            Self::InitProducerId => RDKafkaApiKey::InitProducerId,
            Self::AddPartitions => RDKafkaApiKey::AddPartitionsToTxn,
            Self::AddOffsets => RDKafkaApiKey::AddOffsetsToTxn,
            Self::CommitOffsets => RDKafkaApiKey::TxnOffsetCommit,
            Self::EndTransaction => RDKafkaApiKey::EndTxn,
        }
    }
}

/// What the embedded broker answers to a [`TransactionRequest`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransactionFault {
    /// The coordinator is not there at the moment. The client tries again.
    CoordinatorNotAvailable,
    /// The coordinator is another broker. The client asks which one and tries again.
    NotCoordinator,
    /// The transaction before is still being ended. The client tries again.
    ConcurrentTransactions,
    /// The connection is closed in place of an answer. The client connects and tries again.
    Disconnect,
    /// Another producer was announced under the id. Fatal.
    Fenced,
    /// The coordinator and the client do not agree on the state. Fatal.
    InvalidState,
    /// This client may not use the transactional id. Fatal.
    Unauthorised,
    /// This client may not write to the topic. The transaction has to be aborted.
    TopicAuthorisation,
    /// The consumer is of an older generation of its group. The transaction has to be aborted.
    IllegalGeneration,
    /// The coordinator does not know the producer any more. The transaction has to be aborted.
    UnknownProducer,
}

impl TransactionFault {
    fn code(self) -> RDKafkaRespErr {
        match self {
            Self::CoordinatorNotAvailable => RDKafkaRespErr::RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE,
            Self::NotCoordinator => RDKafkaRespErr::RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
            Self::ConcurrentTransactions => RDKafkaRespErr::RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS,
            Self::Disconnect => RDKafkaRespErr::RD_KAFKA_RESP_ERR__TRANSPORT,
            Self::Fenced => RDKafkaRespErr::RD_KAFKA_RESP_ERR_PRODUCER_FENCED,
            Self::InvalidState => RDKafkaRespErr::RD_KAFKA_RESP_ERR_INVALID_TXN_STATE,
            Self::Unauthorised => RDKafkaRespErr::RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
            Self::TopicAuthorisation => RDKafkaRespErr::RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
            Self::IllegalGeneration => RDKafkaRespErr::RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION,
            Self::UnknownProducer => RDKafkaRespErr::RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING,
        }
    }
}

/// A Kafka cluster in this process, on free ports of the local host: one broker, or [several](Self::with_brokers).
///
/// See the module's list of what it lacks. Stops when it is dropped.
///
/// # Examples
/// ```
/// use publisher_core::testing::EmbeddedCluster;
///
/// let cluster = EmbeddedCluster::start()?;
/// cluster.create_topic("orders", 6)?;
/// println!("{}", cluster.bootstrap_servers());
/// assert!(cluster.records("orders")?.is_empty());
/// # Ok::<(), publisher_core::testing::ClusterError>(())
/// ```
pub struct EmbeddedCluster {
    bootstrap_servers: String,
    brokers: i32,
    /// The mock may only be used on the thread that made it. `None` once dropped.
    commands: Option<mpsc::Sender<Command>>,
    keeper: Option<JoinHandle<()>>,
}

impl EmbeddedCluster {
    /// Starts a cluster of one broker. It answers as soon as this returns.
    ///
    /// # Errors
    /// No port or no thread can be had. Not retriable.
    pub fn start() -> Result<Self, ClusterError> {
        Self::with_brokers(1)
    }

    /// Starts a cluster of so many brokers, numbered from 1, over which the leaders of a topic's partitions are spread.
    ///
    /// # Errors
    /// There are less than 1 or more than 100 brokers, or no port or no thread can be had. Not retriable.
    pub fn with_brokers(brokers: i32) -> Result<Self, ClusterError> {
        const ACTION: &str = "cannot start the embedded cluster";
        if !(1..=100).contains(&brokers) {
            return Err(ClusterError::new(ACTION, "it has 1 to 100 brokers"));
        }
        let (commands, inbox) = mpsc::channel::<Command>();
        let (started, start) = mpsc::channel();
        let keeper = thread::Builder::new()
            .name("embedded-kafka".to_owned())
            .spawn(move || match MockCluster::new(brokers) {
                Ok(mock) => {
                    // The receiver waits below.
                    let _received = started.send(Ok(mock.bootstrap_servers()));
                    for command in inbox {
                        command(&mock);
                    }
                }
                Err(error) => {
                    let _received = started.send(Err(error));
                }
            })
            .map_err(|error| ClusterError::new(ACTION, error))?;
        let bootstrap_servers = start
            .recv()
            .map_err(|error| ClusterError::new(ACTION, error))?
            .map_err(|error| ClusterError::new(ACTION, error))?;
        Ok(Self {
            bootstrap_servers,
            brokers,
            commands: Some(commands),
            keeper: Some(keeper),
        })
    }

    /// The address for `bootstrap_servers`.
    #[must_use]
    pub fn bootstrap_servers(&self) -> &str {
        &self.bootstrap_servers
    }

    /// Makes a topic. A topic that is first used without has 4 partitions, which is fixed in librdkafka.
    ///
    /// # Errors
    /// The topic exists, its name holds a NUL, or there are less than 1 or more than 10,000 partitions. Not retriable.
    pub fn create_topic(&self, topic: &str, partitions: i32) -> Result<(), ClusterError> {
        let action = format!("cannot make topic {topic} with {partitions} partitions");
        // The mock would take any number and any name.
        if !(1..=10_000).contains(&partitions) {
            return Err(ClusterError::new(action, "a topic has 1 to 10,000 partitions"));
        }
        let name = topic.to_owned();
        self.run(action, move |mock| mock.create_topic(&name, partitions, 1))
    }

    /// Closes the connections of all brokers and lets none in.
    ///
    /// # Errors
    /// The cluster does not answer. Not retriable.
    pub fn broker_down(&self) -> Result<(), ClusterError> {
        self.run("cannot take the broker down", |mock| mock.broker_down(ALL_BROKERS))
    }

    /// Lets connections in again. The log is as it was.
    ///
    /// # Errors
    /// The cluster does not answer. Not retriable.
    pub fn broker_up(&self) -> Result<(), ClusterError> {
        self.run("cannot bring the broker up", |mock| mock.broker_up(ALL_BROKERS))
    }

    /// Answers the next requests that write records with these faults, one for each request; then all is well again. What
    /// is left over of earlier ones is forgotten.
    ///
    /// # Errors
    /// The cluster does not answer. Not retriable.
    pub fn produce_errors(&self, faults: &[ProduceFault]) -> Result<(), ClusterError> {
        let codes: Vec<RDKafkaRespErr> = faults.iter().map(|fault| fault.code()).collect();
        self.run("cannot inject faults", move |mock| {
            mock.clear_request_errors(RDKafkaApiKey::Produce);
            mock.request_errors(RDKafkaApiKey::Produce, &codes);
            Ok(())
        })
    }

    /// Answers the next requests of this sort with these faults, one for each request; then all is well again.
    ///
    /// # Errors
    /// The cluster does not answer. Not retriable.
    pub fn transaction_errors(
        &self,
        request: TransactionRequest,
        faults: &[TransactionFault],
    ) -> Result<(), ClusterError> {
        let codes: Vec<RDKafkaRespErr> = faults.iter().map(|fault| fault.code()).collect();
        self.run("cannot inject faults", move |mock| {
            mock.request_errors(request.key(), &codes);
            Ok(())
        })
    }

    /// Delays each answer of all brokers from now on; zero ends it.
    ///
    /// # Errors
    /// The cluster does not answer. Not retriable.
    pub fn round_trip_time(&self, delay: Duration) -> Result<(), ClusterError> {
        self.run("cannot delay the answers", move |mock| {
            mock.broker_round_trip_time(ALL_BROKERS, delay)
        })
    }

    /// Everything in a topic, by partition and offset; nothing if there is no such topic.
    ///
    /// # Errors
    /// It could not be read within 10 s. Retriable.
    pub fn records(&self, topic: &str) -> Result<Vec<ConsumedRecord>, ClusterError> {
        read_topic(&self.bootstrap_servers, topic, READ_DEADLINE)
    }

    fn run<F>(&self, action: impl Into<String>, command: F) -> Result<(), ClusterError>
    where
        F: FnOnce(&Mock) -> Result<(), KafkaError> + Send + 'static,
    {
        let action = action.into();
        let (done, result) = mpsc::channel();
        let command: Command = Box::new(move |mock| {
            // The receiver waits below.
            let _received = done.send(command(mock));
        });
        let sent = self
            .commands
            .as_ref()
            .is_some_and(|commands| commands.send(command).is_ok());
        match result.recv() {
            Ok(result) if sent => result.map_err(|error| ClusterError::new(action, error)),
            _ => Err(ClusterError::new(
                action,
                "the thread of the embedded cluster has ended",
            )),
        }
    }
}

impl Drop for EmbeddedCluster {
    fn drop(&mut self) {
        self.commands = None;
        if let Some(keeper) = self.keeper.take() {
            // Nothing can be done about a panic in librdkafka's thread here, and a test must not panic twice.
            let _ended = keeper.join();
        }
    }
}

impl fmt::Debug for EmbeddedCluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedCluster")
            .field("bootstrap_servers", &self.bootstrap_servers)
            .finish_non_exhaustive()
    }
}

/// Everything that lies in a topic now, by partition and offset; nothing if there is no such topic. Commits no offset.
///
/// Reads what is committed, so that an open transaction ends it. Reads any Kafka that listens without TLS and SASL.
///
/// # Errors
/// The broker cannot be reached or the end is not reached within the deadline. Retriable.
pub fn read_topic(
    bootstrap_servers: &str,
    topic: &str,
    deadline: Duration,
) -> Result<Vec<ConsumedRecord>, ClusterError> {
    let end = Instant::now() + deadline;
    let failed = |error: ReadError| ClusterError::new("cannot read back", error);
    let settings = KafkaSettings::new(bootstrap_servers);
    let reader = TopicReader::open(&settings, topic, &BTreeMap::new(), deadline).map_err(failed)?;
    let Some(mut reader) = reader else {
        return Ok(Vec::new());
    };
    let mut records = Vec::new();
    while let Some(record) = reader
        .next(end.saturating_duration_since(Instant::now()))
        .map_err(failed)?
    {
        records.push(record);
    }
    records.sort_by_key(|record: &ConsumedRecord| (record.partition, record.offset));
    Ok(records)
}
