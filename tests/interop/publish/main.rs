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

use model::{AvroEvent, JsonEvent, samples};
use publisher_core::{Encoding, Publisher};
use serde_json::{Value, json};

const USAGE: &str = "usage: --bootstrap HOST:PORT --registry URL --topic-prefix PREFIX --expected FILE";
const AVRO_EVENT: &str = "com.acme.interop.AvroEvent";
const JSON_EVENT: &str = "com.acme.interop.JsonEvent";
/// The key that has a value first and a tombstone last.
const GONE: &str = "ordinary";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let options: HashMap<&str, &str> = args.chunks_exact(2).map(|pair| (&*pair[0], &*pair[1])).collect();
    let option = |name| options.get(name).copied().ok_or(USAGE);
    let prefix = option("--topic-prefix")?;
    let topic = |encoding: &str| format!("{prefix}-{encoding}");
    let publisher = Publisher::builder()
        .bootstrap_servers(option("--bootstrap")?)
        .registry(option("--registry")?)
        .rename_topic("every-type-avro", topic("avro"))
        .rename_topic("every-type-json", topic("json"))
        .build()
        .await?;

    let mut avro = Vec::new();
    for sample in samples(Encoding::Avro)? {
        publisher.publish(AvroEvent::from(&sample)).await?;
        avro.push(record(AVRO_EVENT, sample.key, sample.expected));
    }
    publisher.tombstone::<AvroEvent<'_>>(&GONE).await?;
    avro.push(record(AVRO_EVENT, GONE, Value::Null));

    let mut json = Vec::new();
    for sample in samples(Encoding::Json)? {
        publisher.publish(JsonEvent::from(&sample)).await?;
        json.push(record(JSON_EVENT, sample.key, sample.expected));
    }
    publisher.tombstone::<JsonEvent<'_>>(&GONE).await?;
    json.push(record(JSON_EVENT, GONE, Value::Null));

    publisher.shutdown(Duration::from_secs(10)).await;
    let expected = json!([
        { "topic": topic("avro"), "encoding": "avro", "key": "text", "records": avro },
        { "topic": topic("json"), "encoding": "json", "key": "text", "records": json },
    ]);
    fs::write(option("--expected")?, format!("{expected:#}\n"))?;
    println!("published {} and {} records", avro.len(), json.len());
    Ok(())
}

/// What a reader should find in one record; a tombstone's value is null.
fn record(event_type: &str, key: &str, value: Value) -> Value {
    json!({ "key": key, "type": event_type, "value": value })
}
