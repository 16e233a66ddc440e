use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(micros)]
    a: uuid::Uuid,
    #[event(as_string)]
    b: uuid::Uuid,
}

fn main() {}
