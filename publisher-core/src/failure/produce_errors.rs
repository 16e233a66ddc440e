//! The rows of what a producer reports, one for each [`ProduceErrorKind`].
//!
//! Which code of librdkafka is which kind decides `producer/kafka/failure.rs`; its test holds the causes named here.

use super::table::{ErrorRow, Resend};
use crate::error::ProduceErrorKind;

/// All kinds, in the order of the documentation.
#[cfg(test)]
pub(crate) const ALL: [ProduceErrorKind; 11] = [
    ProduceErrorKind::TimedOut,
    ProduceErrorKind::BatchRejected,
    ProduceErrorKind::TooLarge,
    ProduceErrorKind::Unauthorised,
    ProduceErrorKind::UnknownTopic,
    ProduceErrorKind::InvalidTopic,
    ProduceErrorKind::Rejected,
    ProduceErrorKind::KeyHeld,
    ProduceErrorKind::Aborted,
    ProduceErrorKind::Fatal,
    ProduceErrorKind::ShutDown,
];

const BY_POLICY: &str = "does as `on_failure` says";

/// An error of one record, for which the broker has a reason that does not go away.
const OF_THE_RECORD: ErrorRow = ErrorRow {
    code: "",
    meaning: "",
    causes: &[],
    retriable: false,
    fatal: false,
    outage: false,
    resend: Resend::Never,
    publisher: BY_POLICY,
    user: "",
};

/// What this kind of error means.
pub(crate) const fn of_kind(kind: ProduceErrorKind) -> ErrorRow {
    match kind {
        ProduceErrorKind::TimedOut => ErrorRow {
            code: "timed_out",
            meaning: "no confirmation within the delivery timeout: broker or leader away, an election, too few replicas",
            causes: &[
                "_MSG_TIMED_OUT",
                "_TIMED_OUT",
                "_TIMED_OUT_QUEUE",
                "_TRANSPORT",
                "_ALL_BROKERS_DOWN",
                "REQUEST_TIMED_OUT",
                "NETWORK_EXCEPTION",
                "LEADER_NOT_AVAILABLE",
                "NOT_LEADER_FOR_PARTITION",
                "BROKER_NOT_AVAILABLE",
                "REPLICA_NOT_AVAILABLE",
                "NOT_ENOUGH_REPLICAS",
                "NOT_ENOUGH_REPLICAS_AFTER_APPEND",
                "KAFKA_STORAGE_ERROR",
            ],
            retriable: true,
            outage: true,
            resend: Resend::OnRequest,
            publisher: "has repeated it until the time was over; sends it again if `retries` include time-outs; then does \
                        as `on_failure` says",
            user: "resend it, or raise `delivery_timeout`; look at the brokers",
            ..OF_THE_RECORD
        },
        ProduceErrorKind::BatchRejected => ErrorRow {
            code: "batch_rejected",
            meaning: "the broker refused another record of the same batch and with it the whole batch",
            causes: &["_INVALID_DIFFERENT_RECORD"],
            retriable: true,
            resend: Resend::Usual,
            publisher: "sends it again where its key's order allows it; else does as `on_failure` says",
            user: "resend it",
            ..OF_THE_RECORD
        },
        ProduceErrorKind::TooLarge => ErrorRow {
            code: "too_large",
            meaning: "the record is larger than the client or the broker allows",
            causes: &["MSG_SIZE_TOO_LARGE", "INVALID_MSG_SIZE", "RECORD_LIST_TOO_LARGE"],
            user: "publish a reference to the content, or raise `max_record_bytes` and the topic's `max.message.bytes`",
            ..OF_THE_RECORD
        },
        ProduceErrorKind::Unauthorised => ErrorRow {
            code: "unauthorised",
            meaning: "authentication failed, or the permission to write to the topic is missing",
            causes: &[
                "TOPIC_AUTHORIZATION_FAILED",
                "CLUSTER_AUTHORIZATION_FAILED",
                "SASL_AUTHENTICATION_FAILED",
                "_AUTHENTICATION",
            ],
            user: "alert; check the credentials and the topic's permissions",
            ..OF_THE_RECORD
        },
        ProduceErrorKind::UnknownTopic => ErrorRow {
            code: "unknown_topic",
            meaning: "the topic does not exist and is not made on demand, or the partition does not",
            causes: &["_UNKNOWN_TOPIC", "_UNKNOWN_PARTITION", "UNKNOWN_TOPIC_OR_PART"],
            user: "alert; create the topic, or check its name and the number of its partitions",
            ..OF_THE_RECORD
        },
        ProduceErrorKind::InvalidTopic => ErrorRow {
            code: "invalid_topic",
            meaning: "the topic's name is not one that Kafka allows",
            causes: &["TOPIC_EXCEPTION"],
            user: "alert; correct the name",
            ..OF_THE_RECORD
        },
        ProduceErrorKind::Rejected => ErrorRow {
            code: "rejected",
            meaning: "the broker refused the record for another reason, which the text names; any code that is in no other row",
            causes: &[
                "INVALID_RECORD",
                "POLICY_VIOLATION",
                "THROTTLING_QUOTA_EXCEEDED",
                "UNKNOWN",
            ],
            user: "act upon the reason in the text",
            ..OF_THE_RECORD
        },
        ProduceErrorKind::KeyHeld => ErrorRow {
            code: "key_held",
            meaning: "an earlier record of the key has failed and the key is held; this one was not sent",
            retriable: true,
            publisher: "has kept it until its own time was over, or dead-letters it with the earlier one",
            user: "resend the failed record or release the key; then publish again",
            ..OF_THE_RECORD
        },
        ProduceErrorKind::Aborted => ErrorRow {
            code: "aborted",
            meaning: "the transaction of the record was aborted before the record was confirmed",
            publisher: "aborts the transaction; makes no dead letter of what a transaction takes along",
            user: "run the transaction again, if its own error is retriable",
            ..OF_THE_RECORD
        },
        ProduceErrorKind::Fatal => ErrorRow {
            code: "fatal",
            meaning: "the producer is broken: the order or the uniqueness of its records cannot be held any more",
            causes: &[
                "_FATAL",
                "_FENCED",
                "OUT_OF_ORDER_SEQUENCE_NUMBER",
                "UNKNOWN_PRODUCER_ID",
            ],
            fatal: true,
            outage: true,
            resend: Resend::FreshProducer,
            publisher: "replaces the producer and sends what was not confirmed again, in order; opens the circuit at once",
            user: "alert; if the error itself comes back, build the publisher anew",
            ..OF_THE_RECORD
        },
        ProduceErrorKind::ShutDown => ErrorRow {
            code: "given_up",
            meaning: "the publisher was shut down before the record was confirmed",
            causes: &["_PURGE_QUEUE", "_PURGE_INFLIGHT", "_DESTROY", "_DESTROY_BROKER"],
            publisher: "gives back what was never sent in the shutdown's report",
            user: "publish it with the next publisher; give the shutdown a longer deadline",
            ..OF_THE_RECORD
        },
    }
}
