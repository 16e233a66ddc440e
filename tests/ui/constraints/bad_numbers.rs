use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key, max_length = 4294967296)]
    order_id: String,
    #[event(min = 0.0000000001)]
    a: f64,
    #[event(max = 99999999999999999999)]
    b: i64,
    #[event(min = 1u32)]
    c: u32,
    #[event(min = - "1")]
    d: u32,
    #[event(min_items = 1.5)]
    e: Vec<String>,
}

fn main() {}
