/// A customer placed an order.
#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", version = 2, encoding = json, model = open, json_formats)]
struct OrderPlaced<'a> {
    #[event(key)]
    order_id: OrderId<'a>,
    #[event(time)]
    placed_at: DateTime<Utc>,
    lines: &'a [LineItem<'a>],
}
