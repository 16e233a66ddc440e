//! Publishes every type that an event can have, and writes down what a reader of any language should see.
//!
//! The foreign readers beside it compare what their libraries decode with that file. Knows no reader; the values are in
//! `model`.
#![allow(clippy::print_stdout, reason = "a program talks to its user")]
#![allow(unreachable_pub, missing_docs, reason = "a program has no users of its items")]

mod model;

use std::collections::HashMap;
use std::error::Error;
use std::time::Duration;
use std::{env, fs};

use model::events::{self, Parcels};
use model::keys::{self, AvroKeyed, BytesKeyed, FixedKeyed, NumberKeyed, ShortKeyed};
use model::{AvroEvent, JsonEvent, samples};
use publisher_core::{Encoding, Publisher};
use serde_json::{Value, json};

const USAGE: &str = "usage: --bootstrap HOST:PORT --registry URL --topic-prefix PREFIX --expected FILE";
/// The topics as the events name them; each run has its own.
const EVENTS: [&str; 9] = [
    "AvroEvent",
    "JsonEvent",
    "Parcels",
    "AvroKeyed",
    "FixedKeyed",
    "CompoundKeyed",
    "NumberKeyed",
    "ShortKeyed",
    "BytesKeyed",
];
/// The key that has a value first and a tombstone last.
const GONE: &str = "ordinary";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let options: HashMap<&str, &str> = args.chunks_exact(2).map(|pair| (&*pair[0], &*pair[1])).collect();
    let option = |name| options.get(name).copied().ok_or(USAGE);
    let prefix = option("--topic-prefix")?;
    let mut builder = Publisher::builder()
        .bootstrap_servers(option("--bootstrap")?)
        .registry(option("--registry")?);
    for event in EVENTS {
        builder = builder.rename_topic(event, format!("{prefix}-{event}"));
    }
    let publisher = builder.build().await?;
    let topics = publish(&publisher).await?;
    publisher.shutdown(Duration::from_secs(10)).await;

    let records: usize = topics.iter().map(|topic| topic.records.len()).sum();
    let expected: Vec<Value> = topics.into_iter().map(|topic| topic.expected(prefix)).collect();
    fs::write(option("--expected")?, format!("{:#}\n", json!(expected)))?;
    println!("published {records} records on {} topics", expected.len());
    Ok(())
}

async fn publish(publisher: &Publisher) -> Result<Vec<Topic>, Box<dyn Error>> {
    let mut avro = Topic::new("AvroEvent", "avro", "text");
    for sample in samples(Encoding::Avro)? {
        publisher.publish(AvroEvent::from(&sample)).await?;
        avro.expect(json!(sample.key), sample.expected);
    }
    publisher.tombstone::<AvroEvent<'_>>(&GONE).await?;
    avro.expect(json!(GONE), Value::Null);

    let mut json = Topic::new("JsonEvent", "json", "text");
    for sample in samples(Encoding::Json)? {
        publisher.publish(JsonEvent::from(&sample)).await?;
        json.expect(json!(sample.key), sample.expected);
    }
    publisher.tombstone::<JsonEvent<'_>>(&GONE).await?;
    json.expect(json!(GONE), Value::Null);

    let mut parcels = Topic::new("Parcels", "avro", "text");
    for (event, key, event_type, expected) in events::parcels() {
        publisher.publish(event).await?;
        parcels.expect_type(event_type, json!(key.to_string()), expected);
        if event_type == "ParcelsLost" {
            publisher.tombstone::<Parcels>(&key).await?;
            parcels.expect_type("Sent", json!(key.to_string()), Value::Null);
        }
    }

    let mut topics = vec![avro, json, parcels];
    topics.extend(publish_keys(publisher).await?);
    Ok(topics)
}

/// The events that have keys of other forms.
async fn publish_keys(publisher: &Publisher) -> Result<Vec<Topic>, Box<dyn Error>> {
    let mut avro_keyed = Topic::new("AvroKeyed", "avro", "avro");
    for (key, expected) in keys::avro() {
        publisher.publish(AvroKeyed { key: key.clone() }).await?;
        avro_keyed.expect(expected.clone(), json!({ "key": expected }));
        publisher.tombstone::<AvroKeyed>(&key).await?;
        avro_keyed.expect(expected, Value::Null);
    }
    let mut fixed_keyed = Topic::new("FixedKeyed", "json", "avro");
    for (key, expected) in keys::fixed() {
        publisher.publish(FixedKeyed { key }).await?;
        fixed_keyed.expect(expected.clone(), json!({ "key": expected }));
        publisher.tombstone::<FixedKeyed>(&key).await?;
        fixed_keyed.expect(expected, Value::Null);
    }
    let mut compound_keyed = Topic::new("CompoundKeyed", "avro", "text");
    for (event, key, expected) in keys::compound() {
        publisher.publish(event).await?;
        compound_keyed.expect(json!(key), expected);
    }
    let mut number_keyed = Topic::new("NumberKeyed", "json", "big_endian");
    for (key, expected) in keys::numbers() {
        publisher.publish(NumberKeyed { key }).await?;
        number_keyed.expect(expected.clone(), json!({ "key": expected }));
    }
    let mut short_keyed = Topic::new("ShortKeyed", "avro", "big_endian");
    for (key, expected) in keys::shorts() {
        publisher.publish(ShortKeyed { key }).await?;
        short_keyed.expect(expected.clone(), json!({ "key": expected }));
    }
    let mut bytes_keyed = Topic::new("BytesKeyed", "avro", "raw");
    for (key, expected) in keys::bytes() {
        publisher.publish(BytesKeyed { key }).await?;
        bytes_keyed.expect(expected.clone(), json!({ "key": expected }));
    }
    Ok(vec![
        avro_keyed,
        fixed_keyed,
        compound_keyed,
        number_keyed,
        short_keyed,
        bytes_keyed,
    ])
}

/// What a reader should find on the topic of one event type.
struct Topic {
    event: &'static str,
    encoding: &'static str,
    /// The form of the keys.
    key: &'static str,
    records: Vec<Value>,
}

impl Topic {
    fn new(event: &'static str, encoding: &'static str, key: &'static str) -> Self {
        let records = Vec::new();
        Self {
            event,
            encoding,
            key,
            records,
        }
    }

    /// One more record; a tombstone's value is null.
    fn expect(&mut self, key: Value, value: Value) {
        self.expect_type(self.event, key, value);
    }

    /// As [`expect`](Self::expect), of one of several types on the topic.
    fn expect_type(&mut self, event_type: &str, key: Value, value: Value) {
        let event_type = format!("com.acme.interop.{event_type}");
        self.records
            .push(json!({ "key": key, "type": event_type, "value": value }));
    }

    fn expected(self, prefix: &str) -> Value {
        let topic = format!("{prefix}-{}", self.event);
        json!({ "topic": topic, "encoding": self.encoding, "key": self.key, "records": self.records })
    }
}
