use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key, pattern = "(?i)^[a-z]+$")]
    order_id: String,
    #[event(pattern = "^[[:alpha:]]$")]
    a: String,
    #[event(pattern = "^a\\-b$")]
    b: String,
    #[event(pattern = "^(a$")]
    c: String,
    #[event(pattern = r"^\s*$")]
    d: String,
}

fn main() {}
