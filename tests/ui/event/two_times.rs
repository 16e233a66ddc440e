use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(time)]
    placed_at: chrono::DateTime<chrono::Utc>,
    #[event(time)]
    paid_at: chrono::DateTime<chrono::Utc>,
}

fn main() {}
