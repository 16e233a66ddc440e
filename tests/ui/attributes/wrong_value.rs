use publisher_core::Event;

#[derive(Event)]
#[event(topic = orders, namespace = 7, name, version = 0, encoding = protobuf, key = "a", unkeyed = true)]
struct OrderPlaced {
    #[event(key = true, rename = Id, skip(), default)]
    order_id: String,
    #[event(decimal = "18, 2", min = "1", max_length = -1, pattern = 3, format = phone)]
    total: String,
}

fn main() {}
