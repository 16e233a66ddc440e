use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme-corp..orders", name = "order-placed")]
struct OrderPlaced {
    #[event(key, rename = "order id")]
    order_id: String,
    naïve: bool,
    #[event(rename = "")]
    empty: bool,
}

#[derive(EventData)]
#[event(name = "string")]
struct Text {
    text: String,
}

#[derive(EventData)]
enum Größe {
    #[event(rename = "10l")]
    Small,
    Groß,
}

fn main() {}
