//! The names of headers on letters, ours and those of the two families that others read.
//!
//! Names only; what stands under them is said in `raw`.

/// Which form a letter has: [`ENVELOPE`] or [`RAW`]. On a raw letter it divides the headers of the event from those of
/// the letter, so that an event may have headers of the same names.
pub(super) const FORMAT: &str = "dlq_format";
/// The envelope, version 1.
pub(super) const ENVELOPE: &str = "envelope-1";
/// The raw record, version 1.
pub(super) const RAW: &str = "raw-1";

/// Ours.
pub(super) mod publisher {
    pub(in super::super) const PREFIX: &str = "dlq_";
    pub(in super::super) const TOPIC: &str = "dlq_original_topic";
    pub(in super::super) const TIMESTAMP: &str = "dlq_original_timestamp_ms";
    pub(in super::super) const ERROR: &str = "dlq_error";
    pub(in super::super) const ERROR_CODE: &str = "dlq_error_code";
    pub(in super::super) const PARTITION: &str = "dlq_partition";
    pub(in super::super) const FIXED_PARTITION: &str = "dlq_fixed_partition";
    pub(in super::super) const PERSISTENCE: &str = "dlq_persistence";
    pub(in super::super) const ATTEMPTS: &str = "dlq_attempts";
    pub(in super::super) const SCHEMA_ID: &str = "dlq_schema_id";
    pub(in super::super) const KEY_SCHEMA_ID: &str = "dlq_key_schema_id";
    pub(in super::super) const EVENT_ID: &str = "dlq_event_id";
    pub(in super::super) const EVENT_TYPE: &str = "dlq_event_type";
    pub(in super::super) const ACCEPTED: &str = "dlq_accepted_ms";
    pub(in super::super) const FAILED: &str = "dlq_failed_ms";
    pub(in super::super) const HELD: &str = "dlq_held";
    pub(in super::super) const LEFT_OUT: &str = "dlq_left_out";
}

/// Spring's.
///
/// Implements: Spring for Apache Kafka, `KafkaHeaders.DLT_*`.
pub(super) mod spring {
    pub(in super::super) const PREFIX: &str = "kafka_dlt-";
    pub(in super::super) const TOPIC: &str = "kafka_dlt-original-topic";
    pub(in super::super) const PARTITION: &str = "kafka_dlt-original-partition";
    pub(in super::super) const OFFSET: &str = "kafka_dlt-original-offset";
    pub(in super::super) const TIMESTAMP: &str = "kafka_dlt-original-timestamp";
    pub(in super::super) const TIMESTAMP_TYPE: &str = "kafka_dlt-original-timestamp-type";
    pub(in super::super) const EXCEPTION: &str = "kafka_dlt-exception-fqcn";
    pub(in super::super) const MESSAGE: &str = "kafka_dlt-exception-message";
}

/// Kafka Connect's.
///
/// Implements: KIP-298, `DeadLetterQueueReporter`.
pub(super) mod connect {
    pub(in super::super) const PREFIX: &str = "__connect.errors.";
    pub(in super::super) const TOPIC: &str = "__connect.errors.topic";
    pub(in super::super) const PARTITION: &str = "__connect.errors.partition";
    pub(in super::super) const OFFSET: &str = "__connect.errors.offset";
    pub(in super::super) const STAGE: &str = "__connect.errors.stage";
    pub(in super::super) const EXCEPTION: &str = "__connect.errors.exception.class.name";
    pub(in super::super) const MESSAGE: &str = "__connect.errors.exception.message";
}
