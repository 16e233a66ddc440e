//! Topics that do not exist, and are not made on demand: row 14 of the matrix.

use std::time::{Duration, Instant};

use publisher_core::ProduceErrorKind;
use publisher_core::testing::TopicFault;
use tests::checker::Repeats;
use tests::load::{Load, answers};

use crate::support::{KEYS, SECOND, TOPIC, all_delivered, cluster, failed};

/// The brokers know of no such topic. After the time in which a new topic becomes known to all brokers that is final, and
/// says which topic; when it is there, events are delivered.
#[tokio::test(flavor = "multi_thread")]
async fn a_topic_that_is_not_there_is_named() {
    let cluster = cluster(1);
    let servers = cluster.bootstrap_servers();
    cluster.topic_fault(TOPIC, Some(TopicFault::Unknown)).unwrap();
    // Half of it is the time that the topic is given to appear.
    let timeout = Duration::from_secs(4);
    let load = Load::start(servers, TOPIC, 0, |builder| builder.delivery_timeout(timeout)).await;
    let start = Instant::now();
    for answer in answers(load.calls(&KEYS, 12)).await {
        let error = failed(&answer);
        assert_eq!(error.kind(), ProduceErrorKind::UnknownTopic);
        assert!(!error.is_retriable());
        assert!(
            error.reason().contains(TOPIC) && error.reason().contains(servers),
            "{error}"
        );
    }
    assert!(start.elapsed() < timeout + SECOND, "{:?}", start.elapsed());

    cluster.topic_fault(TOPIC, None).unwrap();
    // The client asks anew in its own time.
    let mut refused = 0;
    while load.call("a").await.is_err() {
        refused += 1;
        tokio::time::sleep(SECOND / 10).await;
    }
    all_delivered(&answers(load.calls(&KEYS, 12)).await);
    let report = load.finish(servers, Repeats::Refused).await;
    assert_eq!((report.counts.delivered, report.counts.failed), (13, 12 + refused));
}
