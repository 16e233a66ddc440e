use publisher_core::{Event, EventData};

#[derive(EventData)]
#[event(topic = "orders")]
struct LineItem {
    #[event(key)]
    product: String,
    #[event(unkeyed)]
    quantity: u32,
}

#[derive(EventData)]
#[event(name = "Identifier")]
struct OrderId(String);

#[derive(EventData)]
#[event(rename = "State")]
enum Status {
    #[event(name = "Fresh")]
    New,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", name = "Any", rename_all = "camelCase")]
enum OrderEvent {
    Placed {
        #[event(key)]
        order_id: String,
    },
}

fn main() {}
