use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(fixed = "Nothing")]
    a: [u8; 0],
}

fn main() {}
