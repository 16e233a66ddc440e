//! Records that are sent once and of which nobody hears again.

use std::sync::Arc;
use std::time::Duration;

use publisher_core::testing::ProduceFault;
use publisher_core::{AtMostOnce, Publish, Publisher, TranslationError, Translator};

use crate::support::{OrderPlaced, Pair, placed, within};

struct Orders;

impl Translator<u32> for Orders {
    type Event<'a> = OrderPlaced;

    fn translate(&self, quantity: &u32) -> Result<OrderPlaced, TranslationError> {
        Ok(placed("translated", *quantity))
    }
}

async fn publisher(pair: &Pair) -> Publisher<AtMostOnce> {
    pair.builder().at_most_once().build().await.unwrap()
}

#[tokio::test]
async fn a_delivery_has_no_offset_and_every_call_is_there() {
    let pair = Pair::start();
    let publisher = publisher(&pair).await;
    let delivery = within(publisher.publish(placed("1", 1))).await.unwrap();
    assert_eq!(delivery.offset, None, "nobody has said where it lies");
    assert_eq!(delivery.topic(), "orders");

    within(within(publisher.enqueue(placed("2", 1))).await.unwrap())
        .await
        .unwrap();
    within(publisher.try_enqueue(placed("3", 1)).unwrap()).await.unwrap();
    let results = within(publisher.batch().add(placed("4", 1)).add(placed("5", 1)).send()).await;
    assert!(results.unwrap().iter().all(Result::is_ok));
    within(publisher.prepare(placed("6", 1)).header("a", "b").send())
        .await
        .unwrap();
    within(publisher.tombstone::<OrderPlaced>(&"7".to_owned()))
        .await
        .unwrap();
    let port: Arc<dyn Publish<OrderPlaced>> = Arc::new(publisher.clone());
    within(port.publish(&placed("8", 1))).await.unwrap();
    let port: Arc<dyn Publish<u32>> = Arc::new(publisher.with(Orders));
    within(port.publish(&9)).await.unwrap();
    assert_eq!(
        pair.keys().await,
        ["1", "2", "3", "4", "5", "6", "7", "8", "translated"]
    );
    assert_eq!(within(publisher.shutdown(Duration::from_secs(10))).await.delivered, 9);
}

#[tokio::test]
async fn what_the_broker_refuses_is_lost_without_an_error() {
    let pair = Pair::start();
    let publisher = publisher(&pair).await;
    within(publisher.publish(placed("1", 1))).await.unwrap();
    pair.cluster.produce_errors(&[ProduceFault::InvalidRecord]).unwrap();
    within(publisher.publish(placed("lost", 1))).await.unwrap();
    within(publisher.publish(placed("2", 1))).await.unwrap();
    assert_eq!(pair.keys().await, ["1", "2"]);
}
