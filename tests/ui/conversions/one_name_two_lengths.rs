use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(fixed = "Hash")]
    a: [u8; 32],
    #[event(fixed = "Hash")]
    b: [u8; 20],
}

fn main() {}
