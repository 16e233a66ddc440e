use publisher_core::{Event, EventData};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(rename = "order_id")]
    id: String,
    total: i64,
    #[event(rename = "total")]
    sum: i64,
}

#[derive(EventData)]
#[event(rename_all = "camelCase")]
struct LineItem {
    unit_price: i64,
    #[event(rename = "unitPrice")]
    price: i64,
    unit__price: i64,
}

fn main() {}
