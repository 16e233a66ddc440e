//! Records that are sent once and of which nobody hears again.

use std::sync::Arc;
use std::time::Duration;

use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry, ProduceFault};
use publisher_core::{AtMostOnce, ConfigError, Publish, Publisher, TranslationError, Translator};

use crate::support::{OrderPlaced, placed, within};

struct Orders;

impl Translator<u32> for Orders {
    type Event<'a> = OrderPlaced;

    fn translate(&self, quantity: &u32) -> Result<OrderPlaced, TranslationError> {
        Ok(placed("translated", *quantity))
    }
}

struct Pair {
    cluster: EmbeddedCluster,
    registry: EmbeddedRegistry,
}

impl Pair {
    fn start() -> Self {
        let (cluster, registry) = (EmbeddedCluster::start().unwrap(), EmbeddedRegistry::start().unwrap());
        cluster.create_topic("orders", 1).unwrap();
        Self { cluster, registry }
    }

    async fn publisher(&self) -> Result<Publisher<AtMostOnce>, ConfigError> {
        Publisher::builder()
            .at_most_once()
            .bootstrap_servers(self.cluster.bootstrap_servers())
            .registry(self.registry.url())
            .build()
            .await
    }

    async fn keys(&self) -> Vec<String> {
        let servers = self.cluster.bootstrap_servers().to_owned();
        let read = move || publisher_core::testing::read_topic(&servers, "orders", crate::support::DEADLINE).unwrap();
        let records = tokio::task::spawn_blocking(read).await.unwrap();
        let key = |key: Option<Vec<u8>>| String::from_utf8(key.unwrap()).unwrap();
        records.into_iter().map(|record| key(record.key)).collect()
    }
}

#[tokio::test]
async fn a_delivery_has_no_offset_and_every_call_is_there() {
    let pair = Pair::start();
    let publisher = pair.publisher().await.unwrap();
    let delivery = within(publisher.publish(placed("1", 1))).await.unwrap();
    assert_eq!(delivery.offset, None, "nobody has said where it lies");
    assert_eq!(delivery.topic, "orders");

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
    let publisher = pair.publisher().await.unwrap();
    within(publisher.publish(placed("1", 1))).await.unwrap();
    pair.cluster.produce_errors(&[ProduceFault::InvalidRecord]).unwrap();
    within(publisher.publish(placed("lost", 1))).await.unwrap();
    within(publisher.publish(placed("2", 1))).await.unwrap();
    assert_eq!(pair.keys().await, ["1", "2"]);
}
