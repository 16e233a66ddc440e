use publisher_core::EventData;

#[derive(EventData)]
#[event(tag = 7)]
enum Payment {
    #[event(default, nam = "Card")]
    Card { last4: String },
    #[event(name = "Transfer", min_length = 1)]
    Transfer(#[event(rename = "iban")] String),
    #[event(name = "Coupon")]
    Voucher,
}

#[derive(EventData)]
#[event(tag = "kind", union)]
enum Symbols {
    One,
    Two,
}

#[derive(EventData)]
#[event(tag = "kind")]
struct Record {
    #[event(union)]
    field: i32,
}

fn main() {}
