//! How long a record waits for a place in the buffer, on a clock that the test moves.
//!
//! The broker's own thread knows no such clock: it is held, and every delivery is the test's.

use std::time::Duration;

use publisher_core::{Delivery, PublishError, PublisherBuilder};
use tokio::time::{Instant, pause, resume, sleep};

use crate::support::{Bench, DEADLINE, PLACED, Seen, placed, poll_now, ready, within, word};

const TIMEOUT: Duration = Duration::from_secs(60);
/// The least that the clock moves by.
const TICK: Duration = Duration::from_millis(1);

/// A publisher that knows its schemas, a broker that holds and a clock that stands still.
/// Longer than any of these tests moves the clock.
const PATIENT: Duration = Duration::from_secs(2_000_000);

async fn paused(settings: impl FnOnce(PublisherBuilder) -> PublisherBuilder) -> Bench {
    let bench = Bench::warm(|builder| settings(builder.block_timeout(TIMEOUT).delivery_timeout(PATIENT))).await;
    bench.broker.hold();
    pause();
    bench
}

/// Ends the test with what became of all records, the two of the warm-up left out.
async fn check_counts(bench: Bench, delivered: u64, failed: u64, withdrawn: u64) {
    resume();
    bench.broker.release();
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!(
        (report.delivered - 2, report.failed, report.withdrawn),
        (delivered, failed, withdrawn)
    );
    assert_eq!((report.unknown, report.returned.len()), (0, 0));
}

