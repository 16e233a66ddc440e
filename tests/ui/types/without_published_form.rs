use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    elapsed: std::time::Duration,
    lines: Vec<std::path::PathBuf>,
}

fn main() {}
