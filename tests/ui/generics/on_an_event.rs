use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct Envelope<T: Clone>
where
    T: Send,
{
    #[event(key)]
    id: String,
    payload: T,
}

#[derive(EventData)]
enum Status<const N: usize> {
    New,
}

fn main() {}
