use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(min = 1)]
    a: Number,
}

#[derive(EventData)]
#[event(as_string)]
struct Number(u64);

fn main() {}
