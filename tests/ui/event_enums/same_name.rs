use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
enum OrderEvent {
    Placed {
        #[event(key)]
        order_id: String,
    },
    #[event(name = "OrderEventPlaced")]
    PlacedAgain {
        #[event(key)]
        order_id: String,
    },
}

fn main() {}
