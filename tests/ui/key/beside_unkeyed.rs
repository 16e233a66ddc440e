use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
#[event(unkeyed)]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
}

fn main() {}
