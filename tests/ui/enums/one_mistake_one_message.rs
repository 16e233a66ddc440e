use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Shop {
    number: u128,
}

#[derive(EventData)]
#[event(union)]
enum Source {
    Shop(Shop),
}

#[derive(EventData)]
enum Payment {
    Cash(usize),
    Other,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OrderPlaced {
    source: Option<Source>,
    payment: Payment,
}

fn main() {}
