use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(as_string, default = "seven")]
    a: u128,
    #[event(as_string, default = "007")]
    b: Option<u64>,
    #[event(as_string, default = "-7")]
    c: i8,
}

fn main() {}
