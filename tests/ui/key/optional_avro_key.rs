use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key = avro)]
    order_id: Option<String>,
}

fn main() {}
