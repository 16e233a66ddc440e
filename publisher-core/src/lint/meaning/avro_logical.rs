//! Numbers, texts and bytes that come to mean something else: the unit of a time, the logical type as a whole.
//!
//! Knows no decimal whose digits change; that is with `avro_decimal`.

use crate::lint::avro_pairs::AvroPair;
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::registry::SchemaType;
use crate::schema::avsc::Logical;

const SAME: LintCase = LintCase::pair(
    "the same timestamp under another documentation",
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}"#,
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","doc":"when","type":{"type":"long","logicalType":"timestamp-millis"}}]}"#,
);

/// Milliseconds become microseconds.
pub(in crate::lint) static UNIT: Lint = Lint {
    id: "meaning-avro-time-unit",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "the unit of a time changed",
    explanation: "The number of an older event is taken for one of the new unit, so its time is a thousand times too near to \
                  1970, or too far. Java does so; fastavro takes the writer's unit, so readers disagree too. Keep the unit, or \
                  add a new field beside the old one.",
    source: "Apache Avro 1.12 specification, \"Logical Types\"; Java's SchemaCompatibility does not look at them; fastavro \
             1.13 takes the writer's",
    breaches: &[
        LintCase::pair(
            "a timestamp",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}}]}"#,
        ),
        LintCase::pair(
            "a time of day, of which the int becomes a long",
            r#"{"type":"int","logicalType":"time-millis"}"#,
            r#"{"type":"long","logicalType":"time-micros"}"#,
        ),
        LintCase::pair(
            "a local timestamp that becomes optional",
            r#"{"type":"long","logicalType":"local-timestamp-nanos"}"#,
            r#"["null",{"type":"long","logicalType":"local-timestamp-millis"}]"#,
        ),
    ],
    near_misses: &[
        SAME,
        LintCase::pair(
            "a timestamp that becomes a local one, of the same unit",
            r#"{"type":"long","logicalType":"timestamp-millis"}"#,
            r#"{"type":"long","logicalType":"local-timestamp-millis"}"#,
        ),
    ],
    check: Check::AvroPair(|pair| {
        let (Some(older), Some(newer)) = pair.logicals()? else {
            return None;
        };
        let (one, other) = (family(older)?, family(newer)?);
        (one == other && older != newer).then(|| changed(older, newer))
    }),
};

/// Another logical type.
pub(in crate::lint) static CHANGED: Lint = Lint {
    id: "meaning-avro-logical-type-changed",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "the logical type became another",
    explanation: "Registries look at the form alone. The number, text or bytes of an older event are taken for what the newer \
                  schema says: the days of a date for milliseconds, so that all dates lie in January 1970; an instant for a \
                  local time. Add a new field beside the old one.",
    source: "Apache Avro 1.12 specification, \"Logical Types\"; Java's SchemaCompatibility does not look at them",
    breaches: &[
        LintCase::pair(
            "a date becomes a timestamp",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"int","logicalType":"date"}}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}"#,
        ),
        LintCase::pair(
            "an instant becomes a local time",
            r#"{"type":"long","logicalType":"timestamp-millis"}"#,
            r#"{"type":"long","logicalType":"local-timestamp-millis"}"#,
        ),
        LintCase::pair(
            "a decimal gets a scale of its own in each value",
            r#"{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}"#,
            r#"{"type":"bytes","logicalType":"big-decimal"}"#,
        ),
    ],
    near_misses: &[
        SAME,
        LintCase::pair(
            "the unit alone, which has a lint of its own",
            r#"{"type":"long","logicalType":"timestamp-millis"}"#,
            r#"{"type":"long","logicalType":"timestamp-micros"}"#,
        ),
        LintCase::pair(
            "the scale alone, which has a lint of its own",
            r#"{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}"#,
            r#"{"type":"bytes","logicalType":"decimal","precision":9,"scale":3}"#,
        ),
    ],
    check: Check::AvroPair(|pair| {
        let (Some(older), Some(newer)) = pair.logicals()? else {
            return None;
        };
        let related = match (family(older), family(newer)) {
            (None, None) => older.word() == newer.word(),
            (one, other) => one == other,
        };
        (!related).then(|| changed(older, newer))
    }),
};

/// A logical type where there was none.
pub(in crate::lint) static ADDED: Lint = Lint {
    id: "meaning-avro-logical-type-added",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a logical type was added",
    explanation: "Values of older events are read as what the newer schema says, whatever they meant when they were written: a \
                  number of seconds becomes a wrong time, a text that is no uuid fails in Python. All is well if every \
                  older value already was one; otherwise add a new field beside the old one.",
    source: "Apache Avro 1.12 specification, \"Logical Types\"; fastavro 1.13 (`ValueError`)",
    breaches: &[
        LintCase::pair(
            "a number becomes a timestamp",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":"long"}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}"#,
        ),
        LintCase::pair(
            "sixteen bytes become a uuid",
            r#"{"type":"fixed","name":"com.acme.Id","size":16}"#,
            r#"{"type":"fixed","name":"com.acme.Id","size":16,"logicalType":"uuid"}"#,
        ),
    ],
    near_misses: &[SAME],
    check: Check::AvroPair(|pair| one_sided(pair, false)),
};

/// A logical type that is gone.
pub(in crate::lint) static DROPPED: Lint = Lint {
    id: "meaning-avro-logical-type-dropped",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a logical type was dropped",
    explanation: "Readers with the newer schema get the plain number, text or bytes where they had a time, a uuid or a decimal, \
                  and code that expects the latter fails. The values themselves are the same. Keep the logical type, or let \
                  the readers know.",
    source: "Apache Avro 1.12 specification, \"Logical Types\"",
    breaches: &[
        LintCase::pair(
            "a timestamp becomes a number",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"at","type":"long"}]}"#,
        ),
        LintCase::pair(
            "one that no longer applies",
            r#"{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}"#,
            r#"{"type":"bytes","logicalType":"decimal","scale":2}"#,
        ),
    ],
    near_misses: &[SAME],
    check: Check::AvroPair(|pair| one_sided(pair, true)),
};

fn one_sided(pair: &AvroPair<'_>, dropped: bool) -> Option<Found> {
    match pair.logicals()? {
        (Some(older), None) if dropped => Some(Found::new(format!("it was a {older} and is none"))),
        (None, Some(newer)) if !dropped => Some(Found::new(format!("it is a {newer} and was none"))),
        _ => None,
    }
}

fn changed(older: &Logical, newer: &Logical) -> Found {
    Found::new(format!("it is a {newer} and was a {older}"))
}

/// What a logical type of time is, without its unit.
fn family(logical: &Logical) -> Option<&'static str> {
    match logical {
        Logical::TimeMillis | Logical::TimeMicros => Some("time"),
        Logical::TimestampMillis | Logical::TimestampMicros | Logical::TimestampNanos => Some("timestamp"),
        Logical::LocalTimestampMillis | Logical::LocalTimestampMicros | Logical::LocalTimestampNanos => {
            Some("local-timestamp")
        }
        _ => None,
    }
}
