use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Audit {
    by: String,
    #[event(flatten)]
    place: Place,
}

#[derive(EventData)]
struct Place {
    host: String,
}

#[derive(EventData)]
struct Line {
    #[event(flatten)]
    audit: Audit,
    host: String,
}

#[derive(EventData)]
struct Twice {
    #[event(flatten)]
    audit: Audit,
    #[event(flatten)]
    place: Place,
}

#[derive(EventData)]
#[event(name = "{T}Stamped")]
struct Stamped<T> {
    by: i64,
    #[event(flatten)]
    payload: T,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OrderPlaced {
    stamped: Stamped<Audit>,
}

fn main() {}
