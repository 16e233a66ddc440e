use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Weight(f64);

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    weight: Weight,
}

fn main() {}
