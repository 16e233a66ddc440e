use publisher_core::EventData;

#[derive(EventData)]
enum Status {
    #[event(default)]
    New,
    #[event(default)]
    Paid,
    #[event(default = "x")]
    Shipped,
}

fn main() {}
