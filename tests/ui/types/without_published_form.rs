use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    elapsed: std::ops::Range<i32>,
    lines: Vec<std::process::ExitStatus>,
}

fn main() {}
