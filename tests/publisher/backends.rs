//! The contract of the failure policies: what they promise holds on the broker in memory and through librdkafka, on the
//! embedded cluster.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use publisher_core::dead_letter::DeadLetter;
use publisher_core::producer::{
    Connect, DescribeError, DescribeErrorKind, Fault, MemoryBroker, Producer, SendError, Token, TopicDescription,
};
use publisher_core::testing::{EmbeddedCluster, ProduceFault};
use publisher_core::{Persistence, ProduceErrorKind, Publisher, PublisherBuilder, Record, RecordRef, wire};

use crate::support::{ScriptedRegistry, error, placed, quantity, shipped, within};

/// One test for each check and backend.
macro_rules! contract {
    ($($check:ident),+ $(,)?) => {
        mod memory {
            $(#[tokio::test] async fn $check() { super::$check(&$crate::backends::Memory::start()).await; })+
        }
        mod embedded {
            $(#[tokio::test] async fn $check() { super::$check(&$crate::backends::Embedded::start()).await; })+
        }
    };
}
pub(crate) use contract;

/// Where records go, and what may befall them there.
pub(crate) trait Backend {
    /// The builder of a publisher whose records go there.
    fn connected(&self, builder: PublisherBuilder) -> PublisherBuilder;
    /// The next record that arrives is refused for good: as too large, or for a rule that it breaks.
    fn refuse_next(&self, kind: ProduceErrorKind);
    /// All of a topic; the records of a key in their order, and those of the letters' topic.
    fn records(&self, topic: &str) -> Vec<Record>;
    /// From now on no record is confirmed, and no question answered.
    fn go_away(&self);
    fn come_back(&self);
}

pub(crate) struct Memory {
    pub(crate) broker: MemoryBroker,
    away: Arc<AtomicBool>,
}

impl Memory {
    pub(crate) fn start() -> Self {
        Self {
            broker: MemoryBroker::new(),
            away: Arc::default(),
        }
    }
}

impl Backend for Memory {
    fn connected(&self, builder: PublisherBuilder) -> PublisherBuilder {
        let (connect, away) = (self.broker.connect(), Arc::clone(&self.away));
        let leaving: Connect = Arc::new(move |reports| {
            let (producer, away) = (connect(reports)?, Arc::clone(&away));
            Ok(Arc::new(Leaving { producer, away }) as Arc<dyn Producer>)
        });
        builder.connect(leaving)
    }

    fn refuse_next(&self, kind: ProduceErrorKind) {
        let error = error(kind, Persistence::NotPersisted);
        self.broker.inject(Fault::Fail { records: 1, error });
    }

    fn records(&self, topic: &str) -> Vec<Record> {
        let records = self.broker.records().into_iter().map(|stored| stored.record);
        records.filter(|record| record.topic == topic).collect()
    }

    fn go_away(&self) {
        self.away.store(true, Ordering::Release);
        self.broker.hold();
    }

    fn come_back(&self) {
        self.away.store(false, Ordering::Release);
        self.broker.release();
    }
}

/// A producer whose broker may be away.
struct Leaving {
    producer: Arc<dyn Producer>,
    away: Arc<AtomicBool>,
}

impl Producer for Leaving {
    fn send(&self, record: RecordRef<'_>, token: Token) -> Result<(), SendError> {
        self.producer.send(record, token)
    }

    fn flush(&self, deadline: Duration) -> usize {
        self.producer.flush(deadline)
    }

    fn purge(&self) {
        self.producer.purge();
    }

    fn describe_topic(&self, topic: &str, deadline: Duration) -> Result<TopicDescription, DescribeError> {
        if self.away.load(Ordering::Acquire) {
            return Err(DescribeError::new(DescribeErrorKind::Unreachable, "the broker is away"));
        }
        self.producer.describe_topic(topic, deadline)
    }
}

/// Through librdkafka.
pub(crate) struct Embedded(EmbeddedCluster);

impl Embedded {
    pub(crate) fn start() -> Self {
        let cluster = EmbeddedCluster::start().unwrap();
        for topic in ["orders", "orders.dlq", "pings"] {
            cluster.create_topic(topic, 1).unwrap();
        }
        Self(cluster)
    }
}

impl Backend for Embedded {
    fn connected(&self, builder: PublisherBuilder) -> PublisherBuilder {
        builder.bootstrap_servers(self.0.bootstrap_servers())
    }

    fn refuse_next(&self, kind: ProduceErrorKind) {
        let fault = match kind {
            ProduceErrorKind::TooLarge => ProduceFault::TooLarge,
            ProduceErrorKind::Rejected => ProduceFault::InvalidRecord,
            kind => panic!("no refusal of one record: {kind:?}"),
        };
        self.0.produce_errors(&[fault]).unwrap();
    }

    fn records(&self, topic: &str) -> Vec<Record> {
        let records = self.0.records(topic).unwrap();
        records.into_iter().map(|record| record.into_record(topic)).collect()
    }

    fn go_away(&self) {
        self.0.broker_down().unwrap();
    }

    fn come_back(&self) {
        self.0.broker_up().unwrap();
    }
}

/// A publisher on a backend.
pub(crate) struct Bed<'a> {
    pub(crate) backend: &'a dyn Backend,
    pub(crate) publisher: Publisher,
}

impl<'a> Bed<'a> {
    /// One whose types have their schema ids already, and whose log is empty but for the two records that that took.
    pub(crate) async fn warm(
        backend: &'a dyn Backend,
        settings: impl FnOnce(PublisherBuilder) -> PublisherBuilder,
    ) -> Self {
        let builder = Publisher::builder().registry_client(ScriptedRegistry::default());
        let publisher = settings(backend.connected(builder)).build().await.unwrap();
        within(publisher.publish(placed("warm", 1))).await.unwrap();
        within(publisher.publish(shipped("warm", "warm"))).await.unwrap();
        Self { backend, publisher }
    }

    /// The quantities of the orders placed under a key, in the order of the log.
    pub(crate) fn quantities(&self, key: &str) -> Vec<u32> {
        let records = self.backend.records("orders").into_iter();
        let of_key = records.filter(|record| record.key.as_deref() == Some(key.as_bytes()));
        of_key
            .map(|record| quantity(wire::read(&record.value.unwrap()).unwrap().1))
            .collect()
    }

    /// The dead letters of orders, read back.
    pub(crate) fn letters(&self) -> Vec<DeadLetter> {
        let records = self.backend.records("orders.dlq");
        records
            .iter()
            .map(|record| DeadLetter::from_record(record).unwrap())
            .collect()
    }
}
