use publisher_core::EventData;

#[derive(EventData)]
enum Payment {
    Card(String, u32),
    Nothing(),
    Empty {},
    Skipped {
        #[event(skip)]
        cache: u64,
    },
    Maybe(Option<String>),
    Wide(u64),
    Again(Box<Payment>),
    Voucher,
}

fn main() {}
