use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(micros)]
    a: i64,
    #[event(as_string)]
    b: f64,
    #[event(as_string)]
    c: Option<bool>,
    #[event(as_string)]
    d: Vec<String>,
    #[event(fixed = "Bytes")]
    e: Vec<u8>,
    #[event(fixed = "Number")]
    f: u64,
}

fn main() {}
