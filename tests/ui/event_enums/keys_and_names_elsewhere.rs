use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", key(order_id, line))]
enum OrderEvent {
    Placed {
        order_id: String,
        line: i64,
    },
    #[event(rename = "Gone", unkeyed)]
    Cancelled {
        order_id: String,
    },
}

fn main() {}
