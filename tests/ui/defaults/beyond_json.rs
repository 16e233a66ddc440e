use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(default = 9007199254740993)]
    in_avro: i64,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", encoding = json)]
struct OrderShipped {
    #[event(key)]
    order_id: String,
    #[event(default = 9007199254740993)]
    beyond: u64,
    #[event(default = -9007199254740993)]
    below: Option<i64>,
    #[event(default = 9007199254740991)]
    safe: i64,
    #[event(default = 9007199254740993)]
    float: f64,
}

fn main() {}
