use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key(order_id, tenant))]
    order_id: String,
    tenant: String,
}

fn main() {}
