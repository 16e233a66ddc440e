use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(skip, rename = "a", default = 1, min = 1)]
    cache: i32,
    #[event(skip, time)]
    at: chrono::DateTime<chrono::Utc>,
}

fn main() {}
