//! `crate` names the path where `publisher_core` can be found.

mod facade {
    pub mod events {
        pub use publisher_core::*;
    }
}

use facade::events::{Event, EventData};

mod publisher_core_is_elsewhere {}

#[derive(EventData)]
#[event(crate = "crate::facade::events")]
struct OrderId(String);

#[derive(EventData)]
#[event(crate = "crate::facade::events")]
enum Status {
    New,
}

#[derive(EventData)]
#[event(crate = "facade::events")]
struct Line {
    status: Status,
}

#[derive(Event)]
#[event(crate = "crate::facade::events", topic = "orders", namespace = "com.acme.orders")]
enum OrderEvent {
    Placed {
        #[event(key)]
        order_id: OrderId,
        #[event(min_items = 0)]
        lines: Vec<Line>,
    },
}

fn main() {
    let event = OrderEvent::Placed { order_id: OrderId(String::from("a")), lines: vec![Line { status: Status::New }] };
    let mut key = Vec::new();
    event.key(&mut key);
    assert_eq!(key, b"a");
}
