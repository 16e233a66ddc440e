//! Where a campaign takes place: brokers, and a proxy before each.

use std::fmt;
use std::time::Duration;

use publisher_core::testing::EmbeddedCluster;

use crate::checker::Repeats;
use crate::kafka::Kafka;
use crate::proxy::Proxies;

/// How many partitions a topic has.
pub(super) const PARTITIONS: i32 = 6;

/// Brokers behind proxies.
pub struct Ground {
    pub(super) brokers: Brokers,
    pub(super) proxies: Proxies,
}

pub(super) enum Brokers {
    Embedded(EmbeddedCluster),
    Real(Kafka),
}

impl Ground {
    /// An embedded cluster of three brokers.
    #[must_use]
    pub fn embedded() -> Self {
        let cluster = EmbeddedCluster::with_brokers(3).unwrap();
        Self {
            proxies: Proxies::before(cluster.bootstrap_servers()),
            brokers: Brokers::Embedded(cluster),
        }
    }

    /// Real brokers, so many; `None` where there is no Kafka to start, which is told.
    #[must_use]
    pub fn real(brokers: usize) -> Option<Self> {
        let kafka = Kafka::start(brokers)?;
        Some(Self {
            proxies: Proxies::before(&kafka.bootstrap_servers()),
            brokers: Brokers::Real(kafka),
        })
    }

    /// The brokers themselves, past the proxies.
    pub(super) fn direct(&self) -> String {
        match &self.brokers {
            Brokers::Embedded(cluster) => cluster.bootstrap_servers().to_owned(),
            Brokers::Real(kafka) => kafka.bootstrap_servers(),
        }
    }

    pub(super) fn repeats(&self) -> Repeats {
        match self.brokers {
            Brokers::Embedded(_) => Repeats::Appended,
            Brokers::Real(_) => Repeats::RefusedUntilTimeout,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.proxies.all().count()
    }

    pub(super) fn create_topic(&self, topic: &str) {
        match &self.brokers {
            Brokers::Embedded(cluster) => cluster.create_topic(topic, PARTITIONS).unwrap(),
            Brokers::Real(kafka) => kafka.create_topic(topic, PARTITIONS, kafka.brokers() as i32),
        }
    }

    /// All is well again, but for brokers that were killed or stopped.
    pub(super) fn heal(&self) {
        self.proxies.heal();
        if let Brokers::Embedded(cluster) = &self.brokers {
            cluster.broker_up().unwrap();
            cluster.round_trip_time(Duration::ZERO).unwrap();
            cluster.produce_errors(&[]).unwrap();
        }
    }
}

impl fmt::Display for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.brokers {
            Brokers::Embedded(_) => write!(f, "an embedded cluster of {} brokers", self.count()),
            Brokers::Real(_) => write!(f, "a real Kafka of {} brokers", self.count()),
        }
    }
}
