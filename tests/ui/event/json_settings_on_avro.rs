use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", model = open, json_formats)]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", model = closed)]
enum OrderEvent {
    Placed {
        #[event(key)]
        order_id: String,
    },
}

fn main() {}
