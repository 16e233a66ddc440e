use publisher_core::EventData;

#[derive(EventData)]
enum Payment {
    Type { card: String },
    Card(String),
    #[event(rename = "CARD")]
    Credit(String),
    #[event(name = "PaymentOther")]
    First { id: i32 },
    Other { id: i32 },
    #[event(rename = "2nd")]
    Second(i32),
    Größe { cm: i32 },
    #[event(name = "string")]
    Text { text: String },
}

#[derive(EventData)]
#[event(tag = "what kind")]
enum Place {
    Home(String),
}

fn main() {}
