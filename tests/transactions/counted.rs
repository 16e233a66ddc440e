//! A transactional publisher on Kafka that counts its clients.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use publisher_core::producer::{Connect, KafkaMode, KafkaSettings};
use publisher_core::{Publisher, TransactionError, Transactional};

use crate::support::{Pair, placed, within};

pub(crate) struct Counted {
    pub(crate) publisher: Publisher<Transactional>,
    clients: Arc<AtomicUsize>,
}

/// Where it publishes to.
pub(crate) struct Target<'a> {
    pub(crate) servers: &'a str,
    pub(crate) registry: &'a str,
    pub(crate) topic: &'a str,
    pub(crate) id: &'a str,
}

impl Counted {
    pub(crate) async fn start(pair: &Pair) -> Self {
        Self::with_timeout(pair, Duration::from_secs(60)).await
    }

    pub(crate) async fn with_timeout(pair: &Pair, timeout: Duration) -> Self {
        let target = Target {
            servers: pair.cluster.bootstrap_servers(),
            registry: pair.registry.url(),
            topic: "orders",
            id: "shop-1",
        };
        Self::on(&target, timeout, Vec::new()).await
    }

    pub(crate) async fn on(target: &Target<'_>, timeout: Duration, properties: Vec<(String, String)>) -> Self {
        let mut settings = KafkaSettings::new(target.servers);
        settings.delivery_timeout = timeout;
        settings.properties = properties;
        settings.mode = KafkaMode::Transactional {
            id: target.id.to_owned(),
            timeout: Some(timeout),
        };
        let (clients, connect) = (Arc::new(AtomicUsize::new(0)), settings.connect());
        let counting: Connect = {
            let clients = Arc::clone(&clients);
            Arc::new(move |reports| {
                clients.fetch_add(1, Ordering::SeqCst);
                connect(reports)
            })
        };
        let publisher = Publisher::builder()
            .registry(target.registry)
            .connect(counting)
            .delivery_timeout(timeout)
            .rename_topic("orders", target.topic)
            .transactional(target.id)
            .transaction_timeout(timeout)
            .build();
        Self {
            publisher: publisher.await.unwrap(),
            clients,
        }
    }

    pub(crate) async fn publish(&self, key: &str) -> Result<(), TransactionError<Infallible>> {
        let transaction = self.publisher.transaction(async |transaction| {
            transaction.publish(placed(key, 1));
            Ok(())
        });
        within(transaction).await
    }

    /// How many it has had.
    pub(crate) fn clients(&self) -> usize {
        self.clients.load(Ordering::SeqCst)
    }
}
