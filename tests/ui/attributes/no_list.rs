use publisher_core::EventData;

#[derive(EventData)]
#[event]
struct LineItem {
    #[event = "skip"]
    product: String,
}

fn main() {}
