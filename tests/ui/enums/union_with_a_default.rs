use publisher_core::{Event, EventData};

#[derive(EventData)]
#[event(union)]
enum Source {
    Web { page: String },
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OrderPlaced {
    #[event(default = "Web")]
    source: Source,
    #[event(default = {})]
    other: Option<Source>,
}

fn main() {}
