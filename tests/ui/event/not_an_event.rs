
struct Plain;

fn publish(event: impl publisher_core::Event) {
    let _ = event.event_type();
}

fn main() {
    publish(Plain);
}
