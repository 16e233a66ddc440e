use publisher_core::EventData;

#[derive(EventData)]
#[event(name = , "text", namespace "com.acme", rename_all = "camelCase" crate = "x")]
struct LineItem {
    #[event(decimal(18, 2) min = 1)]
    product: String,
}

fn main() {}
