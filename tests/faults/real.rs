//! Real brokers that are killed, stopped and started again: rows 3, 4, 5, 7, 8 and 14 of the matrix. They know a batch
//! that they have already, so that a delivered event is in the log once.

use std::time::{Duration, Instant};

use publisher_core::ProduceErrorKind;
use tests::checker::Repeats;
use tests::kafka::Kafka;
use tests::load::{Load, answers};

use crate::support::{KEYS, SECOND, TOPIC, all_delivered, failed};

const PAUSE: Duration = Duration::from_millis(1);

/// Row 8: the broker is killed five times under load and comes back with what it had.
#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_is_killed_under_load_loses_nothing() {
    let Some(kafka) = Kafka::start(1) else { return };
    kafka.create_topic(TOPIC, 6, 1);
    let servers = kafka.bootstrap_servers();
    let load = Load::start(&servers, TOPIC, 8, |builder| builder).await;
    let writers = [load.write(1, PAUSE, 0), load.write(2, PAUSE, 5)];
    tests::kills::kill_and_restart(&kafka, 1, 5, || load.recorder.delivered());
    for writer in writers {
        writer.stop().await;
    }
    let report = load.finish(&servers, Repeats::Refused).await;
    assert_eq!(report.counts.failed, 0, "{report}");
    assert!(report.counts.delivered > 100, "{report}");
    check_pauses(&kafka).await;
    check_a_topic_that_is_not_there(&kafka).await;
}

/// Rows 4, 5 and 7: the broker stops for 3 s, which is nothing; then for longer than a record may take. What it had in
/// its hands then may come into the log when it goes on.
async fn check_pauses(kafka: &Kafka) {
    const TIMEOUT: Duration = Duration::from_secs(4);
    let topic = "paused";
    kafka.create_topic(topic, 6, 1);
    let servers = kafka.bootstrap_servers();
    let load = Load::start(&servers, topic, 7, |builder| {
        builder
            .delivery_timeout(TIMEOUT)
            .librdkafka_property("socket.timeout.ms", "2000")
    })
    .await;
    all_delivered(&answers(load.calls(&KEYS, 60)).await);

    kafka.pause(1);
    let calls = load.calls(&KEYS, 600);
    tokio::time::sleep(2 * SECOND).await;
    kafka.resume(1);
    all_delivered(&answers(calls).await);

    kafka.pause(1);
    let start = Instant::now();
    let ends = answers(load.calls(&KEYS, 600)).await;
    let took = start.elapsed();
    assert!(took >= TIMEOUT && took < TIMEOUT + 2 * SECOND, "{took:?}");
    assert!(ends.iter().all(Result::is_err));
    kafka.resume(1);
    let mut calls = load.calls(&KEYS, 60);
    calls.extend(load.calls(&KEYS, 600));
    all_delivered(&answers(calls).await);
    let report = load.finish(&servers, Repeats::Refused).await;
    assert_eq!(report.counts.delivered, 1_320);
    assert!(report.counts.unknown > 0, "{report}");
}

/// Row 14: topics are not made on demand here.
async fn check_a_topic_that_is_not_there(kafka: &Kafka) {
    let servers = kafka.bootstrap_servers();
    let timeout = Duration::from_secs(4);
    let load = Load::start(&servers, "nowhere", 14, |builder| builder.delivery_timeout(timeout)).await;
    let start = Instant::now();
    for answer in answers(load.calls(&KEYS, 6)).await {
        let error = failed(&answer);
        assert_eq!(error.kind(), ProduceErrorKind::UnknownTopic);
        assert!(error.reason().contains("nowhere"), "{error}");
    }
    assert!(start.elapsed() < timeout + SECOND, "{:?}", start.elapsed());
    let report = load.finish(&servers, Repeats::Refused).await;
    assert_eq!((report.counts.failed, report.records), (6, 0));
}

/// Row 3: of three brokers the leader of a partition is killed, then another one; each is back before the next goes.
#[tokio::test(flavor = "multi_thread")]
async fn a_leader_that_is_killed_is_replaced() {
    let Some(kafka) = Kafka::start(3) else { return };
    kafka.create_topic(TOPIC, 6, 3);
    let servers = kafka.bootstrap_servers();
    let load = Load::start(&servers, TOPIC, 3, |builder| builder).await;
    let writers = [load.write(1, PAUSE, 0), load.write(2, PAUSE, 0)];
    for _ in 0..2 {
        let leader = kafka.leaders(TOPIC)[&0];
        tests::kills::kill_and_restart(&kafka, leader, 1, || load.recorder.delivered());
    }
    for writer in writers {
        writer.stop().await;
    }
    let report = load.finish(&servers, Repeats::Refused).await;
    assert_eq!(report.counts.delivered, report.counts.accepted(), "{report}");
}
