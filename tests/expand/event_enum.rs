#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
enum OrderEvent<'a> {
    Placed(OrderPlaced<'a>),
    /// The customer thought better of it.
    #[event(name = "OrderCancelled", version = 3, topic = "cancellations")]
    Cancelled {
        #[event(key)]
        order_id: OrderId<'a>,
        #[event(max_length = 80)]
        out: Option<&'a str>,
        #[event(skip)]
        cache: u64,
    },
}
