use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    a: (i32, String),
    b: Option<()>,
    c: [(i32, i32); 4],
    d: fn() -> i32,
    e: Box<dyn Send>,
    f: *const u8,
}

fn main() {}
