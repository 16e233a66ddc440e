use publisher_core::{Event, EventData};

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
    Again(Box<Self>),
}

fn main() {}
