use publisher_core::Event;

#[derive(Event)]
enum OrderEvent {
    Placed {
        #[event(key)]
        order_id: String,
    },
    #[event(topic = "shipments")]
    Shipped {
        order_id: String,
    },
}

fn main() {}
