use publisher_core::EventData;

#[derive(EventData)]
enum Payment {
    Card(String, u32),
    Nothing(),
    Empty {},
    Skipped {
        #[event(skip)]
        cache: u128,
    },
    Maybe(Option<String>),
    Wide(u128),
    Again(Box<Payment>),
    Voucher,
}

fn main() {}
