mod orders {
    #[derive(publisher_core::EventData)]
    struct OrderId(String);

    #[derive(publisher_core::Event)]
    #[event(topic = "orders", namespace = "com.acme.orders")]
    pub struct OrderPlaced {
        #[event(key)]
        order_id: OrderId,
    }
}

fn main() {}
