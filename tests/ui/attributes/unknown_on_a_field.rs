use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(minlength = 3)]
    title: String,
    #[event(frobnicate)]
    note: String,
}

fn main() {}
