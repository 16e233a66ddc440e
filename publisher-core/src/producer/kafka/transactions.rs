//! Transactions on Kafka: from librdkafka's flags to what is to be done, and the watch over requests without an answer.
//!
//! Knows librdkafka's steps; when they are taken is the publisher's business.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::error::RDKafkaErrorCode as Code;
use rdkafka::{Offset as Position, TopicPartitionList};

use super::{KafkaMode, KafkaProducer};
use crate::producer::ffi::{self, StepRefused};
use crate::producer::{
    ConsumedOffset, ConsumerGroup, Ended, TransactionClass as Class, TransactionFailure,
    TransactionFailureKind as Kind, Transactions,
};

/// How long librdkafka does not log that a connection was lost again in the same words.
const SILENCE: Duration = Duration::from_secs(30);

/// What a producer with a transactional id knows beside its client.
pub(super) struct Transactional {
    id: String,
    /// Since when the transaction is being ended, by calls that resume each other.
    ending: Mutex<Option<Instant>>,
}

impl Transactional {
    /// `None` in a mode without transactions.
    pub(super) fn of(mode: &KafkaMode) -> Option<Self> {
        let KafkaMode::Transactional { id, .. } = mode else {
            return None;
        };
        Some(Self {
            id: id.clone(),
            ending: Mutex::new(None),
        })
    }

    fn id(this: &Option<Self>) -> &str {
        this.as_ref().map_or("", |this| &this.id)
    }
}

/// When a connection was last lost on which a request may have been without an answer.
///
/// librdkafka repeats the request that ends a transaction by itself and does not say so. It has no protection against the
/// first one arriving late (KIP-890), which would end the next transaction.
#[derive(Default)]
pub(super) struct LostConnections {
    last: Mutex<Option<Instant>>,
}

impl LostConnections {
    /// Notes what librdkafka logs of a connection that failed, unless it had not come about yet.
    pub(super) fn note_failure(&self, text: &str) {
        // "… (after 3ms in state CONNECT, 2 identical error(s) suppressed)"
        let state = text.rsplit_once("ms in state ").map(|(_, rest)| rest);
        let state = state.and_then(|rest| rest.split(|c: char| !c.is_ascii_uppercase() && c != '_').next());
        if !matches!(state, Some("INIT" | "DOWN" | "TRY_CONNECT" | "CONNECT")) {
            self.note();
        }
    }

    pub(super) fn note(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether one may have been lost since then.
    fn any_since(&self, start: Instant) -> bool {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // One that was lost shortly before could have hidden another one.
        last.is_some_and(|last| last + SILENCE >= start)
    }
}

impl Transactions for KafkaProducer {
    fn init(&self, id: &str, deadline: Duration) -> Result<(), TransactionFailure> {
        let own = Transactional::id(&self.transactional);
        if own != id {
            let reason = format!("the producer was made for the transactional id {own}, not for {id}");
            return Err(TransactionFailure::new(Class::Fatal, Kind::Rejected, reason));
        }
        ffi::init_transactions(&self.client, deadline)
            .map_err(|refused| self.step_failed("begin a transaction", &refused))
    }

    fn begin(&self) -> Result<(), TransactionFailure> {
        ffi::begin_transaction(&self.client).map_err(|refused| self.step_failed("begin a transaction", &refused))
    }

    fn send_offsets(
        &self,
        group: &ConsumerGroup,
        offsets: &[ConsumedOffset],
        deadline: Duration,
    ) -> Result<(), TransactionFailure> {
        let mut list = TopicPartitionList::with_capacity(offsets.len());
        for ConsumedOffset { topic, partition, next } in offsets {
            let invalid = |reason: String| {
                let reason = format!("offset {next} of {topic}[{partition}] cannot be committed: {reason}");
                TransactionFailure::new(Class::Abortable, Kind::Rejected, reason)
            };
            if topic.contains('\0') {
                return Err(invalid("the topic holds a NUL".to_owned()));
            }
            let position = i64::try_from(next.0).map_err(|error| invalid(error.to_string()))?;
            list.add_partition_offset(topic, *partition, Position::Offset(position))
                .map_err(|error| invalid(error.to_string()))?;
        }
        ffi::send_offsets(&self.client, group, &list, deadline).map_err(|refused| {
            self.step_failed(
                &format!("take the offsets of group {} into a transaction", group.id),
                &refused,
            )
        })
    }

    fn commit(&self, deadline: Duration) -> Result<Ended, TransactionFailure> {
        self.end("commit a transaction", || {
            ffi::commit_transaction(&self.client, deadline)
        })
    }

