//! A union is its branches; an enum with a tag is a record, which can be shared.
use publisher_core::EventData;

#[derive(EventData)]
#[event(shared, union, namespace = "com.acme")]
enum Payment {
    Card { last4: String },
    Transfer { iban: String },
}

#[derive(EventData)]
#[event(shared)]
enum Refund {
    Card { last4: String },
}

fn main() {}
