use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key, min_length = 5, max_length = 4)]
    order_id: String,
    #[event(min = 1, max = 0.5)]
    quantity: u32,
    #[event(min_items = 2, max_items = 1)]
    lines: Vec<String>,
    #[event(exclusive_min = -1, max = -1)]
    offset: i32,
    #[event(min = 1, max = 1)]
    one: i32,
}

fn main() {}
