#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", key(tenant, order_id))]
struct OrderPlaced {
    order_id: i64,
    tenant: String,
}
