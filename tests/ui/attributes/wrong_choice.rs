use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", encoding = "jsn", model = opened, version = 2u32)]
struct OrderPlaced {
    #[event(key, format = "datetime")]
    order_id: String,
}

fn main() {}
