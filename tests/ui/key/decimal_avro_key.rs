use publisher_core::Event;
use rust_decimal::Decimal;

#[derive(Event)]
#[event(topic = "prices", namespace = "com.acme.prices")]
struct PriceReached {
    #[event(key = avro, decimal(18, 2))]
    price: Decimal,
}

fn main() {}
