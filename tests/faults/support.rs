//! The embedded cluster with the topic of a test, and what is asked of many answers.

use std::time::Duration;

use publisher_core::testing::EmbeddedCluster;
use publisher_core::{Delivery, ProduceError, PublishError};

pub(crate) const TOPIC: &str = "events";
pub(crate) const KEYS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
pub(crate) const SECOND: Duration = Duration::from_secs(1);

pub(crate) type Answer = Result<Delivery, PublishError>;

/// So many brokers, and a topic of six partitions on them.
pub(crate) fn cluster(brokers: i32) -> EmbeddedCluster {
    let cluster = EmbeddedCluster::with_brokers(brokers).unwrap();
    cluster.create_topic(TOPIC, 6).unwrap();
    cluster
}

#[track_caller]
pub(crate) fn all_delivered(answers: &[Answer]) {
    let failed = answers.iter().find(|answer| answer.is_err());
    assert!(failed.is_none(), "{failed:?}");
}

/// Why a record is surely not in the log.
#[track_caller]
pub(crate) fn failed(answer: &Answer) -> &ProduceError {
    match answer {
        Err(PublishError::Failed { source, .. }) => source,
        answer => panic!("not failed: {answer:?}"),
    }
}

/// Why it is not known whether a record is in the log.
#[track_caller]
pub(crate) fn unknown(answer: &Answer) -> &ProduceError {
    match answer {
        Err(PublishError::Unknown { source, .. }) => source,
        answer => panic!("not unknown: {answer:?}"),
    }
}
