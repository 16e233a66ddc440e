use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Audit {
    by: String,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key, flatten, time)]
    a: Audit,
    #[event(flatten, rename = "c", alias = "d", default = {}, decimal(4, 2), min_items = 1, recursive = Audit)]
    b: Audit,
    #[event(flatten, as = Audit, with = same)]
    d: Audit,
    #[event(skip, flatten)]
    c: Audit,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", key(id, audit))]
struct OrderShipped {
    id: String,
    #[event(flatten)]
    audit: Audit,
}

#[derive(EventData)]
struct Wrapped(#[event(flatten)] Audit);

fn main() {}
