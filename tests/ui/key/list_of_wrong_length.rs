use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
#[event(key(order_id))]
struct OrderPlaced {
    order_id: String,
    tenant: String,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", key(a, b, c, d, e))]
struct Many {
    a: i32,
    b: i32,
    c: i32,
    d: i32,
    e: i32,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", key)]
struct Bare {
    a: i32,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", key("a", "b"))]
struct Quoted {
    a: i32,
    b: i32,
}

fn main() {}
