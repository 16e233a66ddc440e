use std::collections::HashMap;

use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key = big_endian)]
    order_id: u32,
}

#[derive(EventData)]
struct OrderId(String);

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderShipped {
    #[event(key = raw)]
    order_id: OrderId,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderTagged {
    #[event(key)]
    tags: HashMap<String, String>,
}

fn main() {}
