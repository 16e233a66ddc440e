use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(as_string, min = 1)]
    a: u64,
    #[event(as_string, max_length = 3)]
    b: Vec<u64>,
    #[event(fixed = "Sha256", min_length = 3)]
    c: [u8; 32],
    #[event(fixed = "Sha256", min_items = 3)]
    d: [u8; 32],
}

fn main() {}
