use publisher_core::{Event, EventData};

#[derive(EventData)]
#[event(max_length = 8)]
struct Sku(String);

#[derive(EventData)]
struct Title(String);

#[derive(EventData)]
#[event(name = "{T}Envelope")]
struct Envelope<T> {
    payload: T,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OneInAvro {
    sku: Envelope<Sku>,
    title: Envelope<Title>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed, encoding = json)]
struct TwoInJson {
    sku: Envelope<Sku>,
    title: Envelope<Title>,
}

fn main() {}
