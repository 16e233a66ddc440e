//! A path has the same folders on every system.

use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed, schema = "schemas\\com.acme.orders.OrderPlaced.avsc")]
struct OrderPlaced {
    quantity: i32,
}

fn main() {}
