//! Row 20 of the fault matrix: SIGTERM at any moment, whatever the publisher is doing. It ends in time, says exactly what
//! became of each event, and the log agrees; a second signal ends it at once.

use std::thread;
use std::time::{Duration, Instant};

use publisher_core::testing::EmbeddedCluster;
use tests::checker::{Counts, History, Repeats, Report, check};
use tests::counted::read_back;
use tests::kafka::Kafka;
use tests::random::Random;

use crate::order::{Doing, Order, Told};
use crate::process::Child;

const TOPIC: &str = "events";
/// What a shutdown may last beyond its deadline.
const GRACE: Duration = Duration::from_millis(250);
/// What a busy machine and the end of a process add to it.
const BUSY: Duration = Duration::from_secs(4);
/// How many children there are for each thing that a publisher may be doing.
const CHILDREN: u64 = 3;

fn cluster() -> EmbeddedCluster {
    let cluster = EmbeddedCluster::start().unwrap();
    cluster.create_topic(TOPIC, 4).unwrap();
    cluster
}

pub(crate) fn order(bootstrap_servers: &str, doing: Doing, seed: u64) -> Order {
    Order {
        bootstrap_servers: bootstrap_servers.to_owned(),
        topic: TOPIC.to_owned(),
        seed,
        doing,
        deadline_ms: 1_500,
        publishers: 1,
        blocking: false,
        by_itself: false,
        panicking: false,
    }
}

/// Judges what the publishers of a child told together with what lies in their topic.
pub(crate) fn judge(told: &[Told], order: &Order, repeats: Repeats) -> Report {
    let events = told.iter().flat_map(Told::events).collect();
    let mut counted = Vec::new();
    for told in told {
        for (at, counts) in told.counted().enumerate() {
            counted.resize(counted.len().max(at + 1), Counts::default());
            counted[at].add(counts);
        }
    }
    let log = read_back(&order.bootstrap_servers, &order.topic);
    let seed = order.seed;
    let report = check(&History { seed, events }, &log, &counted, repeats);
    report.assert();
    report
}

/// Sends a signal to children at moments that follow from seeds.
fn check_killed(doing: Doing, prepare: impl Fn(&EmbeddedCluster), expected: impl Fn(&Report)) {
    for seed in 1..=CHILDREN {
        let cluster = cluster();
        let order = order(cluster.bootstrap_servers(), doing, seed);
        let told = kill(&order, || prepare(&cluster));
        cluster.round_trip_time(Duration::ZERO).unwrap();
        cluster.broker_up().unwrap();
        expected(&judge(&told, &order, Repeats::Appended));
    }
}

/// Starts a child, prepares what it meets, sends it SIGTERM or SIGINT, and hears what it tells.
pub(crate) fn kill(order: &Order, prepare: impl FnOnce()) -> Vec<Told> {
    let mut random = Random::new(order.seed);
    let child = Child::start(order);
    prepare();
    // The moment is the fault itself.
    thread::sleep(Duration::from_millis(random.below(600_u64)));
    let start = Instant::now();
    let signal = random.pick(&["TERM", "INT"]);
    child.signal(signal);
    let told = child.told();
    let took = start.elapsed();
    let most = Duration::from_millis(order.deadline_ms) + GRACE + BUSY;
    assert!(took < most, "seed {}: {took:?}", order.seed);
    let cause = match signal {
        "TERM" => "Signal(Terminate)",
        _ => "Signal(Interrupt)",
    };
    assert!(told.iter().all(|told| told.cause == cause), "seed {}", order.seed);
    told
}

/// The same with two signals, of which only the second can end it: the deadline is far.
pub(crate) fn give_up(order: &Order, signal: &str, prepare: impl FnOnce()) -> Vec<Told> {
    let child = Child::start(order);
    prepare();
    let mut random = Random::new(order.seed);
    thread::sleep(Duration::from_millis(random.below(300_u64)));
    child.signal("TERM");
    // Later than the first: two of one sort that come at once are one.
    thread::sleep(Duration::from_millis(100 + random.below(200_u64)));
    let start = Instant::now();
    child.signal(signal);
    let told = child.told();
    assert!(start.elapsed() < GRACE + BUSY, "{:?}", start.elapsed());
    let cause = if signal == "TERM" {
        "Aborted(Terminate)"
    } else {
        "Aborted(Interrupt)"
    };
    assert_eq!(told[0].cause, cause);
    told
}

fn all_delivered(report: &Report) {
    assert_eq!(report.counts.delivered, report.counts.accepted(), "{report}");
}

#[test]
fn in_fair_weather_all_is_delivered() {
    check_killed(Doing::Publishing, |_| {}, all_delivered);
}

#[test]
fn what_lingers_is_sent_at_once() {
    check_killed(Doing::Lingering, |_| {}, all_delivered);
}

