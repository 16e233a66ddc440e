//! The events that foreign readers read, in groups of fields that belong together, and values of them.
//!
//! Each value stands beside what a reader should see of it, in the canonical form that `tests/interop/README.md`
//! describes. That is written by hand, never made by an encoder of ours. Knows nothing of Kafka.

mod choices;
mod conversions;
mod crates;
mod defaults;
pub mod events;
pub mod keys;
mod lists;
mod micros;
mod numbers;
mod records;
mod recursion;
mod shared;
mod values;

use publisher_core::{Encoding, Event};
use serde_json::{Value, json};

use self::choices::Choices;
use self::conversions::Conversions;
use self::crates::Crates;
use self::defaults::Defaults;
use self::lists::Lists;
use self::micros::Micros;
use self::numbers::Numbers;
use self::records::Records;
use self::recursion::Recursion;
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
            numbers: &'a Numbers,
            lists: &'a Lists,
            micros: &'a Micros,
            defaults: &'a Defaults,
            recursion: &'a Recursion,
            conversions: &'a Conversions,
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
                    numbers: &sample.numbers,
                    lists: &sample.lists,
                    micros: &sample.micros,
                    defaults: &sample.defaults,
                    recursion: &sample.recursion,
                    conversions: &sample.conversions,
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
    numbers: Numbers,
    lists: Lists,
    micros: Micros,
    defaults: Defaults,
    recursion: Recursion,
    conversions: Conversions,
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
    let mut values = values::samples(encoding).into_iter();
    let mut shared = shared::samples().into_iter();
    let mut records = records::samples().into_iter();
    let mut choices = choices::samples(encoding).into_iter();
    let mut crates = crates::samples(encoding)?.into_iter();
    let mut numbers = numbers::samples(encoding)?.into_iter();
    let mut lists = lists::samples().into_iter();
    let mut micros = micros::samples()?.into_iter();
    let mut defaults = defaults::samples().into_iter();
    let mut recursion = recursion::samples().into_iter();
    let mut conversions = conversions::samples(encoding).into_iter();
    let mut samples = Vec::new();
    for key in keys {
        let mut expected = serde_json::Map::from_iter([("key".to_owned(), json!(key))]);
        samples.push(Sample {
            key,
            values: next("values", &mut values, &mut expected)?,
            shared: next("shared", &mut shared, &mut expected)?,
            records: next("records", &mut records, &mut expected)?,
            choices: next("choices", &mut choices, &mut expected)?,
            crates: next("crates", &mut crates, &mut expected)?,
            numbers: next("numbers", &mut numbers, &mut expected)?,
            lists: next("lists", &mut lists, &mut expected)?,
            micros: next("micros", &mut micros, &mut expected)?,
            defaults: next("defaults", &mut defaults, &mut expected)?,
            recursion: next("recursion", &mut recursion, &mut expected)?,
            conversions: next("conversions", &mut conversions, &mut expected)?,
            expected: Value::Object(expected),
        });
    }
    Ok(samples)
}

/// The next value of a group; what is expected of it is noted.
fn next<T>(
    name: &str,
    samples: &mut impl Iterator<Item = Expected<T>>,
    expected: &mut serde_json::Map<String, Value>,
) -> Result<T, Failure> {
    let sample = samples.next().ok_or("a group has too few samples")?;
    expected.insert(name.to_owned(), sample.expected);
    Ok(sample.value)
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

/// A long as the canonical form has it: text beyond what every language holds as a number.
fn long(encoding: Encoding, value: i64) -> Value {
    if is_json(encoding) || value.unsigned_abs() < 1 << 53 {
        json!(value)
    } else {
        json!(value.to_string())
    }
}
