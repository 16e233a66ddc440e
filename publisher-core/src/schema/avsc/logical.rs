//! Logical types: which there are and when one applies.
//!
//! A logical type that does not apply is no error: the specification has it ignored, so it stays a further member.

use std::fmt;

use serde_json::{Map, Value};

use super::model::{Form, Kind};

/// What a type means beyond its form.
///
/// Implements: Apache Avro 1.12 specification, "Logical Types".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Logical {
    /// `decimal` on `bytes` or `fixed`: an unscaled number, big-endian two's complement.
    Decimal {
        /// How many digits there are at the most.
        precision: u32,
        /// How many of them stand behind the point.
        scale: u32,
    },
    /// `big-decimal` on `bytes`: each value carries its own scale.
    BigDecimal,
    /// `uuid` on `string` or `fixed(16)`.
    Uuid,
    /// `date` on `int`: days since 1970-01-01.
    Date,
    /// `time-millis` on `int`: since midnight.
    TimeMillis,
    /// `time-micros` on `long`: since midnight.
    TimeMicros,
    /// `timestamp-millis` on `long`.
    TimestampMillis,
    /// `timestamp-micros` on `long`.
    TimestampMicros,
    /// `timestamp-nanos` on `long`.
    TimestampNanos,
    /// `local-timestamp-millis` on `long`.
    LocalTimestampMillis,
    /// `local-timestamp-micros` on `long`.
    LocalTimestampMicros,
    /// `local-timestamp-nanos` on `long`.
    LocalTimestampNanos,
    /// `duration` on `fixed(12)`: months, days, milliseconds.
    Duration,
    /// One that the specification does not know.
    Other(String),
}

impl Logical {
    /// The logical type that these members give to a type without name.
    pub(super) fn of_form(form: &Form, members: &Map<String, Value>) -> Option<Self> {
        let name = members.get("logicalType")?.as_str()?;
        match (name, form) {
            ("decimal", Form::Bytes) => Self::decimal(members, u32::MAX),
            ("big-decimal", Form::Bytes) => Some(Self::BigDecimal),
            ("uuid", Form::String) => Some(Self::Uuid),
            ("date", Form::Int) => Some(Self::Date),
            ("time-millis", Form::Int) => Some(Self::TimeMillis),
            ("time-micros", Form::Long) => Some(Self::TimeMicros),
            ("timestamp-millis", Form::Long) => Some(Self::TimestampMillis),
            ("timestamp-micros", Form::Long) => Some(Self::TimestampMicros),
            ("timestamp-nanos", Form::Long) => Some(Self::TimestampNanos),
            ("local-timestamp-millis", Form::Long) => Some(Self::LocalTimestampMillis),
            ("local-timestamp-micros", Form::Long) => Some(Self::LocalTimestampMicros),
            ("local-timestamp-nanos", Form::Long) => Some(Self::LocalTimestampNanos),
            _ => Self::other(name),
        }
    }

    /// The logical type that these members give to a named type.
    pub(super) fn of_kind(kind: &Kind, members: &Map<String, Value>) -> Option<Self> {
        let name = members.get("logicalType")?.as_str()?;
        match (name, kind) {
            ("decimal", Kind::Fixed { size }) => Self::decimal(members, most_digits(*size)),
            ("uuid", Kind::Fixed { size: 16 }) => Some(Self::Uuid),
            ("duration", Kind::Fixed { size: 12 }) => Some(Self::Duration),
            _ => Self::other(name),
        }
    }

    fn decimal(members: &Map<String, Value>, most: u32) -> Option<Self> {
        let number = |name| {
            let value = members.get(name).map(Value::as_u64);
            value.map(|value| value.and_then(|value| u32::try_from(value).ok()))
        };
        let precision = number("precision")??;
        let scale = number("scale").unwrap_or(Some(0))?;
        (precision > 0 && precision <= most && scale <= precision).then_some(Self::Decimal { precision, scale })
    }

    /// One that is known but stands on another type does not apply.
    fn other(name: &str) -> Option<Self> {
        (!KNOWN.contains(&name)).then(|| Self::Other(name.to_owned()))
    }

    /// The word of the specification, or the name of an unknown one.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Decimal { .. } => "decimal",
            Self::BigDecimal => "big-decimal",
            Self::Uuid => "uuid",
            Self::Date => "date",
            Self::TimeMillis => "time-millis",
            Self::TimeMicros => "time-micros",
            Self::TimestampMillis => "timestamp-millis",
            Self::TimestampMicros => "timestamp-micros",
            Self::TimestampNanos => "timestamp-nanos",
            Self::LocalTimestampMillis => "local-timestamp-millis",
            Self::LocalTimestampMicros => "local-timestamp-micros",
            Self::LocalTimestampNanos => "local-timestamp-nanos",
            Self::Duration => "duration",
            Self::Other(name) => name,
        }
    }
}

impl fmt::Display for Logical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decimal { precision, scale } => write!(f, "decimal({precision}, {scale})"),
            other => f.write_str(other.word()),
        }
    }
}

const KNOWN: [&str; 13] = [
    "decimal",
    "big-decimal",
    "uuid",
    "date",
    "time-millis",
    "time-micros",
    "timestamp-millis",
    "timestamp-micros",
    "timestamp-nanos",
    "local-timestamp-millis",
    "local-timestamp-micros",
    "local-timestamp-nanos",
    "duration",
];

/// How many decimal digits always fit so many bytes: floor(log10(2^(8 * size - 1) - 1)).
fn most_digits(size: usize) -> u32 {
    // 2^bits - 1 has floor(bits * log10(2)) full digits for every bit count above 0: no power of two is a power of ten.
    let bits = (size as f64).mul_add(8.0, -1.0);
    if bits <= 0.0 {
        return 0;
    }
    (bits * std::f64::consts::LOG10_2).floor() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_a_fixed() {
        // The examples of Java's Avro, and what i128 gives.
        for (size, digits) in [(0, 0), (1, 2), (2, 4), (4, 9), (8, 18), (16, 38)] {
            assert_eq!(most_digits(size), digits, "{size}");
        }
        for size in 1..16 {
            let most = (1_i128 << (8 * size - 1)) - 1;
            assert_eq!(most_digits(size), most.ilog10(), "{size}");
        }
    }
}
