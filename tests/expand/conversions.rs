#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", encoding = json)]
struct OrderPlaced {
    #[event(key = avro, fixed = "Sha256")]
    document: [u8; 32],
    #[event(fixed = "Sha256")]
    before: Option<[u8; 32]>,
    #[event(micros)]
    placed_at: SystemTime,
    #[event(as_string, min_items = 1)]
    parts: Vec<u128>,
    #[event(decimal(18, 2, number))]
    total: Decimal,
    #[event(default = 7)]
    count: u64,
}

#[derive(EventData)]
#[event(as_string)]
struct Account(u64);
