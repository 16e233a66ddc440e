//! Transactions on a real Kafka: what readers of committed records see, who is fenced, and what a consumer group finds.

use std::convert::Infallible;
use std::time::Duration;

use publisher_core::producer::{ConsumedOffset, ConsumerGroup, TransactionFailureKind as Kind};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{Offset, Publisher, TransactionError, Transactional};
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::{ClientConfig, TopicPartitionList};

use crate::support::{DEADLINE, fresh, keys, placed, within};

/// The Kafka that the environment names; else one line that it was skipped.
fn servers() -> Option<String> {
    let servers = std::env::var("PUBLISHER_TEST_KAFKA").ok();
    if servers.is_none() {
        tests::say(
            "SKIPPED transactions on a real Kafka: PUBLISHER_TEST_KAFKA is not set (`cargo xtask test` sets it)",
        );
    }
    servers
}

/// A topic of its own and publishers under an id of its own.
pub(crate) struct Real {
    pub(crate) servers: String,
    pub(crate) topic: String,
    id: String,
    registry: EmbeddedRegistry,
}

impl Real {
    pub(crate) async fn start(name: &str, max_message_bytes: &str) -> Option<Self> {
        let real = Self {
            servers: servers()?,
            topic: fresh(name),
            id: fresh(name),
            registry: EmbeddedRegistry::start().unwrap(),
        };
        let admin: AdminClient<DefaultClientContext> = ClientConfig::new()
            .set("bootstrap.servers", &real.servers)
            .create()
            .unwrap();
        let topic =
            NewTopic::new(&real.topic, 1, TopicReplication::Fixed(1)).set("max.message.bytes", max_message_bytes);
        let options = AdminOptions::new().operation_timeout(Some(DEADLINE));
        let created = within(admin.create_topics([&topic], &options)).await.unwrap();
        assert!(created.iter().all(Result::is_ok), "{created:?}");
        Some(real)
    }

    async fn publisher(&self) -> Publisher<Transactional> {
        let builder = Publisher::builder()
            .bootstrap_servers(&self.servers)
            .registry(self.registry.url())
            .rename_topic("orders", &self.topic)
            .transactional(&self.id);
        within(builder.build()).await.unwrap()
    }

    async fn keys(&self) -> Vec<String> {
        keys(&self.servers, &self.topic).await
    }
}

async fn publish(publisher: &Publisher<Transactional>, key: &str) -> Result<(), TransactionError<Infallible>> {
    let transaction = publisher.transaction(async |transaction| {
        transaction.publish(placed(key, 1));
        Ok(())
    });
    within(transaction).await
}

#[tokio::test]
async fn readers_see_what_is_committed_and_nothing_that_is_aborted() {
    let Some(real) = Real::start("visible", "1000000").await else {
        return;
    };
    let publisher = real.publisher().await;
    let committed = publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1)).await.unwrap();
        assert_eq!(real.keys().await, [""; 0], "it is open");
        transaction.publish(placed("2", 1));
        Ok::<_, Infallible>(())
    });
    within(committed).await.unwrap();
    assert_eq!(real.keys().await, ["1", "2"]);
    let aborted = publisher.transaction(async |transaction| {
        transaction.publish(placed("aborted", 1)).await.unwrap();
        transaction.publish(placed("aborted", 1));
        Err::<(), _>("no")
    });
    assert_eq!(within(aborted).await, Err(TransactionError::Work("no")));
    publish(&publisher, "3").await.unwrap();
    assert_eq!(real.keys().await, ["1", "2", "3"]);
    let report = within(publisher.shutdown(Duration::from_secs(10))).await;
    assert_eq!((report.delivered, report.failed, report.unknown), (3, 2, 0));
}

