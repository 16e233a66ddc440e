//! An event with almost four hundred nested values of named types, which the compiler checks in no time.

use publisher_core::{Event, EventData};

#[derive(EventData)]
enum Currency {
    Eur,
    Usd,
}

#[derive(EventData)]
struct Money {
    minor_units: i64,
    currency: Currency,
}

#[derive(EventData)]
struct Price {
    net: Money,
    tax: Money,
    gross: Money,
}

#[derive(EventData)]
struct Line {
    unit: Price,
    discount: Price,
    shipping: Price,
    tags: Vec<Currency>,
}

#[derive(EventData)]
struct Order {
    first: Line,
    second: Line,
    third: Line,
    more: Vec<Line>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrdersPlaced {
    #[event(key)]
    id: String,
    morning: Order,
    noon: Order,
    evening: Order,
    night: Option<Order>,
}

fn main() {}
