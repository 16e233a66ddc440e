//! Only what has a name and no subject can be shared.
use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", shared)]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
}

#[derive(EventData)]
#[event(shared)]
struct OrderId(String);

#[derive(EventData)]
struct Line {
    #[event(shared)]
    product: String,
}

#[derive(EventData)]
#[event(shared = true, namespace = "com.acme")]
struct Address {
    street: String,
}

fn main() {}