    fn abort(&self, deadline: Duration) -> Result<Ended, TransactionFailure> {
        self.end("abort a transaction", || ffi::abort_transaction(&self.client, deadline))
    }
}

impl KafkaProducer {
    fn end(&self, step: &str, call: impl FnOnce() -> Result<(), StepRefused>) -> Result<Ended, TransactionFailure> {
        let mut own = None;
        let ending = self.transactional.as_ref().map(|transactional| &transactional.ending);
        let mut ending = ending.map(|ending| ending.lock().unwrap_or_else(PoisonError::into_inner));
        let ending = ending.as_deref_mut().unwrap_or(&mut own);
        let start = *ending.get_or_insert_with(Instant::now);
        let ended = call();
        let lost = self.context().lost_connections.any_since(start);
        let failure = match ended {
            Ok(()) if lost => Ok(Ended::Again),
            Ok(()) => Ok(Ended::Once),
            Err(refused) => {
                let failure = self.step_failed(step, &refused);
                // An answer that refuses it ends the matter; without one, or after one that is missing, nobody knows.
                let answered = refused.abortable || failure.class() == Class::Fatal && is_refusal(refused.code);
                Err(if answered && !lost {
                    failure
                } else {
                    failure.after_the_request()
                })
            }
        };
        if !matches!(&failure, Err(failure) if failure.class() == Class::Retriable) {
            *ending = None;
        }
        failure
    }

    fn step_failed(&self, step: &str, refused: &StepRefused) -> TransactionFailure {
        let StepRefused {
            code,
            reason,
            retriable,
            abortable,
        } = refused;
        // librdkafka flags an error by what is to be done; one without a flag is fatal.
        let class = match (retriable, abortable) {
            (true, _) => Class::Retriable,
            (_, true) => Class::Abortable,
            _ => Class::Fatal,
        };
        let kind = kind(*code, class);
        let id = Transactional::id(&self.transactional);
        let servers = &self.context().bootstrap_servers;
        let what = match kind {
            Kind::Fenced => format!(
                "another producer is at work under the transactional id {id}, or the transaction was open for longer than its \
                 time: {reason}"
            ),
            Kind::Unauthorised => format!("no permission to {step} of {id} at {servers}: {reason}"),
            Kind::GroupMoved => format!("the consumer group has moved on: {reason}"),
            Kind::Unavailable => {
                let why = self.context().why().map(|why| format!("; {why}")).unwrap_or_default();
                format!("cannot {step} of {id} at {servers}: {reason}{why}")
            }
            _ => format!("cannot {step} of {id} at {servers}: {reason}"),
        };
        TransactionFailure::new(class, kind, what)
    }
}

/// Whether the coordinator gave this code as an answer that refuses the request.
fn is_refusal(code: Code) -> bool {
    matches!(
        code,
        Code::Fenced
            | Code::ProducerFenced
            | Code::InvalidProducerEpoch
            | Code::InvalidTransactionalState
            | Code::TransactionalIdAuthorizationFailed
            | Code::ClusterAuthorizationFailed
    )
}

fn kind(code: Code, class: Class) -> Kind {
    match code {
        Code::Fenced | Code::ProducerFenced | Code::InvalidProducerEpoch => Kind::Fenced,
        Code::TransactionalIdAuthorizationFailed
        | Code::GroupAuthorizationFailed
        | Code::TopicAuthorizationFailed
        | Code::ClusterAuthorizationFailed
        | Code::Authentication
        | Code::SaslAuthenticationFailed => Kind::Unauthorised,
        Code::IllegalGeneration
        | Code::UnknownMemberId
        | Code::FencedInstanceId
        | Code::FencedMemberEpoch
        | Code::StaleMemberEpoch => Kind::GroupMoved,
        // Some records of it have failed, as their reports say.
        Code::Inconsistent => Kind::RecordFailed,
        _ if class == Class::Retriable => Kind::Unavailable,
        Code::MessageSizeTooLarge
        | Code::InvalidTransactionTimeout
        | Code::InvalidRequest
        | Code::InvalidArgument
        | Code::UnknownTopicOrPartition
        | Code::OffsetMetadataTooLarge => Kind::Rejected,
        // The coordinator has forgotten the producer; the abort gives it a new number.
        _ => Kind::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_connection_that_had_come_about_counts_as_lost() {
        let check = |text: &str, expected: bool| {
            let lost = LostConnections::default();
            let start = Instant::now();
            lost.note_failure(text);
            assert_eq!(lost.any_since(start), expected, "{text}");
        };
        check("localhost:9092/1: Disconnected (after 52ms in state UP)", true);
        check(
            "localhost:9092/1: Receive failed: Connection reset by peer (after 5ms in state APIVERSION_QUERY, 3 identical \
             error(s) suppressed)",
            true,
        );
        check(
            "localhost:9092/1: something of which librdkafka does not say the state",
            true,
        );
        check(
            "localhost:9092/bootstrap: Connect to ipv4#127.0.0.1:9092 failed: Connection refused (after 0ms in state CONNECT)",
            false,
        );
        check(
            "kafka:9092/bootstrap: Failed to resolve 'kafka:9092' (after 12ms in state TRY_CONNECT)",
            false,
        );
    }

    #[test]
    fn a_lost_connection_casts_doubt_on_what_follows_for_as_long_as_librdkafka_may_be_silent() {
        let lost = LostConnections::default();
        let start = Instant::now();
        assert!(!lost.any_since(start), "none was lost");
        lost.note();
        assert!(lost.any_since(start), "while it went on");
        assert!(
            lost.any_since(start + SILENCE),
            "another one may have been lost in silence"
        );
        assert!(!lost.any_since(start + 2 * SILENCE), "that would have been logged");
    }
}
