#[derive(EventData)]
#[event(name = "Line", alias = "LineItem", alias = "com.acme.old.Item")]
struct LineItem {
    #[event(rename = "sku", alias = "product", alias = "article")]
    product_id: String,
}

#[derive(EventData)]
#[event(alias = "State")]
enum Status {
    New,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
enum OrderEvent {
    #[event(alias = "OrderDropped", unkeyed)]
    Cancelled {
        #[event(alias = "why")]
        reason: String,
    },
}
