use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
#[event(topic = "other")]
struct OrderPlaced {
    #[event(key, key)]
    order_id: String,
    #[event(min = 1, max = 3, min = 2)]
    quantity: u32,
}

#[derive(EventData)]
#[event(min_length = 1)]
struct Title(#[event(min_length = 2)] String);

fn main() {}
