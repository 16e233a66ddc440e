use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(default = None)]
    a: Option<String>,
    #[event(default = [1, 2])]
    b: Vec<i32>,
    #[event(default = String::new())]
    c: String,
    #[event(default)]
    d: String,
    #[event(default = 'c')]
    e: char,
}

fn main() {}
