#[derive(Event)]
#[event(topic = "heartbeats", namespace = "com.acme", unkeyed, crate = "facade::events")]
struct Heartbeat {
    at: i64,
}
