use publisher_core::{Event, EventTypes};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct Heartbeat {
    at: i64,
}

fn key<E: EventTypes>(_: &E::Key) {}

fn main() {
    key::<Heartbeat>(&String::new());
}