#[test]
fn what_is_in_flight_is_waited_for() {
    let slow = |cluster: &EmbeddedCluster| cluster.round_trip_time(Duration::from_millis(300)).unwrap();
    check_killed(Doing::Publishing, slow, |_| {});
}

#[test]
fn a_full_buffer_is_emptied_or_given_back() {
    let slow = |cluster: &EmbeddedCluster| cluster.round_trip_time(Duration::from_millis(200)).unwrap();
    check_killed(Doing::Full, slow, |_| {});
}

#[test]
fn what_waits_for_the_registry_is_given_back() {
    check_killed(
        Doing::AwaitingTheRegistry,
        |_| {},
        |report| assert_eq!(report.counts.returned, report.counts.accepted(), "{report}"),
    );
}

#[test]
fn what_waits_for_a_broker_that_is_away_is_given_back_or_unknown() {
    let away = |cluster: &EmbeddedCluster| cluster.broker_down().unwrap();
    check_killed(Doing::Publishing, away, |report| {
        assert_eq!(report.counts.failed, 0, "{report}");
    });
}

#[test]
fn a_publisher_that_does_nothing_ends() {
    check_killed(Doing::Nothing, |_| {}, |report| assert_eq!(report.counts.accepted(), 0));
}

#[test]
fn a_second_signal_gives_up_at_once() {
    for (seed, signal) in [(1, "TERM"), (2, "INT")] {
        let cluster = cluster();
        let servers = cluster.bootstrap_servers().to_owned();
        let order = Order {
            deadline_ms: 600_000,
            ..order(&servers, Doing::Publishing, seed)
        };
        let told = give_up(&order, signal, || cluster.broker_down().unwrap());
        cluster.broker_up().unwrap();
        let report = judge(&told, &order, Repeats::Appended);
        assert!(report.counts.returned + report.counts.unknown > 0, "{report}");
    }
}

#[test]
fn publishers_of_one_process_end_side_by_side_and_without_a_runtime() {
    let cluster = cluster();
    let servers = cluster.bootstrap_servers().to_owned();
    let order = Order {
        publishers: 3,
        blocking: true,
        ..order(&servers, Doing::Publishing, 1)
    };
    let child = Child::start(&order);
    thread::sleep(Duration::from_millis(200));
    child.signal("TERM");
    let told = child.told();
    assert!(told.iter().all(|told| told.cause == "Signal(Terminate)"), "{told:?}");
    all_delivered(&judge(&told, &order, Repeats::Appended));
}

#[test]
fn a_managed_publisher_ends_by_itself_too() {
    for blocking in [false, true] {
        let cluster = cluster();
        let servers = cluster.bootstrap_servers().to_owned();
        let order = Order {
            blocking,
            by_itself: true,
            ..order(&servers, Doing::Publishing, 1)
        };
        let told = Child::start(&order).told();
        assert_eq!(told[0].cause, "Asked");
        all_delivered(&judge(&told, &order, Repeats::Appended));
    }
}

/// Row 22 of the matrix, for the log: librdkafka tells of a broker that goes and comes back, on threads of its own, and the
/// publisher of its end.
#[test]
fn a_subscriber_of_the_log_that_panics_harms_nobody() {
    for doing in [Doing::Publishing, Doing::Full] {
        let cluster = cluster();
        let order = Order {
            panicking: true,
            ..order(cluster.bootstrap_servers(), doing, 1)
        };
        let told = kill(&order, || {
            thread::sleep(Duration::from_millis(200));
            cluster.broker_down().unwrap();
            thread::sleep(Duration::from_millis(200));
            cluster.broker_up().unwrap();
        });
        let report = judge(&told, &order, Repeats::Appended);
        assert!(report.counts.delivered > 0, "{report}");
        assert_eq!(report.counts.failed, 0, "{report}");
    }
}

/// The same on a real broker, which is there, and then stands still.
#[test]
fn on_a_real_broker_too() {
    let Some(kafka) = Kafka::start(1) else { return };
    let servers = kafka.bootstrap_servers();
    for (seed, doing) in [(1, Doing::Publishing), (2, Doing::Lingering), (3, Doing::Full)] {
        let order = Order {
            topic: format!("there-{seed}"),
            ..order(&servers, doing, seed)
        };
        kafka.create_topic(&order.topic, 4, 1);
        all_delivered(&judge(&kill(&order, || {}), &order, Repeats::Refused));
    }
    for (seed, doing) in [(4, Doing::Publishing), (5, Doing::Full)] {
        let order = Order {
            topic: format!("still-{seed}"),
            ..order(&servers, doing, seed)
        };
        kafka.create_topic(&order.topic, 4, 1);
        let told = kill(&order, || kafka.pause(1));
        kafka.resume(1);
        let report = judge(&told, &order, Repeats::Refused);
        assert_eq!(report.counts.failed, 0, "{report}");
    }
}
