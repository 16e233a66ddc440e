use publisher_core::EventData;

#[derive(EventData)]
#[event(crate = "not a path")]
struct LineItem {
    product: String,
}

fn main() {}
