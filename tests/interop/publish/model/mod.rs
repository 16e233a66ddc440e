//! The events that foreign readers read, in groups of fields that belong together, and values of them.
//!
//! Each value stands beside what a reader should see of it, in the canonical form that `tests/interop/README.md`
//! describes. That is written by hand, never made by an encoder of ours. Knows nothing of Kafka.

mod values;

use publisher_core::{Encoding, Event};
use serde_json::{Value, json};

use self::values::Values;

macro_rules! event {
    ($(#[$doc:meta])* $name:ident, $encoding:ident, $topic:literal) => {
        $(#[$doc])*
        #[derive(Event)]
        #[event(topic = $topic, namespace = "com.acme.interop", encoding = $encoding)]
        pub struct $name<'a> {
            #[event(key)]
            key: &'a str,
            values: &'a Values<'a>,
        }

        impl<'a> From<&'a Sample> for $name<'a> {
            fn from(sample: &'a Sample) -> Self {
                Self {
                    key: sample.key,
                    values: &sample.values,
                }
            }
        }
    };
}

event!(
    /// Every type in an Avro event.
    AvroEvent, avro, "every-type-avro"
);
event!(
    /// Every type in a JSON event.
    JsonEvent, json, "every-type-json"
);

/// The fields of one event.
pub struct Sample {
    pub key: &'static str,
    values: Values<'static>,
    /// What a reader should make of the event.
    pub expected: Value,
}

/// A value of one group and what a reader should make of it.
pub struct Expected<T> {
    value: T,
    expected: Value,
}

/// What events of one encoding hold; they differ where an encoding's range does. Of each group there is an ordinary
/// value, then the greatest, the least and the emptiest.
pub fn samples(encoding: Encoding) -> Vec<Sample> {
    let keys = ["ordinary", "größte", "least", "empty"];
    let groups = keys.into_iter().zip(values::samples(encoding));
    groups
        .map(|(key, values)| Sample {
            key,
            expected: json!({ "key": key, "values": values.expected }),
            values: values.value,
        })
        .collect()
}

fn is_json(encoding: Encoding) -> bool {
    encoding == Encoding::Json
}

/// An instant as the canonical form has it: six digits after the point; a JSON event itself has three.
fn instant(encoding: Encoding, to_the_millisecond: &str) -> String {
    let zeros = if is_json(encoding) { "" } else { "000" };
    format!("{to_the_millisecond}{zeros}Z")
}
