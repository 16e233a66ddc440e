//! What a use case holds: a port of its own domain values, without a word of Kafka.

use std::sync::Arc;

use publisher_core::testing::RecordingPublisher;
use publisher_core::{Event, Publish, PublishError, TranslationError, Translator};
use serde_json::json;

use crate::support::{Bench, OrderPlaced, placed, within};

/// The domain: knows no event.
struct Order {
    number: u32,
    customer: String,
    lines: Vec<(String, i64)>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme")]
struct OrderAccepted<'a> {
    #[event(key)]
    order_id: String,
    customer: &'a str,
    #[event(min_items = 1)]
    prices: Vec<i64>,
}

struct OrderTranslator;

impl Translator<Order> for OrderTranslator {
    type Event<'a> = OrderAccepted<'a>;

    fn translate<'a>(&self, order: &'a Order) -> Result<OrderAccepted<'a>, TranslationError> {
        let price = |(index, (_, cents)): (usize, &(String, i64))| {
            (*cents >= 0)
                .then_some(*cents)
                .ok_or_else(|| TranslationError::new(format!("lines[{index}].price"), "is negative"))
        };
        let prices = order.lines.iter().enumerate().map(price).collect::<Result<_, _>>()?;
        Ok(OrderAccepted {
            order_id: order.number.to_string(),
            customer: &order.customer,
            prices,
        })
    }
}

/// The use case.
struct Acceptance {
    orders: Arc<dyn Publish<Order>>,
}

impl Acceptance {
    async fn accept(&self, order: &Order) -> Result<(), PublishError> {
        self.orders.publish(order).await.map(drop)
    }
}

fn order(cents: i64) -> Order {
    Order {
        number: 7,
        customer: "Ada".to_owned(),
        lines: vec![("tea".to_owned(), 250), ("pot".to_owned(), cents)],
    }
}

#[tokio::test]
async fn a_use_case_publishes_through_a_translator() {
    let bench = Bench::new().await;
    let acceptance = Acceptance {
        orders: Arc::new(bench.publisher.with(OrderTranslator)),
    };
    within(acceptance.accept(&order(100))).await.unwrap();
    let stored = bench.broker.records().remove(0);
    assert_eq!(stored.record.headers.text("event_type"), Some("com.acme.OrderAccepted"));
    assert_eq!(stored.record.key.as_deref(), Some(&b"7"[..]));
}

#[tokio::test]
async fn a_value_without_a_published_form_is_named_by_its_path() {
    let bench = Bench::new().await;
    let acceptance = Acceptance {
        orders: Arc::new(bench.publisher.with(OrderTranslator)),
    };
    let error = within(acceptance.accept(&order(-1))).await.unwrap_err();
    assert!(!error.is_retriable() && error.record().is_none());
    assert_eq!(error.to_string(), "lines[1].price: is negative");
    let PublishError::Translation(cause) = error else {
        panic!("{error:?}")
    };
    assert_eq!((cause.path(), cause.reason()), ("lines[1].price", "is negative"));
    assert!(bench.registry.calls().is_empty() && bench.broker.records().is_empty());
}

#[tokio::test]
async fn the_recording_publisher_stands_behind_the_same_port() {
    let recording = RecordingPublisher::new();
    let acceptance = Acceptance {
        orders: Arc::new(recording.with(OrderTranslator)),
    };
    acceptance.accept(&order(100)).await.unwrap();
    assert!(matches!(
        acceptance.accept(&order(-1)).await,
        Err(PublishError::Translation(_))
    ));
    recording.assert_published::<OrderAccepted<'_>>("7", json!({ "customer": "Ada", "prices": [250, 100] }));
    recording.assert_count(1);
}

#[tokio::test]
async fn a_publisher_is_the_port_of_every_event() {
    let bench = Bench::new().await;
    let ports: [Arc<dyn Publish<OrderPlaced>>; 2] =
        [Arc::new(bench.publisher.clone()), Arc::new(RecordingPublisher::new())];
    for port in ports {
        let delivery = within(port.publish(&placed("7", 1))).await.unwrap();
        assert_eq!(delivery.subject(), Some("orders-com.acme.OrderPlaced"));
        assert!(matches!(
            within(port.publish(&placed("7", 0))).await,
            Err(PublishError::Invalid(_))
        ));
    }
    let any: Arc<dyn Publish<dyn Event + Sync>> = Arc::new(bench.publisher.clone());
    within(any.publish(&placed("7", 2))).await.unwrap();
    within(any.publish(&crate::support::Pinged { number: 1 }))
        .await
        .unwrap();
    assert_eq!(bench.broker.records().len(), 3);
}

#[tokio::test]
async fn a_dropped_call_of_the_port_withdraws() {
    let bench = Bench::new().await;
    bench.registry.hold(crate::support::PLACED);
    let port: Arc<dyn Publish<OrderPlaced>> = Arc::new(bench.publisher.clone());
    let event = placed("7", 1);
    let mut call = port.publish(&event);
    assert!(crate::support::poll_now(&mut call).is_pending());
    drop(call);
    bench.registry.release(crate::support::PLACED);
    within(bench.publisher.flush(crate::support::DEADLINE)).await.unwrap();
    assert!(bench.broker.records().is_empty());
}
