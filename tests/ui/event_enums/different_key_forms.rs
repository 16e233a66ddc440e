use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key = big_endian)]
    order_id: i64,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
enum OrderEvent {
    Placed(OrderPlaced),
    Shipped {
        #[event(key = "big-endian")]
        order_id: i64,
    },
    Cancelled {
        #[event(key)]
        order_id: i64,
    },
}

fn main() {}
