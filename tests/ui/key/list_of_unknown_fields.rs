use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
#[event(key(tenant, orderid, region, region))]
struct OrderPlaced {
    order_id: String,
    #[event(skip)]
    tenant: String,
    region: String,
}

fn main() {}
