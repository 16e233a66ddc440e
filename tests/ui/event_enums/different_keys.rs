use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", key(tenant, order_id))]
struct OrderShipped {
    tenant: String,
    order_id: String,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
enum OrderEvent {
    Placed(OrderPlaced),
    Shipped(OrderShipped),
    Cancelled {
        #[event(key)]
        order_id: i64,
    },
}

fn main() {}
