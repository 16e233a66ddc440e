//! What the quickstart says of its run.
//!
//! Knows deliveries and addresses; knows nothing of orders.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Result;
use publisher_core::registry::{RegistryClient, SchemaRegistry as _};
use publisher_core::{Delivery, Event, EventType, SchemaId, wire};

/// What was delivered, counted as it comes.
#[derive(Default)]
pub struct Deliveries {
    by_partition: BTreeMap<i32, usize>,
    /// Which schema each subject's records carry.
    ids: BTreeMap<String, SchemaId>,
    /// The first delivery and the index of its event.
    first: Option<(usize, Delivery)>,
}

impl Deliveries {
    pub fn count(&mut self, event: usize, delivery: Delivery) {
        *self.by_partition.entry(delivery.partition).or_default() += 1;
        if let (Some(subject), Some(id)) = (delivery.subject(), delivery.schema_id) {
            self.ids.insert(subject.to_owned(), id);
        }
        self.first.get_or_insert((event, delivery));
    }

    pub fn first(&self) -> Option<(usize, &Delivery)> {
        self.first.as_ref().map(|(event, delivery)| (*event, delivery))
    }

    pub fn total(&self) -> usize {
        self.by_partition.values().sum()
    }
}

/// The schemas as the registry has them now.
pub async fn schemas(registry: &str, types: &[&EventType], deliveries: &Deliveries) -> Result<String> {
    let client = RegistryClient::builder(registry).build()?;
    let mut text = format!("schemas at {}\n", client.address());
    for (subject, id) in &deliveries.ids {
        let Some(event_type) = types.iter().find(|event_type| subject.ends_with(event_type.name())) else {
            continue;
        };
        let registered = client.look_up(subject, event_type.schema()).await?;
        let version = registered
            .version
            .map_or_else(|| "?".to_owned(), |version| version.to_string());
        text.push_str(&format!("  subject {subject}, version {version}, id {id}\n"));
    }
    Ok(text)
}

/// Deliveries by partition and the time they took.
pub fn summary(deliveries: &Deliveries, topic: &str, took: Duration) -> String {
    let partitions: Vec<_> = deliveries
        .by_partition
        .iter()
        .map(|(partition, count)| format!("{partition}: {count}"))
        .collect();
    format!(
        "deliveries to {topic} by partition  {}\ntime {:.3} s\n",
        partitions.join("  "),
        took.as_secs_f64()
    )
}

/// The start of a record's value as it was sent, with what each part is: an event has one encoding, so it is made again.
pub fn hex_line<E: Event>(delivery: &Delivery, event: &E) -> Result<String> {
    const SHOWN: usize = 24;
    let mut value = Vec::new();
    wire::begin(&mut value);
    event.write(&mut value)?;
    wire::set_schema_id(&mut value, delivery.schema_id.unwrap_or(SchemaId(0)));
    let (id, payload) = wire::read(&value)?;
    let hex = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    Ok(format!(
        "first record {}[{}]@{}, {} bytes\n  {} magic byte | {} schema id {id} | {}{} {}\n",
        delivery.topic(),
        delivery.partition,
        delivery
            .offset
            .map_or_else(|| "?".to_owned(), |offset| offset.to_string()),
        value.len(),
        hex(&value[..1]),
        hex(&value[1..wire::PREFIX_LEN]),
        hex(&payload[..payload.len().min(SHOWN)]),
        if payload.len() > SHOWN { " …" } else { "" },
        event.event_type().encoding().content_type(),
    ))
}

/// Lines to paste into a shell, to read the topic with other tools.
pub fn read_elsewhere(brokers: &str, registry: &str, topic: &str, json: bool, embedded: bool) -> String {
    if embedded {
        return "to read it elsewhere: `cargo xtask testbed` starts real servers; set the two variables it prints, run again\n"
            .to_owned();
    }
    let console = if json {
        "kafka-json-schema-console-consumer"
    } else {
        "kafka-avro-console-consumer"
    };
    let mut text = format!(
        "read it elsewhere\n  {console} --bootstrap-server {brokers} --topic {topic} --from-beginning \\\n    \
         --property schema.registry.url={registry}\n"
    );
    // kcat knows the registry's framing for Avro only.
    if !json {
        text.push_str(&format!(
            "  kcat -C -e -b {brokers} -t {topic} -s value=avro -r {registry}\n"
        ));
    }
    text
}
