#[derive(EventData)]
struct Amounts {
    #[event(decimal(18, 2), min = 0)]
    total: Decimal,
    #[event(decimal(9, 4))]
    rates: Vec<Decimal>,
}
