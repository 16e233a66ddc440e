//! Calls while the cluster is out of order.

use std::time::Duration;

use publisher_core::producer::{DescribeError, DescribeErrorKind, Fault};
use publisher_core::{
    Circuit, CircuitBreaker, CircuitCause, Persistence, ProduceErrorKind, PublishError, PublisherBuilder,
};
use tokio::sync::mpsc;

use crate::backends::{Backend, Bed, contract};
use crate::support::{Bench, error, later, placed, poll_now, within};

/// A publisher with a breaker, and what it tells of its circuit.
async fn bench(breaker: CircuitBreaker) -> (Bench, mpsc::UnboundedReceiver<Circuit>) {
    let (sender, changes) = mpsc::unbounded_channel();
    let breaker = breaker.on_change(move |change| sender.send(change.to.clone()).unwrap());
    let bench = Bench::warm(|builder| builder.circuit_breaker(breaker)).await;
    (bench, changes)
}

fn failures(records: usize, kind: ProduceErrorKind) -> Fault {
    let error = error(kind, Persistence::NotPersisted);
    Fault::Fail { records, error }
}

/// The cluster answers no question, so many times.
fn silent(calls: usize) -> Fault {
    let error = DescribeError::new(DescribeErrorKind::Unreachable, "no broker answers");
    Fault::Describe { calls, error }
}

async fn next(changes: &mut mpsc::UnboundedReceiver<Circuit>) -> Circuit {
    within(changes.recv()).await.unwrap()
}

const SECOND: Duration = Duration::from_secs(1);

contract! { check_an_outage_opens_it_and_an_answer_closes_it }

/// In its own time. Nothing waits any more when the cluster is back, so that only the answer to a question can tell.
async fn check_an_outage_opens_it_and_an_answer_closes_it(backend: &dyn Backend) {
    let (sender, mut changes) = mpsc::unbounded_channel();
    let breaker = CircuitBreaker::new()
        .unreachable_for(SECOND / 2)
        .probe_timeout(SECOND / 2)
        .probe_every(SECOND / 5)
        .on_change(move |change| sender.send(change.to.clone()).unwrap());
    let settings = |builder: PublisherBuilder| builder.circuit_breaker(breaker).delivery_timeout(2 * SECOND);
    let bed = Bed::warm(backend, settings).await;
    backend.go_away();
    let accepted = bed.publisher.publish(placed("7", 1));
    let opened = next(&mut changes).await;
    assert!(
        matches!(
            &opened,
            Circuit::Open {
                why: CircuitCause::Unreachable { .. },
                ..
            }
        ),
        "{opened}"
    );
    let refused = within(bed.publisher.publish(placed("8", 1))).await.unwrap_err();
    assert_eq!((refused.code(), refused.is_retriable()), ("circuit_open", true));
    assert_eq!(within(accepted).await.unwrap_err().code(), "timed_out");
    assert!(matches!(next(&mut changes).await, Circuit::HalfOpen { .. }));
    assert_eq!(next(&mut changes).await, opened, "no answer, and open as before");
    assert!(!bed.publisher.circuit().is_closed());

    backend.come_back();
    let mut last = opened;
    loop {
        match next(&mut changes).await {
            Circuit::Closed => break,
            change => last = change,
        }
    }
    assert!(matches!(last, Circuit::HalfOpen { .. }), "{last}");
    within(bed.publisher.resend(refused.into_record().unwrap()))
        .await
        .unwrap();
    assert_eq!(bed.quantities("8"), [1]);
}

#[tokio::test]
async fn it_opens_when_records_wait_and_no_broker_answers() {
    let (bench, mut changes) = bench(CircuitBreaker::new()).await;
    bench.broker.hold();
    bench.broker.inject(silent(2));
    let mut accepted = bench.publisher.publish(placed("7", 1));
    // The silence begins when it is noticed.
    later(3 * SECOND).await;
    tokio::task::yield_now().await;
    later(11 * SECOND).await;
    let Circuit::Open { since, why } = next(&mut changes).await else {
        panic!("it is open")
    };
    assert!(
        matches!(&why, CircuitCause::Unreachable { silent_for, .. } if *silent_for >= 10 * SECOND),
        "{why}"
    );
    assert!(why.to_string().ends_with("no broker answers"), "{why}");
    assert_eq!(
        bench.publisher.circuit(),
        Circuit::Open {
            since,
            why: why.clone()
        }
    );
    let refused = within(bench.publisher.publish(placed("7", 2))).await.unwrap_err();
    assert!(refused.is_retriable() && !refused.is_fatal());
    let told = refused.to_string();
    assert!(
        told.contains(&since.to_string()) && told.contains("no broker answers"),
        "{told}"
    );
    let PublishError::CircuitOpen {
        since: told,
        why: reason,
        ..
    } = &refused
    else {
        panic!("{refused:?}")
    };
    assert_eq!((told, &**reason), (&since, &why));
    assert!(poll_now(&mut accepted).is_pending(), "what was accepted stays");
    // Half-open; still no answer; open as before.
    later(2 * SECOND).await;
    assert!(matches!(next(&mut changes).await, Circuit::HalfOpen { .. }));
    assert_eq!(next(&mut changes).await, Circuit::Open { since, why });
    later(2 * SECOND).await;
    assert!(matches!(next(&mut changes).await, Circuit::HalfOpen { .. }));
    assert_eq!(next(&mut changes).await, Circuit::Closed, "an answer closes it");
    assert_eq!(bench.broker.waiting(), 1, "no record was the probe");
    bench.broker.release();
    within(accepted).await.unwrap();
    within(bench.publisher.resend(refused.into_record().unwrap()))
        .await
        .unwrap();
    assert_eq!(bench.quantities("7"), [1, 2]);
}

