//! Row 20 of the fault matrix with a transaction open, on a real broker: readers of committed records see all of a
//! transaction or nothing, and the counts say which.

use tests::checker::{Repeats, Report};
use tests::kafka::Kafka;

use crate::killed::{give_up, judge, kill, order};
use crate::order::{Doing, Order};
use crate::transacting::{COMMITTED, EVENTS};

/// A topic of its own, and transactions to it.
fn ordered(kafka: &Kafka, doing: Doing, seed: u64) -> Order {
    let order = Order {
        topic: format!("transactions-{seed}"),
        ..order(&kafka.bootstrap_servers(), doing, seed)
    };
    kafka.create_topic(&order.topic, 4, 1);
    order
}

/// The open one is aborted, and nothing else.
#[track_caller]
fn check_aborted(report: &Report) {
    let counts = &report.counts;
    let expected = (COMMITTED * EVENTS, EVENTS, 0);
    assert_eq!((counts.delivered, counts.failed, counts.unknown), expected, "{report}");
    assert_eq!((counts.accepted(), report.records), (expected.0 + EVENTS, expected.0));
}

#[test]
fn a_signal_ends_a_transaction_as_a_whole() {
    let Some(kafka) = Kafka::start(1) else { return };
    // It has the time to end by itself, and is committed, unless an event of it came too late.
    for seed in 1..=3 {
        let order = ordered(&kafka, Doing::Committing, seed);
        let report = judge(&kill(&order, || {}), &order, Repeats::Refused);
        let counts = &report.counts;
        assert!(
            counts.delivered > COMMITTED * EVENTS && counts.failed < EVENTS,
            "{report}"
        );
        assert_eq!(counts.unknown + counts.returned + counts.withdrawn, 0, "{report}");
    }
    // It does not end by itself.
    for seed in 4..=6 {
        let order = ordered(&kafka, Doing::HangingInTransaction, seed);
        check_aborted(&judge(&kill(&order, || {}), &order, Repeats::Refused));
    }
    // A second signal gives it no time at all.
    for (seed, signal) in [(7, "TERM"), (8, "INT")] {
        let order = Order {
            deadline_ms: 600_000,
            ..ordered(&kafka, Doing::HangingInTransaction, seed)
        };
        check_aborted(&judge(&give_up(&order, signal, || {}), &order, Repeats::Refused));
    }
}

/// The broker answers neither an abort nor a commit.
#[test]
fn a_broker_that_stands_still_keeps_no_signal_from_ending_a_transaction() {
    let Some(kafka) = Kafka::start(1) else { return };
    for seed in 1..=2 {
        let order = ordered(&kafka, Doing::HangingInTransaction, seed);
        let told = kill(&order, || kafka.pause(1));
        kafka.resume(1);
        // What it had not sent is failed as well.
        check_aborted(&judge(&told, &order, Repeats::Refused));
    }
    for seed in 3..=4 {
        let order = ordered(&kafka, Doing::Committing, seed);
        let told = kill(&order, || kafka.pause(1));
        kafka.resume(1);
        let report = judge(&told, &order, Repeats::Refused);
        let undecided = report.counts.failed + report.counts.unknown;
        assert!((1..=EVENTS).contains(&undecided), "{report}");
    }
}
