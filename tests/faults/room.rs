//! A buffer that is full: row 10 of the matrix. Calls wait for a report and no longer, or for as long as they may.

use std::time::{Duration, Instant};

use publisher_core::PublishError;
use tests::checker::Repeats;
use tests::load::{Load, answers};

use crate::support::{KEYS, SECOND, TOPIC, all_delivered, cluster};

/// Each call waits for the report of the one before. With pauses of 100 ms, as rdkafka's own producer makes them when
/// its queue is full, this would take 100 s.
#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_room_is_woken_by_reports() {
    let cluster = cluster(1);
    let servers = cluster.bootstrap_servers();
    let load = Load::start(servers, TOPIC, 0, |builder| {
        builder.buffer_records(1).linger(Duration::ZERO)
    })
    .await;
    let start = Instant::now();
    all_delivered(&answers(load.calls(&KEYS, 1_000)).await);
    assert!(start.elapsed() < 60 * SECOND, "{:?}", start.elapsed());
    let report = load.finish(servers, Repeats::Refused).await;
    assert_eq!(report.counts.delivered, 1_000);
}

/// The brokers are slow and the room is small: calls wait, and all are delivered in order.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_broker_slows_the_calls_down() {
    let cluster = cluster(1);
    let servers = cluster.bootstrap_servers();
    let load = Load::start(servers, TOPIC, 0, |builder| builder.buffer_records(50)).await;
    all_delivered(&answers(load.calls(&KEYS, 6)).await);
    cluster.round_trip_time(SECOND / 2).unwrap();
    all_delivered(&answers(load.calls(&KEYS, 200)).await);
    let report = load.finish(servers, Repeats::Refused).await;
    assert_eq!(report.counts.delivered, 206);
}

/// Those who may not wait for long end with what they wait for, and surely are not in the log.
#[tokio::test(flavor = "multi_thread")]
async fn the_wait_for_room_has_an_end() {
    let cluster = cluster(1);
    let servers = cluster.bootstrap_servers();
    let load = Load::start(servers, TOPIC, 0, |builder| {
        builder.buffer_records(20).block_timeout(SECOND / 5)
    })
    .await;
    all_delivered(&answers(load.calls(&KEYS, 6)).await);
    cluster.broker_down().unwrap();
    let mut calls = load.calls(&KEYS, 80);
    let waiting = calls.split_off(20);
    for answer in answers(waiting).await {
        assert!(
            matches!(answer, Err(PublishError::BufferFull { capacity: 20, .. })),
            "{answer:?}"
        );
    }
    cluster.broker_up().unwrap();
    all_delivered(&answers(calls).await);
    let report = load.finish(servers, Repeats::Appended).await;
    assert_eq!((report.counts.delivered, report.counts.failed), (26, 60));
}
