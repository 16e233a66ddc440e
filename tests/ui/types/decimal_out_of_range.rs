use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    #[event(decimal(39, 2))]
    total: rust_decimal::Decimal,
    #[event(decimal(4, 5))]
    tax: rust_decimal::Decimal,
    #[event(decimal(18))]
    fee: rust_decimal::Decimal,
    #[event(decimal(18, -2))]
    fine: rust_decimal::Decimal,
}

fn main() {}
