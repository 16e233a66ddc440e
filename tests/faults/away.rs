//! Brokers that are away, or answer too late: rows 4, 5 and 6 of the matrix.

use std::time::{Duration, Instant};

use publisher_core::ProduceErrorKind;
use tests::checker::Repeats;
use tests::load::{Load, answers};
use tests::proxy::{Direction, Mode, Proxies};

use crate::support::{KEYS, SECOND, TOPIC, all_delivered, cluster, failed, unknown};

/// Row 4: all brokers are away for 3 s. Nothing fails, and what has gathered meanwhile is delivered in order.
#[tokio::test(flavor = "multi_thread")]
async fn an_outage_that_ends_in_time_fails_nothing() {
    let cluster = cluster(3);
    let servers = cluster.bootstrap_servers().to_owned();
    let load = Load::start(&servers, TOPIC, 0, |builder| builder).await;
    let writer = load.write(4, Duration::from_millis(2), 0);
    all_delivered(&answers(load.calls(&KEYS, 60)).await);
    cluster.broker_down().unwrap();
    let calls = load.calls(&KEYS, 500);
    // The length of the outage is the fault itself.
    tokio::time::sleep(3 * SECOND).await;
    cluster.broker_up().unwrap();
    all_delivered(&answers(calls).await);
    writer.stop().await;
    let report = load.finish(&servers, Repeats::Appended).await;
    assert_eq!(report.counts.delivered, report.counts.accepted(), "{report}");
}

/// Row 5: all brokers are away for longer than a record may take. Each has its end on time, and is surely not in the
/// log; when the brokers are back, so are deliveries.
#[tokio::test(flavor = "multi_thread")]
async fn an_outage_beyond_the_timeout_ends_on_time() {
    const TIMEOUT: Duration = Duration::from_secs(2);
    let cluster = cluster(3);
    let servers = cluster.bootstrap_servers().to_owned();
    let load = Load::start(&servers, TOPIC, 0, |builder| builder.delivery_timeout(TIMEOUT)).await;
    all_delivered(&answers(load.calls(&KEYS, 60)).await);
    cluster.broker_down().unwrap();
    let start = Instant::now();
    for answer in answers(load.calls(&KEYS, 60)).await {
        let error = failed(&answer);
        assert_eq!(error.kind(), ProduceErrorKind::TimedOut);
        assert!(error.is_retriable());
    }
    let took = start.elapsed();
    assert!(took >= TIMEOUT && took < TIMEOUT + SECOND, "{took:?}");
    cluster.broker_up().unwrap();
    all_delivered(&answers(load.calls(&KEYS, 60)).await);
    let report = load.finish(&servers, Repeats::Appended).await;
    assert_eq!((report.counts.delivered, report.counts.failed), (120, 60));
}

/// Row 6: answers take longer than a record may. It may be in the log, and nobody says that it is not.
#[tokio::test(flavor = "multi_thread")]
async fn answers_that_come_too_late_leave_the_end_unknown() {
    let cluster = cluster(1);
    let servers = cluster.bootstrap_servers().to_owned();
    let load = Load::start(&servers, TOPIC, 0, |builder| builder.delivery_timeout(SECOND)).await;
    all_delivered(&answers(load.calls(&KEYS, 6)).await);
    cluster.round_trip_time(10 * SECOND).unwrap();
    for answer in answers(load.calls(&KEYS, 6)).await {
        let error = unknown(&answer);
        assert_eq!(error.kind(), ProduceErrorKind::TimedOut);
        assert!(answer.unwrap_err().is_retriable());
    }
    cluster.round_trip_time(Duration::ZERO).unwrap();
    check_the_rest(&load, &servers).await;
}

/// Row 6 on the network: requests come through, answers do not.
#[tokio::test(flavor = "multi_thread")]
async fn answers_that_the_network_holds_leave_the_end_unknown() {
    let cluster = cluster(1);
    let proxies = Proxies::before(cluster.bootstrap_servers());
    let load = Load::start(&proxies.bootstrap_servers(), TOPIC, 0, |builder| {
        builder.delivery_timeout(SECOND)
    })
    .await;
    all_delivered(&answers(load.calls(&KEYS, 6)).await);
    proxies.proxy(0).set(Direction::Answers, Mode::BlackHole);
    for answer in answers(load.calls(&KEYS, 6)).await {
        unknown(&answer);
    }
    proxies.heal();
    check_the_rest(&load, cluster.bootstrap_servers()).await;
}

/// Six were delivered and six are unknown; from here on everything is delivered.
async fn check_the_rest(load: &Load, servers: &str) {
    // The answers of before are still on their way, and may cost the first of these their time.
    let mut rest = 0;
    loop {
        let answers = answers(load.calls(&KEYS, 6)).await;
        rest += 6;
        if answers.iter().all(Result::is_ok) {
            break;
        }
    }
    let report = load.finish(servers, Repeats::Appended).await;
    assert_eq!(report.counts.accepted(), 12 + rest);
    assert!(report.counts.unknown >= 6, "{report}");
    // All six had arrived.
    assert!(report.records >= 12, "{report}");
}
