//! Row 38 of the fault matrix: clocks that jump. Time-outs run on a clock that knows no date, and an event's own time is
//! never touched.

use std::time::Duration;

use publisher_core::PublishError;
use tests::later;

use crate::support::{Bench, DEADLINE, PLACED, SHIPPED_AT_MS, placed, poll_now, ready, shipped, within};

/// An event that happened long ago, or will only happen, is published under its own time, however long it waits.
#[tokio::test]
async fn the_time_of_an_event_is_its_own() {
    let bench = Bench::warm(|builder| builder.delivery_timeout(Duration::from_secs(1_000_000))).await;
    bench.broker.hold();
    let publishing = bench.publisher.publish(shipped("7", "x"));
    later(Duration::from_secs(100_000)).await;
    bench.broker.release();
    let delivery = within(publishing).await.unwrap();
    assert_eq!(delivery.timestamp_ms, SHIPPED_AT_MS);
    let stored = bench.broker.records().pop().unwrap();
    assert_eq!(stored.record.timestamp_ms, SHIPPED_AT_MS);
}

/// A record that waits when the clock jumps ahead has had its time; one that comes afterwards has all of it.
#[tokio::test]
async fn a_jump_ahead_ends_what_waits_and_nothing_else() {
    let timeout = Duration::from_secs(60);
    let bench = Bench::warm(|builder| builder.delivery_timeout(timeout).buffer_records(10)).await;
    let elsewhere = "x-com.acme.OrderPlaced";
    bench.registry.hold(elsewhere);
    let parked = bench.publisher.prepare(placed("7", 1)).topic("x").send();
    bench.registry.called(3).await;
    later(timeout + Duration::from_secs(1)).await;
    let ended = within(parked).await.unwrap_err();
    assert!(matches!(ended, PublishError::Registry { .. }), "{ended:?}");
    assert!(ended.is_retriable());

    bench.broker.hold();
    let mut next = bench.publisher.publish(placed("8", 2));
    later(timeout - Duration::from_secs(1)).await;
    assert!(poll_now(&mut next).is_pending(), "it has a second left");
    bench.broker.release();
    within(next).await.unwrap();
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!((report.delivered, report.failed), (3, 1));
}

/// A deadline that no clock can reach is none.
#[tokio::test]
async fn a_deadline_beyond_all_clocks_is_for_ever() {
    let bench = Bench::warm(|builder| builder.block_timeout(Duration::MAX).buffer_records(1)).await;
    bench.broker.hold();
    let first = bench.publisher.publish(placed("7", 1));
    let mut second = bench.publisher.publish(placed("7", 2));
    later(Duration::from_secs(100)).await;
    assert!(poll_now(&mut second).is_pending());
    bench.broker.release();
    within(first).await.unwrap();
    within(second).await.unwrap();
    within(bench.publisher.flush(Duration::MAX)).await.unwrap();
    let report = within(bench.publisher.shutdown(Duration::MAX)).await;
    assert_eq!(report.delivered, 4);
    assert!(matches!(
        ready(bench.publisher.publish(placed("7", 3))),
        Err(PublishError::ShutDown)
    ));
    assert_eq!(bench.registry.calls_for(PLACED), 1);
}
