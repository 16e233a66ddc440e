use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key, min = 1)]
    order_id: String,
    #[event(max_length = 3)]
    quantity: u32,
    #[event(min_items = 1)]
    title: String,
    #[event(format = email)]
    lines: Vec<String>,
    #[event(pattern = "^a$")]
    placed: bool,
}

#[derive(EventData)]
#[event(exclusive_max = 10)]
struct Title(String);

fn main() {}