fn assert_full(result: Result<Delivery, PublishError>, capacity: usize, key: &str) {
    let full = result.unwrap_err();
    assert!(full.is_retriable() && !full.is_fatal());
    match full {
        PublishError::BufferFull {
            capacity: told, record, ..
        } => {
            assert_eq!((told, record.key.as_deref()), (capacity, Some(key.as_bytes())));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_record_without_a_place_fails_when_its_time_is_over() {
    let seen = Seen::default();
    let noted = seen.clone();
    let bench = paused(|builder| {
        let builder = builder.on_delivery(move |report| noted.note(word(report.result)));
        builder.buffer_records(2)
    })
    .await;
    let start = Instant::now();
    let first = bench.publisher.publish(placed("7", 1));
    let second = bench.publisher.publish(placed("7", 2));
    let full = bench.publisher.publish(placed("8", 3)).await;
    assert_full(full, 2, "8");
    assert!(
        (TIMEOUT..=TIMEOUT + TICK).contains(&start.elapsed()),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(bench.broker.deliver_all(), 2);
    ready(first).unwrap();
    ready(second).unwrap();
    assert_eq!(seen.all()[2..], ["refused", "delivered", "delivered"]);
    assert_eq!((bench.quantities("7"), bench.quantities("8")), (vec![1, 2], vec![]));
    check_counts(bench, 2, 1, 0).await;
}

#[tokio::test]
async fn enqueue_and_batch_end_the_same_way() {
    let bench = paused(|builder| builder.buffer_records(2)).await;
    let batch = bench.publisher.batch();
    let batch = batch.extend((1..=4).map(|quantity| placed("7", quantity))).send();
    let enqueued = bench.publisher.enqueue(placed("8", 5)).await;
    assert_full(enqueued.map(|_| panic!("the buffer has no place")), 2, "8");
    assert_eq!(bench.broker.deliver_all(), 2);
    let mut results = ready(batch).unwrap();
    assert_full(results.pop().unwrap(), 2, "7");
    assert_full(results.pop().unwrap(), 2, "7");
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(bench.quantities("7"), [1, 2]);
    check_counts(bench, 2, 3, 0).await;
}

#[tokio::test]
async fn a_record_that_has_its_place_waits_for_its_report_for_its_delivery_timeout() {
    let bench = paused(|builder| builder.buffer_records(1)).await;
    let first = bench.publisher.publish(placed("7", 1));
    let mut second = bench.publisher.publish(placed("7", 2));
    sleep(TIMEOUT - TICK).await;
    assert!(bench.broker.deliver_next());
    ready(first).unwrap();
    // In the last moment: it has its place now.
    sleep(10 * TIMEOUT).await;
    assert!(poll_now(&mut second).is_pending());
    assert!(bench.broker.deliver_next());
    ready(second).unwrap();
    check_counts(bench, 2, 0, 0).await;
}

#[tokio::test]
async fn a_record_that_waits_for_its_schema_id_has_its_place() {
    let bench = Bench::with(|builder| builder.buffer_records(1).block_timeout(TIMEOUT)).await;
    bench.registry.hold(PLACED);
    bench.broker.hold();
    pause();
    let mut parked = bench.publisher.publish(placed("7", 1));
    assert_full(bench.publisher.publish(placed("7", 2)).await, 1, "7");
    assert!(poll_now(&mut parked).is_pending());
    bench.registry.release(PLACED);
    resume();
    bench.broker.release();
    within(parked).await.unwrap();
    assert_eq!(bench.quantities("7"), [1]);
}

/// Each has a time of its own, and the order of those that remain is that of their calls.
#[tokio::test]
async fn those_who_wait_end_one_after_another() {
    let bench = paused(|builder| builder.buffer_records(1)).await;
    let first = bench.publisher.publish(placed("7", 1));
    let mut second = bench.publisher.publish(placed("7", 2));
    sleep(TIMEOUT / 2).await;
    let mut third = bench.publisher.publish(placed("7", 3));
    let mut fourth = bench.publisher.publish(placed("7", 4));
    sleep(TIMEOUT / 2 - TICK).await;
    assert!(poll_now(&mut second).is_pending());
    sleep(2 * TICK).await;
    assert_full(ready(second), 1, "7");
    assert!(poll_now(&mut third).is_pending() && poll_now(&mut fourth).is_pending());
    assert!(bench.broker.deliver_next());
    sleep(TIMEOUT).await;
    // The third had its place; the fourth was next and is over.
    assert_full(ready(fourth), 1, "7");
    assert_eq!(bench.broker.deliver_all(), 1);
    ready(first).unwrap();
    ready(third).unwrap();
    assert_eq!(bench.quantities("7"), [1, 3]);
    check_counts(bench, 2, 2, 0).await;
}

/// Whoever waits after a time when nobody did has the whole of its time and no more.
#[tokio::test]
async fn the_next_one_to_wait_is_looked_after_too() {
    let bench = paused(|builder| builder.buffer_records(1)).await;
    let first = bench.publisher.publish(placed("7", 1));
    for quantity in 2..=4 {
        let withdrawn = bench.publisher.publish(placed("7", quantity));
        sleep(TIMEOUT / 3).await;
        drop(withdrawn);
        let start = Instant::now();
        assert_full(bench.publisher.publish(placed("7", quantity)).await, 1, "7");
        assert!(
            (TIMEOUT..=TIMEOUT + TICK).contains(&start.elapsed()),
            "{:?}",
            start.elapsed()
        );
        sleep(TIMEOUT).await;
    }
    assert_eq!(bench.broker.deliver_all(), 1);
    ready(first).unwrap();
    check_counts(bench, 1, 3, 3).await;
}

#[tokio::test]
async fn zero_waits_for_no_place() {
    let bench = paused(|builder| builder.buffer_records(1).block_timeout(Duration::ZERO)).await;
    let first = bench.publisher.publish(placed("7", 1));
    let start = Instant::now();
    assert_full(bench.publisher.publish(placed("7", 2)).await, 1, "7");
    assert!(start.elapsed() <= TICK, "{:?}", start.elapsed());
    assert_eq!(bench.broker.deliver_all(), 1);
    ready(first).unwrap();
    check_counts(bench, 1, 1, 0).await;
}

/// Without the setting, and with one that no clock reaches.
#[tokio::test]
async fn no_end_is_set_by_default() {
    for endless in [None, Some(Duration::MAX)] {
        let bench = Bench::warm(|builder| {
            let builder = builder.buffer_records(1).delivery_timeout(PATIENT);
            match endless {
                Some(timeout) => builder.block_timeout(timeout),
                None => builder,
            }
        })
        .await;
        bench.broker.hold();
        pause();
        let first = bench.publisher.publish(placed("7", 1));
        let mut second = bench.publisher.publish(placed("7", 2));
        sleep(10_000 * TIMEOUT).await;
        assert!(poll_now(&mut second).is_pending());
        assert_eq!(bench.broker.deliver_all(), 2);
        ready(first).unwrap();
        ready(second).unwrap();
        check_counts(bench, 2, 0, 0).await;
    }
}

/// What still waits at a shutdown is given back, as without the setting.
#[tokio::test]
async fn a_shutdown_gives_back_what_waits() {
    let bench = paused(|builder| builder.buffer_records(1)).await;
    let first = bench.publisher.publish(placed("7", 1));
    let second = bench.publisher.publish(placed("7", 2));
    resume();
    let report = within(bench.publisher.shutdown(Duration::ZERO)).await;
    assert_eq!((report.failed, report.returned.len()), (0, 2));
    assert!(matches!(ready(first), Err(PublishError::ShutDown)));
    assert!(matches!(ready(second), Err(PublishError::ShutDown)));
}
