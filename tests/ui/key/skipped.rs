use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key, skip)]
    order_id: String,
    tenant: String,
}

fn main() {}
