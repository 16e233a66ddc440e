use publisher_core::Event;

#[derive(Event)]
#[event(topc = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
}

fn main() {}
