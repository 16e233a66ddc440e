use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Envelope<T> {
    payload: T,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OrderPlaced {
    number: Envelope<i32>,
    text: Envelope<String>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OneInstanceIsFine {
    number: Envelope<i32>,
    again: Envelope<i32>,
}

fn main() {}
