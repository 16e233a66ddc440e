use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: u64,
    a: Option<usize>,
    b: Vec<Box<isize>>,
    c: u128,
    d: std::collections::HashMap<String, i128>,
    e: &'static [u64],
    #[event(skip)]
    f: u64,
}

#[derive(EventData)]
struct Number(u64);

fn main() {}
