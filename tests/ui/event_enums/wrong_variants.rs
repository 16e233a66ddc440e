use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
enum OrderEvent {
    Placed {
        #[event(key)]
        order_id: String,
    },
    Closed,
    Moved(String, String),
    Renamed(),
}

fn main() {}