#[tokio::test]
async fn a_zombie_is_fenced_and_nothing_of_it_is_seen() {
    let Some(real) = Real::start("zombie", "1000000").await else {
        return;
    };
    let zombie = real.publisher().await;
    publish(&zombie, "1").await.unwrap();
    let transaction = zombie.transaction(async |transaction| {
        transaction.publish(placed("zombie", 1)).await.unwrap();
        let successor = real.publisher().await;
        publish(&successor, "2").await.unwrap();
        transaction.publish(placed("zombie", 1));
        Ok::<_, Infallible>(successor)
    });
    let error = within(transaction).await.map(drop).unwrap_err();
    let TransactionError::Fenced(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failure.kind(), Kind::Fenced);
    assert!(matches!(
        publish(&zombie, "zombie").await,
        Err(TransactionError::Fenced(_))
    ));
    assert_eq!(real.keys().await, ["1", "2"]);
}

#[tokio::test]
async fn a_successor_ends_what_was_left_open() {
    let Some(real) = Real::start("left", "1000000").await else {
        return;
    };
    let left = real.publisher().await;
    let (written, seen) = tokio::sync::oneshot::channel();
    let task = tokio::spawn(async move {
        left.transaction(async |transaction| {
            transaction.publish(placed("left", 1)).await.unwrap();
            written.send(()).unwrap();
            std::future::pending::<Result<(), Infallible>>().await
        })
        .await
    });
    within(seen).await.unwrap();
    let successor = real.publisher().await;
    publish(&successor, "1").await.unwrap();
    assert_eq!(real.keys().await, ["1"], "readers do not wait for what was left");
    task.abort();
}

#[tokio::test]
async fn offsets_are_committed_with_the_transaction() {
    let Some(real) = Real::start("offsets", "1000000").await else {
        return;
    };
    let publisher = real.publisher().await;
    let group = ConsumerGroup::new(fresh("group"));
    let consumed = |next| ConsumedOffset {
        topic: real.topic.clone(),
        partition: 0,
        next: Offset(next),
    };
    let committed = publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1));
        transaction.publish(placed("2", 1));
        transaction.offsets(&group, [consumed(1)]).await
    });
    within(committed).await.unwrap();
    let aborted = publisher.transaction(async |transaction| {
        transaction.offsets(&group, [consumed(2)]).await.unwrap();
        Err::<(), _>("no")
    });
    within(aborted).await.unwrap_err();

    let (servers, topic, id) = (real.servers.clone(), real.topic.clone(), group.id.clone());
    let found = tokio::task::spawn_blocking(move || {
        let consumer: BaseConsumer = ClientConfig::new()
            .set("bootstrap.servers", servers)
            .set("group.id", id)
            .create()
            .unwrap();
        let mut asked = TopicPartitionList::new();
        asked.add_partition(&topic, 0);
        let found = consumer.committed_offsets(asked, DEADLINE).unwrap();
        found.elements()[0].offset()
    });
    assert_eq!(within(found).await.unwrap(), rdkafka::Offset::Offset(1));

    // A generation that the group, which has no members, never had.
    let stranger = ConsumerGroup {
        generation: 7,
        member_id: "stranger".to_owned(),
        ..group.clone()
    };
    let refused = publisher.transaction(async |transaction| {
        transaction.publish(placed("refused", 1));
        let refused = transaction.offsets(&stranger, [consumed(2)]).await;
        assert_eq!(refused.unwrap_err().kind(), Kind::GroupMoved);
        Ok::<_, Infallible>(())
    });
    let error = within(refused).await.unwrap_err();
    assert!(matches!(error, TransactionError::Aborted(_)), "{error:?}");
    publish(&publisher, "3").await.unwrap();
    assert_eq!(real.keys().await, ["1", "2", "3"]);
}

#[tokio::test]
async fn a_record_that_the_broker_refuses_aborts_and_the_next_transaction_is_well() {
    let Some(real) = Real::start("refused", "600").await else {
        return;
    };
    let publisher = real.publisher().await;
    publish(&publisher, "1").await.unwrap();
    let error = publish(&publisher, &"x".repeat(700)).await.unwrap_err();
    let TransactionError::Aborted(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failure.kind(), Kind::RecordRefused, "{failure}");
    assert!(!error.is_retriable());
    publish(&publisher, "2").await.unwrap();
    assert_eq!(real.keys().await, ["1", "2"]);
}
