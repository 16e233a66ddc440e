//! The events of the tests, publishers on each broker, and how to wait.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use publisher_core::producer::{ConsumedOffset, MemoryBroker};
use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry};
use publisher_core::{Event, Offset, Publisher, PublisherBuilder, Transactional};
pub(crate) use tests::later;

/// Longer than anything here takes on a busy machine; a test that reaches it has failed.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

#[derive(Event, Clone, Debug)]
#[event(topic = "orders", namespace = "com.acme")]
pub(crate) struct OrderPlaced {
    #[event(key)]
    pub(crate) order_id: String,
    #[event(min = 1)]
    pub(crate) quantity: u32,
}

#[derive(Event, Clone, Debug)]
#[event(topic = "payments", namespace = "com.acme", encoding = json)]
pub(crate) struct PaymentTaken {
    #[event(key)]
    pub(crate) order_id: String,
    pub(crate) cents: u32,
}

pub(crate) fn placed(order_id: &str, quantity: u32) -> OrderPlaced {
    OrderPlaced {
        order_id: order_id.to_owned(),
        quantity,
    }
}

pub(crate) fn paid(order_id: &str, cents: u32) -> PaymentTaken {
    PaymentTaken {
        order_id: order_id.to_owned(),
        cents,
    }
}

/// A broker in memory and a registry.
pub(crate) struct Bench {
    pub(crate) broker: MemoryBroker,
    pub(crate) registry: EmbeddedRegistry,
}

impl Bench {
    pub(crate) fn start() -> Self {
        Self {
            broker: MemoryBroker::new(),
            registry: EmbeddedRegistry::start().unwrap(),
        }
    }

    pub(crate) async fn publisher(&self) -> Publisher<Transactional> {
        let builder = Publisher::builder()
            .transactional("shop-1")
            .connect(self.broker.connect())
            .registry(self.registry.url());
        builder.build().await.unwrap()
    }

    /// The keys of what is committed, in order.
    pub(crate) fn committed(&self) -> Vec<String> {
        let key = |key: Option<Vec<u8>>| String::from_utf8(key.unwrap()).unwrap();
        let records = self.broker.records().into_iter();
        records.map(|stored| key(stored.record.key)).collect()
    }
}

pub(crate) fn consumed(partition: i32, next: u64) -> ConsumedOffset {
    ConsumedOffset {
        topic: "inbox".to_owned(),
        partition,
        next: Offset(next),
    }
}

/// An embedded cluster and a registry.
pub(crate) struct Pair {
    pub(crate) cluster: EmbeddedCluster,
    pub(crate) registry: EmbeddedRegistry,
}

impl Pair {
    pub(crate) fn start() -> Self {
        let (cluster, registry) = (EmbeddedCluster::start().unwrap(), EmbeddedRegistry::start().unwrap());
        for topic in ["orders", "payments", "inbox"] {
            cluster.create_topic(topic, 1).unwrap();
        }
        Self { cluster, registry }
    }

    pub(crate) fn builder(&self) -> PublisherBuilder {
        Publisher::builder()
            .bootstrap_servers(self.cluster.bootstrap_servers())
            .registry(self.registry.url())
    }

    pub(crate) async fn keys(&self) -> Vec<String> {
        keys(self.cluster.bootstrap_servers(), "orders").await
    }
}

/// The keys of what readers of committed records find in a topic, in order.
pub(crate) async fn keys(bootstrap_servers: &str, topic: &str) -> Vec<String> {
    let (servers, topic) = (bootstrap_servers.to_owned(), topic.to_owned());
    let read = move || publisher_core::testing::read_topic(&servers, &topic, DEADLINE).unwrap();
    let records = tokio::task::spawn_blocking(read).await.unwrap();
    let key = |key: Option<Vec<u8>>| String::from_utf8(key.unwrap()).unwrap();
    records.into_iter().map(|record| key(record.key)).collect()
}

/// Waits until readers of committed records find these keys in a topic, and in the meantime only the first of them: brokers
/// mark the partitions after they have answered the commit.
pub(crate) async fn check_seen(bootstrap_servers: &str, topic: &str, expected: &[&str]) {
    let looking = async {
        loop {
            let found = keys(bootstrap_servers, topic).await;
            if found == expected {
                return;
            }
            assert!(
                found.len() < expected.len() && expected.iter().zip(&found).all(|(expected, found)| expected == found),
                "{found:?} instead of {expected:?}"
            );
        }
    };
    let found = tokio::time::timeout(DEADLINE, looking).await;
    assert!(found.is_ok(), "not within the deadline: {expected:?}");
}

/// A name that no other run uses.
pub(crate) fn fresh(name: &str) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    format!("transactions-{name}-{}-{}", std::process::id(), now.as_nanos())
}

pub(crate) async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(DEADLINE, future)
        .await
        .expect("an end within the deadline")
}

/// Looks until it is so.
pub(crate) async fn until(what: &str, is_so: impl FnMut() -> bool) {
    tests::until(DEADLINE, what, is_so).await;
}

/// Whether a future has not ended yet; polls it once.
pub(crate) fn is_pending<F: Future>(future: Pin<&mut F>) -> bool {
    let polled: Poll<F::Output> = future.poll(&mut Context::from_waker(Waker::noop()));
    polled.is_pending()
}
