//! What a producer can do with transactions: [`Transactions`], with its errors and the offsets that a transaction carries.
//!
//! Knows the steps of one transaction on one client. When they are taken, and what comes after a failure, is the
//! publisher's business.

use std::fmt;
use std::time::Duration;

use crate::record::Offset;

/// The transactions of a producer; [`Producer::transactions`](super::Producer::transactions).
///
/// All calls block the thread, for their deadline at the most, and are made one at a time. A call that ends with a
/// [`Retriable`](TransactionClass::Retriable) failure goes on in the background: the same call again resumes it, and no other
/// may come before it has ended.
///
/// Contract, held by one suite over every backend: readers of committed records see the records of a transaction together,
/// after [`commit`](Self::commit), or never; who is fenced writes nothing any more; a record outside a transaction is refused.
///
/// Implements: transactions (KIP-98), offsets with the group's metadata (KIP-447).
pub trait Transactions: Send + Sync {
    /// Announces the producer under this id: fences whoever was announced under it before and ends the transaction that one
    /// left open. The first of all calls.
    ///
    /// # Errors
    /// [`TransactionFailure`] by its class.
    fn init(&self, id: &str, deadline: Duration) -> Result<(), TransactionFailure>;

    /// Begins a transaction: from now on records are part of it.
    ///
    /// # Errors
    /// [`TransactionFailure`] by its class.
    fn begin(&self) -> Result<(), TransactionFailure>;

    /// Makes the offsets of a consumer group part of the transaction.
    ///
    /// # Errors
    /// [`TransactionFailure`] by its class.
    fn send_offsets(
        &self,
        group: &ConsumerGroup,
        offsets: &[ConsumedOffset],
        deadline: Duration,
    ) -> Result<(), TransactionFailure>;

    /// Commits the transaction, all of whose records have their reports.
    ///
    /// # Errors
    /// [`TransactionFailure`] by its class. Where [`may_have_ended`](TransactionFailure::may_have_ended) is true the
    /// transaction may be committed all the same.
    fn commit(&self, deadline: Duration) -> Result<Ended, TransactionFailure>;

    /// Aborts the transaction; records that were not sent are reported as failed.
    ///
    /// # Errors
    /// [`TransactionFailure`] by its class.
    fn abort(&self, deadline: Duration) -> Result<Ended, TransactionFailure>;
}

/// How a transaction was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By one request, which was answered.
    Once,
    /// A request may have gone unanswered before the one that was answered. It may still arrive, and would end the next
    /// transaction: none may begin on this producer.
    Again,
}

/// What is to be done about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransactionClass {
    /// The same call again.
    Retriable,
    /// Abort the transaction, and run it anew from its start.
    Abortable,
    /// This producer has no transactions any more.
    Fatal,
}

/// What went wrong with a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransactionFailureKind {
    /// The coordinator could not be reached or gave no answer in time. Retriable.
    Unavailable,
    /// The transaction was open for longer than its time. Retriable.
    TimedOut,
    /// A record of it was not delivered, and the same record may be later. Retriable.
    RecordFailed,
    /// A record of it cannot be delivered. Not retriable.
    RecordRefused,
    /// The consumer group has moved on: this consumer is none of its members any more, or of an older generation. Not
    /// retriable: the offsets are those of another consumer now.
    GroupMoved,
    /// A permission is missing: to the transactional id, the group or a topic. Not retriable.
    Unauthorised,
    /// Another producer was announced under the same transactional id, or the transaction was left open past its time. Not
    /// retriable.
    Fenced,
    /// The state of client and coordinator do not agree, or the client is broken. Retriable: on a fresh producer.
    Broken,
    /// The coordinator refused it for another reason, named in the text. Not retriable.
    Rejected,
    /// The publisher was shut down. Not retriable.
    ShutDown,
}

/// Why a step of a transaction failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionFailure {
    class: TransactionClass,
    kind: TransactionFailureKind,
    reason: String,
    may_have_ended: bool,
}

impl TransactionFailure {
    /// A failure; `reason` names what happened and says what to do.
    #[must_use]
    pub fn new(class: TransactionClass, kind: TransactionFailureKind, reason: impl Into<String>) -> Self {
        Self {
            class,
            kind,
            reason: reason.into(),
            may_have_ended: false,
        }
    }

    /// The same failure of a commit that may have come about all the same.
    #[must_use]
    pub fn after_the_request(mut self) -> Self {
        self.may_have_ended = true;
        self
    }

    /// What is to be done about it.
    #[must_use]
    pub fn class(&self) -> TransactionClass {
        self.class
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> TransactionFailureKind {
        self.kind
    }

    /// The facts: address, id, the broker's code.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Of a commit: whether the request may have reached the coordinator, so that the transaction may be committed.
    #[must_use]
    pub fn may_have_ended(&self) -> bool {
        self.may_have_ended
    }

    /// Whether the whole transaction may succeed, if it is run again.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        use TransactionFailureKind as Kind;
        matches!(
            self.kind,
            Kind::Unavailable | Kind::TimedOut | Kind::RecordFailed | Kind::Broken
        )
    }
}

impl fmt::Display for TransactionFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for TransactionFailure {}

/// A consumer as its group knows it: what a transaction commits offsets for, as the consumer's own metadata say.
///
/// The coordinator of the group refuses the offsets of a member that is none any more.
///
/// Implements: consumer group metadata (KIP-447).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsumerGroup {
    /// The group's id.
    pub id: String,
    /// The generation in which the records were consumed; -1 for a consumer that is assigned its partitions by hand.
    pub generation: i32,
    /// The member's id; empty for a consumer that is assigned its partitions by hand.
    pub member_id: String,
    /// The member's id of its own choice, for a static member (KIP-345).
    pub instance_id: Option<String>,
}

impl ConsumerGroup {
    /// A group whose partitions are assigned by hand: it has no members and no generations.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            generation: -1,
            member_id: String::new(),
            instance_id: None,
        }
    }
}

/// How far a partition was consumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsumedOffset {
    /// The topic.
    pub topic: String,
    /// The partition, counted from 0.
    pub partition: i32,
    /// The first offset that was not consumed: one more than that of the last record.
    pub next: Offset,
}