#[tokio::test]
async fn it_opens_after_time_outs_in_a_row_and_refuses_batches_record_by_record() {
    let (bench, mut changes) = bench(CircuitBreaker::new().timeouts(3)).await;
    bench.broker.inject(failures(2, ProduceErrorKind::TimedOut));
    for quantity in 1..=3 {
        // The third one is delivered.
        let _either = within(bench.publisher.publish(placed("7", quantity))).await;
    }
    bench.broker.inject(failures(3, ProduceErrorKind::TimedOut));
    for quantity in 4..=6 {
        within(bench.publisher.publish(placed("7", quantity)))
            .await
            .unwrap_err();
    }
    let opened = next(&mut changes).await;
    assert!(
        matches!(
            &opened,
            Circuit::Open {
                why: CircuitCause::TimedOut { records: 3, .. },
                ..
            }
        ),
        "{opened}"
    );
    let batch = bench
        .publisher
        .batch()
        .extend((7..=8).map(|quantity| placed("7", quantity)));
    for result in within(batch.send()).await.unwrap() {
        assert_eq!(result.unwrap_err().code(), "circuit_open");
    }
    let refused = bench.publisher.try_enqueue(placed("7", 9)).err().unwrap();
    assert_eq!(refused.code(), "circuit_open");
    let report = within(bench.publisher.shutdown(SECOND)).await;
    assert_eq!(
        (report.delivered, report.failed),
        (3, 5),
        "a call that is refused is not counted"
    );
}

#[tokio::test]
async fn it_opens_at_once_when_the_producer_breaks() {
    let (bench, mut changes) = bench(CircuitBreaker::new()).await;
    bench.broker.inject(failures(1, ProduceErrorKind::Fatal));
    // The producer is replaced, and the record delivered all the same.
    within(bench.publisher.publish(placed("7", 1))).await.unwrap();
    let opened = next(&mut changes).await;
    assert!(
        matches!(
            &opened,
            Circuit::Open {
                why: CircuitCause::Fatal { .. },
                ..
            }
        ),
        "{opened}"
    );
    later(2 * SECOND).await;
    while next(&mut changes).await != Circuit::Closed {}
    within(bench.publisher.publish(placed("7", 2))).await.unwrap();
}

#[tokio::test]
async fn nothing_that_is_wrong_with_a_record_opens_it() {
    use ProduceErrorKind::{BatchRejected, InvalidTopic, Rejected, TooLarge, Unauthorised, UnknownTopic};
    let (bench, mut changes) = bench(CircuitBreaker::new().timeouts(1)).await;
    for kind in [
        BatchRejected,
        InvalidTopic,
        Rejected,
        TooLarge,
        Unauthorised,
        UnknownTopic,
    ] {
        bench.broker.inject(failures(1, kind));
        let _either = within(bench.publisher.publish(placed("7", 1))).await;
    }
    assert_eq!(bench.publisher.circuit(), Circuit::Closed);
    assert!(changes.try_recv().is_err());
}

#[tokio::test]
async fn a_panic_in_the_hook_harms_nobody() {
    let (sender, mut told) = mpsc::unbounded_channel();
    let breaker = CircuitBreaker::new().timeouts(1).on_change(move |change| {
        sender.send(change.to.is_closed()).unwrap();
        panic!("this panic belongs to the test");
    });
    let bench = Bench::warm(|builder| builder.circuit_breaker(breaker)).await;
    bench.broker.inject(failures(1, ProduceErrorKind::TimedOut));
    within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
    assert_eq!(within(told.recv()).await, Some(false));
    later(2 * SECOND).await;
    while within(told.recv()).await != Some(true) {}
    within(bench.publisher.publish(placed("7", 2))).await.unwrap();
}
