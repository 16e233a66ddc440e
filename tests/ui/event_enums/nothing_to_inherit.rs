use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", version = 2, encoding = json)]
enum OrderEvent {
    #[event(name = "Placed")]
    Placed(OrderPlaced),
    #[event(foo)]
    Again(#[event(key)] OrderPlaced),
}

fn main() {}
