use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    note: Option<Option<String>>,
}

#[derive(EventData)]
struct Label(Option<String>);

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderShipped {
    #[event(key)]
    order_id: String,
    labels: Vec<Option<Label>>,
}

fn main() {}
