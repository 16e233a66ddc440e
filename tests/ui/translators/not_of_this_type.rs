use publisher_core::{Event, TranslationError, Translator};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: i64,
}

struct Order(i64);

struct Invoice;

struct Orders;

impl Translator<Order> for Orders {
    type Event<'a> = OrderPlaced;

    fn translate<'a>(&self, order: &'a Order) -> Result<OrderPlaced, TranslationError> {
        Ok(OrderPlaced { order_id: order.0 })
    }
}

fn orders(_: &impl Translator<Order>) {}

fn invoices(_: &impl Translator<Invoice>) {}

fn main() {
    orders(&Orders);
    invoices(&Orders);
}
