use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key = big_endain)]
    order_id: i64,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderShipped {
    #[event(key = "json")]
    order_id: i64,
}

#[derive(Event)]
enum OrderEvent {
    Placed(OrderPlaced),
    Shipped(OrderShipped),
}

fn main() {}
