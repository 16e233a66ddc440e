//! What networks do to connections: row 9 of the matrix. The client connects again, and nothing hangs beyond its time.

use std::time::{Duration, Instant};

use tests::checker::{Repeats, Report};
use tests::load::{Load, answers};
use tests::proxy::{Api, Direction, Mode, Proxies};

use crate::support::{KEYS, SECOND, TOPIC, all_delivered, cluster};

/// How long a record may take in these tests.
const TIMEOUT: Duration = Duration::from_secs(4);

/// The fault passes by itself or with `heal`, and everything is delivered.
async fn passes(fault: impl Fn(&Proxies)) -> Report {
    let cluster = cluster(2);
    let proxies = Proxies::before(cluster.bootstrap_servers());
    let change = |builder: publisher_core::PublisherBuilder| {
        // A connection without an answer is given up after this; the default of 60 s is beyond a test's time.
        builder
            .librdkafka_property("socket.timeout.ms", "1000")
            .librdkafka_property("socket.connection.setup.timeout.ms", "1000")
    };
    let load = Load::start(&proxies.bootstrap_servers(), TOPIC, 0, change).await;
    all_delivered(&answers(load.calls(&KEYS, 60)).await);
    for _ in 0..3 {
        let calls = load.calls(&KEYS, 120);
        fault(&proxies);
        let more = load.calls(&KEYS, 120);
        // The fault lasts as long as the client's patience with a connection.
        tokio::time::sleep(SECOND + SECOND / 2).await;
        proxies.heal();
        all_delivered(&answers(calls).await);
        all_delivered(&answers(more).await);
    }
    let report = load.finish(cluster.bootstrap_servers(), Repeats::Appended).await;
    assert_eq!(report.counts.delivered, 780);
    report
}

/// The fault stays: each record has its end on time, whichever it is; then it is healed, and everything is delivered.
async fn ends_on_time(fault: impl Fn(&Proxies)) {
    let cluster = cluster(2);
    let proxies = Proxies::before(cluster.bootstrap_servers());
    let load = Load::start(&proxies.bootstrap_servers(), TOPIC, 0, |builder| {
        builder.delivery_timeout(TIMEOUT)
    })
    .await;
    all_delivered(&answers(load.calls(&KEYS, 60)).await);
    fault(&proxies);
    let start = Instant::now();
    let ends = answers(load.calls(&KEYS, 60)).await;
    assert!(start.elapsed() < TIMEOUT + 2 * SECOND, "{:?}", start.elapsed());
    assert!(ends.iter().all(Result::is_err));
    proxies.heal();
    // The connections that the fault left behind.
    proxies.all().for_each(tests::proxy::Proxy::reset);
    all_delivered(&answers(load.calls(&KEYS, 60)).await);
    load.finish(cluster.bootstrap_servers(), Repeats::Appended).await;
}

fn set(proxies: &Proxies, direction: Direction, mode: Mode) {
    proxies.all().for_each(|proxy| proxy.set(direction, mode));
}

#[tokio::test(flavor = "multi_thread")]
async fn resets_are_borne() {
    passes(|proxies| proxies.all().for_each(tests::proxy::Proxy::reset)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_are_open_on_one_side_only_are_given_up() {
    passes(|proxies| proxies.all().for_each(tests::proxy::Proxy::half_open)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_that_are_cut_are_sent_again() {
    passes(|proxies| set(proxies, Direction::Requests, Mode::Cut)).await;
    let report = passes(|proxies| set(proxies, Direction::Answers, Mode::Cut)).await;
    // The fault was there: what had arrived came again.
    assert!(report.repeated > 0, "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_answers_are_asked_for_again() {
    let report = passes(|proxies| proxies.all().for_each(|proxy| proxy.lose_answer(Api::Produce))).await;
    assert!(report.repeated > 0, "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn delays_and_jitter_change_no_order() {
    let mode = Mode::Delay {
        by: SECOND / 50,
        jitter: SECOND / 5,
    };
    passes(|proxies| {
        set(proxies, Direction::Requests, mode);
        set(proxies, Direction::Answers, mode);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn black_holes_end_on_time() {
    ends_on_time(|proxies| set(proxies, Direction::Requests, Mode::BlackHole)).await;
    ends_on_time(|proxies| set(proxies, Direction::Answers, Mode::BlackHole)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_byte_a_second_ends_on_time() {
    let drip = Mode::Drip { bytes_per_second: 1 };
    ends_on_time(|proxies| set(proxies, Direction::Requests, drip)).await;
    ends_on_time(|proxies| set(proxies, Direction::Answers, drip)).await;
}

/// SYN packets that vanish: there is not even a connection.
#[tokio::test(flavor = "multi_thread")]
async fn connections_that_are_never_made_end_on_time() {
    ends_on_time(|proxies| {
        for proxy in proxies.all() {
            proxy.ignore_connections(true);
            proxy.reset();
        }
    })
    .await;
}
