use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Node {
    name: String,
    children: Vec<Node>,
    parent: Option<Box<Self>>,
}

#[derive(EventData)]
struct Chain(Option<Box<Chain>>);

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
enum OrderEvent {
    Placed {
        #[event(key)]
        order_id: String,
        before: Option<Box<OrderEvent>>,
    },
    Again(Box<OrderEvent>),
}

fn main() {}
