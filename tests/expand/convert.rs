#[derive(Event)]
#[event(topic = "payments", namespace = "com.acme")]
struct Paid {
    #[event(key, as = String, with = ids::text)]
    id: ids::Id,
    #[event(time, as = DateTime<Utc>)]
    at: clocks::Instant,
    #[event(as = Option<Decimal>, with = money::decimal, decimal(18, 2), min = 0)]
    amount: money::Money,
}

#[derive(EventData)]
struct Iban(#[event(as = String, min_length = 15)] banks::Iban);

#[derive(EventData)]
#[event(into = Money)]
struct Price {
    amount: money::Money,
}
