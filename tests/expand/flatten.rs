#[derive(EventData)]
struct Line<'a> {
    #[event(flatten)]
    product: &'a Product<'a>,
    /// Says nothing: the field has no place of its own.
    #[event(flatten)]
    audit: Audit,
    quantity: u32,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
enum OrderEvent {
    Placed {
        #[event(key)]
        order_id: OrderId,
        #[event(flatten)]
        audit: Audit,
    },
}
