use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(min = 1, default = 0)]
    quantity: u32,
    #[event(pattern = "^[a-z]+$", default = "A")]
    code: String,
    #[event(min_items = 1, default = [])]
    tags: Vec<String>,
}

fn main() {}
