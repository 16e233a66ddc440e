use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", key(tenant, order_id) = avro)]
struct OrderPlaced {
    tenant: String,
    order_id: i64,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", key = big_endian)]
struct OrderShipped {
    order_id: i64,
}

fn main() {}
