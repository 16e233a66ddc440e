use publisher_core::{Event, EventData};

#[derive(EventData)]
#[event(namespace = "com.acme", alias = "Line", alias = "com.acme.Line", alias = "Old", alias = "Old", alias = "a..b")]
struct Line {
    #[event(alias = "sku", alias = "old", alias = "old", alias = "a.b", alias = 7)]
    sku: String,
    #[event(rename = "no", alias = "number")]
    count: i32,
    #[event(alias = "number")]
    second: i32,
    #[event(alias = "no")]
    third: i32,
}

#[derive(EventData)]
enum Status {
    #[event(alias = "Fresh")]
    New,
}

#[derive(EventData)]
#[event(alias = "Number")]
struct Id(#[event(alias = "number")] String);

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", alias = "Orders")]
enum OrderEvent {
    #[event(alias = "OrderEventPlaced", alias = "1st")]
    Placed {
        #[event(key)]
        id: Id,
    },
}

fn main() {}
