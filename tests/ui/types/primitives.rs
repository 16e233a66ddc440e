use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: u128,
    a: Option<usize>,
    b: Vec<Box<isize>>,
    c: u128,
    d: std::collections::HashMap<String, i128>,
    e: &'static [usize],
    #[event(skip)]
    f: u128,
    g: std::num::NonZero<u128>,
    h: [isize; 2],
}

#[derive(EventData)]
struct Number(i128);

#[derive(EventData)]
struct Text(#[event(as_string)] i128);

fn main() {}
