use publisher_core::EventData;

#[derive(EventData)]
enum Status {
    New,
}

#[derive(EventData)]
struct Employee {
    #[event(recursive = Status)]
    statuses: Vec<Status>,
}

fn main() {}
