use publisher_core::EventData;

#[derive(EventData)]
struct Nothing {
    value: Option<!>,
}

fn main() {}
