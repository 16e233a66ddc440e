use publisher_core::{Event, EventData};

#[derive(EventData)]
#[event(name = "{T}Envelope")]
struct Envelope<T> {
    #[event(default = 7)]
    payload: T,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OrderPlaced {
    path: Envelope<std::path::PathBuf>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OrderShipped {
    text: Envelope<String>,
}

fn main() {}
