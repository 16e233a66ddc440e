#[derive(EventData)]
struct TenantOrder<'a> {
    tenant: &'a str,
    order_id: u32,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced<'a> {
    #[event(key = avro)]
    id: TenantOrder<'a>,
}

#[derive(Event)]
#[event(topic = "readings", namespace = "com.acme.meters")]
struct MeterRead {
    #[event(key = "big_endian")]
    meter: i32,
    #[event(min = 0)]
    watts: i64,
}

#[derive(Event)]
#[event(topic = "scans", namespace = "com.acme.scans")]
enum Scan {
    Seen {
        #[event(key = raw)]
        tag: Vec<u8>,
    },
    Lost {
        #[event(key = raw)]
        tag: Vec<u8>,
    },
}
