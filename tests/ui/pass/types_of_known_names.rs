//! A type of one's own may have the name of a known one that has no published form.

use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Instant(i64);

#[derive(EventData)]
struct Decimal(#[event(decimal(18, 2))] rust_decimal::Decimal);

mod own {
    #[derive(publisher_core::EventData)]
    pub struct PathBuf(pub String);

    #[derive(publisher_core::EventData)]
    pub struct Span {
        pub months: u32,
    }
}

use own::Span;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    at: Instant,
    total: Decimal,
    file: crate::own::PathBuf,
    term: Span,
}

fn main() {
    let event = OrderPlaced {
        at: Instant(1),
        total: Decimal(rust_decimal::Decimal::ONE),
        file: own::PathBuf(String::from("a")),
        term: Span { months: 1 },
    };
    event.write(&mut Vec::new()).expect("valid");
}
