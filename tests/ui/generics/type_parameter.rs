use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct Envelope<T: Clone> where T: Send {
    #[event(key)]
    id: String,
    payload: T,
}

#[derive(EventData)]
struct Fixed<const N: usize> {
    id: String,
}

#[derive(EventData)]
struct Id<T>(T);

fn main() {}
