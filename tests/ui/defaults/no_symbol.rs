use publisher_core::EventData;

#[derive(EventData)]
enum Status {
    New,
    Paid,
}

#[derive(EventData)]
struct Order {
    #[event(default = "Lost")]
    status: Status,
}

fn main() {}
