use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(micros = 3)]
    a: std::time::SystemTime,
    #[event(as_string(10))]
    b: u64,
    #[event(fixed)]
    c: [u8; 32],
    #[event(fixed = "sha-256")]
    d: [u8; 32],
    #[event(decimal(18, 2, float))]
    e: rust_decimal::Decimal,
}

fn main() {}
