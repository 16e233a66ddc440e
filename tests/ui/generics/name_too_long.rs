use publisher_core::{Event, EventData};

#[derive(EventData)]
#[event(name = "{T}AnEnvelopeWithANameThatIsRatherLongAlreadyAndBecomesLongerYetWithEachLevel")]
struct Envelope<T> {
    payload: T,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OrderPlaced {
    text: Envelope<Envelope<Envelope<Envelope<String>>>>,
}

fn main() {}
