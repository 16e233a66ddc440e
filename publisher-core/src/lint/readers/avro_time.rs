//! Dates and times, which readers know to a different extent.
//!
//! Knows no change of a unit; that is with `meaning`.

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::avsc::Logical;

const MILLIS: LintCase = LintCase::one(
    "milliseconds",
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}"#,
);
const MICROS: LintCase = LintCase::one(
    "microseconds",
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":["null",{"type":"long","logicalType":"timestamp-micros"}],"default":null}]}"#,
);
const NUMBER: LintCase = LintCase::one(
    "a number",
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":"long"}]}"#,
);

/// Nanoseconds.
pub(in crate::lint) static NANOS: Lint = Lint {
    id: "reader-avro-timestamp-nanos",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Python, Reader::Node, Reader::Connect, Reader::Flink],
    levels: &[],
    title: "nanoseconds are a plain number or cannot be read",
    explanation: "fastavro, Connect and Flink give a whole number. avsc throws \"potential precision loss\" at every time \
                  after 15 April 1970. Publish `timestamp-millis`, which every reader knows, or `timestamp-micros`.",
    source: "fastavro 1.13, avsc 5, Confluent AvroData",
    breaches: &[
        LintCase::one(
            "a timestamp",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-nanos"}}]}"#,
        ),
        LintCase::one(
            "a local one",
            r#"{"type":"long","logicalType":"local-timestamp-nanos"}"#,
        ),
    ],
    near_misses: &[MILLIS, MICROS, NUMBER],
    check: Check::AvroPart(|part| match part.logical() {
        Some((logical @ (Logical::TimestampNanos | Logical::LocalTimestampNanos), _)) => {
            Some(Found::new(format!("is a {logical}")))
        }
        _ => None,
    }),
};

/// Microseconds for Flink.
pub(in crate::lint) static MICROS_AS_MILLIS: Lint = Lint {
    id: "reader-avro-micros-as-millis",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Flink],
    levels: &[],
    title: "microseconds are read as milliseconds",
    explanation: "Flink takes the number of a `timestamp-micros` for milliseconds, so every time is a thousand times as far \
                  from 1970 and no error shows it (FLINK-39036). Publish `timestamp-millis`.",
    source: "Apache Flink `avro-confluent`, FLINK-39036",
    breaches: &[MICROS],
    near_misses: &[MILLIS, NUMBER],
    check: Check::AvroPart(|part| match part.logical() {
        Some((Logical::TimestampMicros, _)) => Some(Found::new("is a timestamp-micros")),
        _ => None,
    }),
};

/// Microseconds for Connect.
pub(in crate::lint) static MICROS_AS_NUMBER: Lint = Lint {
    id: "reader-avro-micros-as-number",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Connect],
    levels: &[],
    title: "microseconds are a plain number",
    explanation: "Of the logical types of time Connect's AvroConverter knows `date`, `time-millis` and `timestamp-millis` \
                  alone. Others reach the sink, and ksqlDB, as int64: a column of numbers instead of times. Publish the \
                  milliseconds, or convert in the connector.",
    source: "Confluent AvroData",
    breaches: &[
        MICROS,
        LintCase::one(
            "a time of day",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"time-micros"}}]}"#,
        ),
    ],
    near_misses: &[
        MILLIS,
        NUMBER,
        LintCase::one("a date", r#"{"type":"int","logicalType":"date"}"#),
        LintCase::one(
            "milliseconds since midnight",
            r#"{"type":"int","logicalType":"time-millis"}"#,
        ),
    ],
    check: Check::AvroPart(|part| match part.logical() {
        Some((logical @ (Logical::TimestampMicros | Logical::TimeMicros), _)) => {
            Some(Found::new(format!("is a {logical}")))
        }
        _ => None,
    }),
};

/// Times without zone.
pub(in crate::lint) static LOCAL: Lint = Lint {
    id: "reader-avro-local-timestamp",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Connect, Reader::Go],
    levels: &[],
    title: "a local time is a number or gets a zone",
    explanation: "Connect's AvroConverter gives int64. twmb/avro gives a `time.Time` in UTC, which is an instant that nobody \
                  meant. Publish `timestamp-millis` and the zone beside it, or tell these readers.",
    source: "Confluent AvroData; twmb/avro 1.9",
    breaches: &[
        LintCase::one(
            "milliseconds",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"local-timestamp-millis"}}]}"#,
        ),
        LintCase::one(
            "microseconds in a list",
            r#"{"type":"array","items":{"type":"long","logicalType":"local-timestamp-micros"}}"#,
        ),
    ],
    near_misses: &[MILLIS, MICROS, NUMBER],
    check: Check::AvroPart(|part| match part.logical() {
        Some((logical @ (Logical::LocalTimestampMillis | Logical::LocalTimestampMicros), _)) => {
            Some(Found::new(format!("is a {logical}")))
        }
        _ => None,
    }),
};

/// Any time for avsc.
pub(in crate::lint) static AS_NUMBER: Lint = Lint {
    id: "reader-avro-time-as-number",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Node],
    levels: &[],
    title: "a date or time arrives as a number",
    explanation: "avsc has no logical types of its own: a date is the number of its day, a time that of its unit. Readers \
                  register a logical type for each (avsc's `logicalTypes`). A timestamp in microseconds is beyond 2^53 \
                  from the year 2255 on.",
    source: "avsc 5",
    breaches: &[
        MILLIS,
        MICROS,
        LintCase::one("a date", r#"{"type":"int","logicalType":"date"}"#),
    ],
    near_misses: &[
        NUMBER,
        LintCase::one("a uuid, which is text", r#"{"type":"string","logicalType":"uuid"}"#),
    ],
    check: Check::AvroPart(|part| match part.logical() {
        Some((
            logical @ (Logical::Date
            | Logical::TimeMillis
            | Logical::TimeMicros
            | Logical::TimestampMillis
            | Logical::TimestampMicros
            | Logical::LocalTimestampMillis
            | Logical::LocalTimestampMicros),
            _,
        )) => Some(Found::new(format!("is a {logical}"))),
        _ => None,
    }),
};
