use publisher_core::Event;

#[derive(Event)]
struct OrderPlaced {
    order_id: String,
}

fn main() {}
