use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Audit {
    by: String,
}

#[derive(EventData)]
enum Status {
    New,
}

#[derive(EventData)]
struct Wrapped(Audit);

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(flatten)]
    maybe: Option<Audit>,
    #[event(flatten)]
    many: Vec<Audit>,
    #[event(flatten)]
    status: Status,
    #[event(flatten)]
    wrapped: Wrapped,
}

fn main() {}
