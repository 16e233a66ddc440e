use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Quantity(#[event(min = 1)] u32);

#[derive(EventData)]
struct Code(#[event(min_length = 2, max_length = 3)] String);

#[derive(EventData)]
struct Share(#[event(exclusive_max = 0.5)] f64);

#[derive(EventData)]
struct Tags(#[event(min_items = 1)] Vec<String>);

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(default = 0)]
    quantity: Quantity,
    #[event(default = 1)]
    fine: Quantity,
    #[event(default = "abcd")]
    code: Option<Code>,
    #[event(default = 0.5)]
    share: Share,
    #[event(default = [])]
    tags: Tags,
}

fn main() {}
