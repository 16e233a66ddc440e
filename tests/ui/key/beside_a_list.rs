use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
#[event(key(tenant, order_id))]
struct OrderPlaced {
    order_id: String,
    tenant: String,
    #[event(key)]
    region: String,
}

fn main() {}
