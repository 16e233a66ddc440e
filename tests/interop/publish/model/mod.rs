//! The events that foreign readers read, in groups of fields that belong together, and values of them.
//!
//! Each value stands beside what a reader should see of it, in the canonical form that `tests/interop/README.md`
//! describes. That is written by hand, never made by an encoder of ours. Knows nothing of Kafka.

mod choices;
mod crates;
pub mod keys;
mod records;
mod shared;
mod values;

use publisher_core::{Encoding, Event};
use serde_json::{Value, json};

use self::choices::Choices;
use self::crates::Crates;
use self::records::Records;
use self::shared::Shared;
use self::values::Values;

macro_rules! event {
    ($(#[$doc:meta])* $name:ident, $topic:literal, $encoding:ident, $schema:literal) => {
        $(#[$doc])*
        #[derive(Event)]
        #[event(topic = $topic, namespace = "com.acme.interop", encoding = $encoding, schema = $schema)]
        pub struct $name<'a> {
            #[event(key)]
            key: &'a str,
            values: &'a Values<'a>,
            shared: &'a Shared,
            records: &'a Records,
            choices: &'a Choices,
            crates: &'a Crates,
        }

        impl<'a> From<&'a Sample> for $name<'a> {
            fn from(sample: &'a Sample) -> Self {
                Self {
                    key: sample.key,
                    values: &sample.values,
                    shared: &sample.shared,
                    records: &sample.records,
                    choices: &sample.choices,
                    crates: &sample.crates,
                }
            }
        }
    };
}

event!(
    /// Every type in an Avro event.
    AvroEvent, "AvroEvent", avro, "interop/publish/schemas/com.acme.interop.AvroEvent.avsc"
);
event!(
    /// Every type in a JSON event.
    JsonEvent, "JsonEvent", json, "interop/publish/schemas/com.acme.interop.JsonEvent.json"
);

/// The fields of one event.
pub struct Sample {
    pub key: &'static str,
    values: Values<'static>,
    shared: Shared,
    records: Records,
    choices: Choices,
    crates: Crates,
    /// What a reader should make of the event.
    pub expected: Value,
}

/// A value of one group and what a reader should make of it.
pub struct Expected<T> {
    value: T,
    expected: Value,
}

/// Why there are no samples: a value that a crate could not make.
pub type Failure = Box<dyn std::error::Error>;

/// What events of one encoding hold; they differ where an encoding's range does. Of each group there is an ordinary
/// value, then the greatest, the least and the emptiest.
pub fn samples(encoding: Encoding) -> Result<Vec<Sample>, Failure> {
    let keys = ["ordinary", "größte", "least", "empty"];
    let groups = keys
        .into_iter()
        .zip(values::samples(encoding))
        .zip(crates::samples(encoding)?)
        .zip(choices::samples(encoding))
        .zip(records::samples())
        .zip(shared::samples());
    let samples = groups.map(|(((((key, values), crates), choices), records), shared)| Sample {
        key,
        expected: json!({
            "key": key,
            "values": values.expected,
            "records": records.expected,
            "shared": shared.expected,
            "choices": choices.expected,
            "crates": crates.expected,
        }),
        values: values.value,
        shared: shared.value,
        records: records.value,
        choices: choices.value,
        crates: crates.value,
    });
    Ok(samples.collect())
}

fn is_json(encoding: Encoding) -> bool {
    encoding == Encoding::Json
}

/// A time as the canonical form has it: six digits after the point; a JSON event itself has three.
fn local(encoding: Encoding, to_the_millisecond: &str) -> String {
    let zeros = if is_json(encoding) { "" } else { "000" };
    format!("{to_the_millisecond}{zeros}")
}

/// As [`local`], for a time in UTC.
fn instant(encoding: Encoding, to_the_millisecond: &str) -> String {
    local(encoding, to_the_millisecond) + "Z"
}
