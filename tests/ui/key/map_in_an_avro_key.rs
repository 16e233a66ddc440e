use std::collections::{BTreeMap, HashMap};

use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Labels {
    values: Option<HashMap<String, String>>,
}

#[derive(Event)]
#[event(topic = "series", namespace = "com.acme.series")]
struct Measured {
    #[event(key = avro)]
    labels: Labels,
}

#[derive(Event)]
#[event(topic = "series", namespace = "com.acme.series")]
struct Counted {
    #[event(key = avro)]
    labels: BTreeMap<String, i64>,
}

fn main() {}
