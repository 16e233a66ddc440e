use publisher_core::EventData;

struct Foreign;

fn text(_: &Foreign) -> String {
    String::new()
}

#[derive(EventData)]
struct Record {
    #[event(as = String, with = text, min = 1)]
    number: Foreign,
    #[event(as = String, with = text, default = 1)]
    default: Foreign,
}

fn main() {}
