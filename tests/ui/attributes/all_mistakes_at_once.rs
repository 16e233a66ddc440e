use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders!", version = 0, encodign = json)]
struct OrderPlaced {
    order_id: usize,
    #[event(time, skip)]
    placed_at: i64,
    #[event(rename = "order_id")]
    total: (i32, i32),
}

fn main() {}
