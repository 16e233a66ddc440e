use std::collections::{BTreeSet, HashSet};

use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Tags {
    sorted: BTreeSet<String>,
    hashed: Option<HashSet<String>>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderTagged {
    #[event(key = avro)]
    tags: Tags,
}

fn main() {}
