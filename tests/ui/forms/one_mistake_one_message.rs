use publisher_core::{Event, EventData};

#[derive(EventData)]
struct OrderId(usize);

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: OrderId,
    #[event(min_length = 1)]
    reference: OrderId,
}

#[derive(Event)]
#[event(topik = "orders", topic = "orders", namespace = "com.acme.orders")]
struct OrderShipped {
    #[event(key)]
    order_id: OrderId,
}

#[derive(Event)]
enum OrderEvent {
    Placed(OrderPlaced),
    Shipped(Box<OrderShipped>),
}

fn publish(_: impl Event) {}

fn main() {
    publish(OrderEvent::Shipped(Box::new(OrderShipped { order_id: OrderId(1) })));
}
