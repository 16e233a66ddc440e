use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(micros, as_string)]
    a: std::time::SystemTime,
    #[event(micros, micros)]
    b: std::time::SystemTime,
    #[event(decimal(18, 2), fixed = "Sha256")]
    c: [u8; 32],
}

#[derive(EventData)]
#[event(as_string)]
struct Number(#[event(fixed = "Number")] [u8; 8]);

fn main() {}
