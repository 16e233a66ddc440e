use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OrdersClosed {}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OrdersOpened {
    #[event(skip)]
    cache: String,
}

#[derive(EventData)]
struct Nothing {}

fn main() {}
