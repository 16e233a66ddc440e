use publisher_core::EventData;

#[derive(EventData)]
#[event(rename_all = "kebab-case")]
struct LineItem {
    unit_price: i64,
}

#[derive(EventData)]
#[event(rename_all = "camelcase")]
struct Address {
    post_code: String,
}

fn main() {}
