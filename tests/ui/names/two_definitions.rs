use publisher_core::Event;

mod billing {
    #[derive(publisher_core::EventData)]
    pub struct Address {
        pub street: String,
    }
}

mod shipping {
    #[derive(publisher_core::EventData)]
    pub struct Address {
        pub street: String,
        pub floor: i32,
    }
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    bill_to: billing::Address,
    ship_to: shipping::Address,
}

fn main() {}
