//! What the broker answers to a request that writes records: rows 1, 2, 12 and 16 of the matrix.

use std::time::Instant;

use publisher_core::ProduceErrorKind;
use publisher_core::testing::ProduceFault;
use tests::checker::Repeats;
use tests::load::{Load, answers};

use crate::support::{KEYS, SECOND, TOPIC, all_delivered, cluster, failed};

/// Faults that the client bears by itself: everything is delivered, once and in order.
async fn bears(faults: &[ProduceFault]) {
    let cluster = cluster(1);
    let servers = cluster.bootstrap_servers();
    // One request at a time: this broker knows no sequence numbers, and would write those twice that were on their way
    // beside the one that it breaks off.
    let load = Load::start(servers, TOPIC, 0, |builder| {
        builder.librdkafka_property("max.in.flight.requests.per.connection", "1")
    })
    .await;
    // The faults meet a client at work, not one that has yet to connect.
    all_delivered(&answers(load.calls(&KEYS, 6)).await);
    cluster.produce_errors(faults).unwrap();
    let mut calls = load.calls(&KEYS, 300);
    calls.extend(load.calls(&KEYS, 300));
    all_delivered(&answers(calls).await);
    let report = load.finish(servers, Repeats::Refused).await;
    assert_eq!((report.counts.delivered, report.records), (606, 606), "{faults:?}");
}

/// Row 1: the connection ends in the middle of requests.
#[tokio::test(flavor = "multi_thread")]
async fn disconnects_are_borne() {
    bears(&[ProduceFault::Disconnect; 4]).await;
}

/// Rows 2 and 3: too few replicas for a while, and a leader that is none any more.
#[tokio::test(flavor = "multi_thread")]
async fn what_passes_is_borne() {
    bears(&[ProduceFault::NotEnoughReplicas; 5]).await;
    bears(&[ProduceFault::NotLeader; 5]).await;
    bears(&[ProduceFault::UnknownTopic; 3]).await;
    bears(&[
        ProduceFault::NotEnoughReplicas,
        ProduceFault::Disconnect,
        ProduceFault::NotLeader,
    ])
    .await;
}

/// Row 2: too few replicas for longer than a record may take: it is surely not in the log, and says what it waited for.
#[tokio::test(flavor = "multi_thread")]
async fn too_few_replicas_for_too_long_is_a_failure() {
    let cluster = cluster(1);
    let servers = cluster.bootstrap_servers();
    let load = Load::start(servers, TOPIC, 0, |builder| builder.delivery_timeout(2 * SECOND)).await;
    all_delivered(&answers(load.calls(&KEYS, 6)).await);
    cluster
        .produce_errors(&[ProduceFault::NotEnoughReplicas; 1_000])
        .unwrap();
    for answer in answers(load.calls(&KEYS, 12)).await {
        let error = failed(&answer);
        assert_eq!(error.kind(), ProduceErrorKind::TimedOut);
        assert!(error.is_retriable());
    }
    let report = load.finish(servers, Repeats::Refused).await;
    assert_eq!((report.counts.delivered, report.counts.failed), (6, 12));
}

/// Row 12: a record that is too large ends at once, whoever finds it, and the others of its key go on.
#[tokio::test(flavor = "multi_thread")]
async fn too_large_is_final_and_nobody_elses_business() {
    let cluster = cluster(1);
    let servers = cluster.bootstrap_servers();
    let load = Load::start(servers, TOPIC, 0, |builder| builder.max_record_bytes(1_000)).await;
    all_delivered(&answers(load.calls(&KEYS, 6)).await);

    // Found here: no broker is asked, so that none need be there.
    cluster.broker_down().unwrap();
    let event = tests::counted::Counted {
        key: "large".to_owned(),
        sequence: 0,
        padding: "x".repeat(2_000),
    };
    let answer = load.publisher.publish(event).await;
    assert_eq!(failed(&answer).kind(), ProduceErrorKind::TooLarge);
    assert!(!failed(&answer).is_retriable());
    cluster.broker_up().unwrap();
    all_delivered(&answers(load.calls(&KEYS, 6)).await);

    // Found by the broker.
    cluster.produce_errors(&[ProduceFault::TooLarge]).unwrap();
    let start = Instant::now();
    let answer = load.call("a").await;
    assert_eq!(failed(&answer).kind(), ProduceErrorKind::TooLarge);
    // Not after retries, which would take as long as the delivery timeout.
    assert!(start.elapsed() < 30 * SECOND);
    all_delivered(&answers(load.calls(&KEYS, 60)).await);
    let report = load.finish(servers, Repeats::Refused).await;
    assert_eq!((report.counts.delivered, report.counts.failed), (72, 1));
}

/// Row 16: the broker has the batch already. That is a success, of which only the offset is not known.
#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_is_there_already_is_delivered() {
    let cluster = cluster(1);
    let servers = cluster.bootstrap_servers();
    let load = Load::start(servers, TOPIC, 0, |builder| builder).await;
    all_delivered(&answers(load.calls(&["a"], 1)).await);
    cluster.produce_errors(&[ProduceFault::Duplicate]).unwrap();
    let delivery = load.call("a").await.unwrap();
    assert_eq!(delivery.offset, None);
    assert!(delivery.to_string().contains("@?"), "{delivery}");
    all_delivered(&answers(load.calls(&["a"], 10)).await);

    // The embedded cluster said so without having it: that is what the checker is to find, and all that it finds.
    let shutdown = load.shutdown(30 * SECOND).await;
    let report = load.judge(&shutdown, servers, Repeats::Refused).await;
    let violations: Vec<_> = report.violations.iter().map(ToString::to_string).collect();
    assert_eq!(violations, ["seed 0, key a, event 1: delivered, but not in the log"]);
    assert_eq!(report.counts.delivered, 12);
}
