use publisher_core::{Event, EventData};

#[derive(EventData)]
struct LineItem {
    product: String,
}

#[derive(Event)]
enum OrderEvent {
    Added(LineItem),
}

fn main() {}
