//! The quickstart's own tests of its translation. That its schemas are as committed is tested by what the derive emits.

use chrono::NaiveDate;
use publisher_core::Publish;
use publisher_core::testing::RecordingPublisher;
use serde_json::json;

use crate::domain::{Address, Customer, CustomerId, Discount, Money, Order, OrderEvent, OrderId, OrderLine, Shipment};
use crate::published::{avro, json};

#[tokio::test]
async fn prices_are_rounded_half_even_and_totals_are_exact() {
    let recording = RecordingPublisher::new();
    let orders = recording.with(avro::OrderTranslator);
    let order = order();
    for event in order.events() {
        Publish::publish(&orders, &event).await.expect("a valid order");
    }
    recording.assert_count(2);
    recording.assert_published::<avro::OrderEvent<'_>>(
        "7",
        json!({
            "order_id": "7",
            "customer_name": "Café Lumière",
            "placed_on": "2024-02-29",
            "freight": "32.38",
            "lines": [
                { "product_id": 1, "product_name": "Rye crispbread", "unit_price": "9.80", "quantity": 3, "discount": 0.05 },
                { "product_id": 2, "product_name": "Espresso", "unit_price": "0.12", "quantity": 1, "discount": 0.0 },
            ],
            // 9.80 × 3 × 0.95 + 0.12 = 28.05
            "total": "28.05",
        }),
    );
    recording.assert_published::<avro::OrderEvent<'_>>(
        "7",
        json!({ "shipped_on": "2024-03-02", "carrier": "Blue Barge Line" }),
    );
}

#[tokio::test]
async fn an_order_without_lines_is_refused_with_its_path() {
    let orders = RecordingPublisher::new().with(json::OrderTranslator);
    let order = Order {
        lines: Vec::new(),
        ..order()
    };
    let error = Publish::publish(&orders, &OrderEvent::Placed(&order))
        .await
        .expect_err("it has no lines");
    assert_eq!(
        error.to_string(),
        "com.acme.orders.OrderPlaced: lines has 0 items, at least 1 are needed"
    );
}

fn order() -> Order {
    let date = |month, day| NaiveDate::from_ymd_opt(2024, month, day).expect("a date");
    let money = |text: &str| Money(text.parse().expect("a number"));
    let line = |product_id, product_name: &str, price, quantity, discount: &str| OrderLine {
        product_id,
        product_name: product_name.to_owned(),
        unit_price: money(price),
        quantity,
        discount: Discount(discount.parse().expect("a number")),
    };
    Order {
        id: OrderId(7),
        customer: Customer {
            id: CustomerId("CAFLU".to_owned()),
            name: "Café Lumière".to_owned(),
        },
        placed_on: date(2, 29),
        required_on: date(3, 28),
        ship_to: Address {
            name: "Café Lumière".to_owned(),
            street: "3, rue de l'Écluse".to_owned(),
            city: "Nantes".to_owned(),
            region: None,
            postal_code: Some("44000".to_owned()),
            country: "France".to_owned(),
        },
        freight: money("32.3800011"),
        lines: vec![
            line(1, "Rye crispbread", "9.80000019", 3, "0.0500000007"),
            line(2, "Espresso", "0.125", 1, "0"),
        ],
        shipment: Some(Shipment {
            shipped_on: date(3, 2),
            carrier: "Blue Barge Line".to_owned(),
        }),
    }
}
